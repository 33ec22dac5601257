import type { WorkspacePackage } from '@clamor/checks/workspace';

/**
 * The members whose folder holds a changed file, by suite; a member that was removed is none.
 *
 * @param files - Changed files, relative to the workspace, with forward slashes.
 * @returns Package names, sorted; suites without one are left out.
 * @example
 * // changedMembers(['models/spam/words/src/features.ts', 'README.md'], packages) // Map { 'spam' => ['@clamor/spam-words'] }
 */
export function changedMembers(
  files: readonly string[],
  packages: readonly WorkspacePackage[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { root, manifest } of packages) {
    const { kind, suite } = manifest.clamor ?? {};
    if (kind !== 'classifier' || suite === undefined) continue;
    // The slash keeps models/spam/words from matching models/spam/words-of-the-subject.
    if (!files.some((file) => file.startsWith(`${root}/`))) continue;
    found.set(suite, [...(found.get(suite) ?? []), manifest.name].toSorted());
  }
  return found;
}
