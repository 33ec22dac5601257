import type { WorkspacePackage } from '@clamor/checks/workspace';

/**
 * Names of some packages and of all that a host needs with them, sorted.
 *
 * @param names - Full package names.
 */
export function withDependencies(packages: readonly WorkspacePackage[], names: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const manifest = packages.find((each) => each.manifest.name === name)?.manifest;
    if (manifest === undefined || found.has(name)) return;
    found.add(name);
    for (const needed of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) visit(needed);
  };
  for (const name of names) visit(name);
  return [...found].toSorted();
}
