import { NxError } from '../errors.ts';
import type { WorkspaceFiles } from './files.ts';
import type { KnownPackage, Workspace } from './workspace.ts';

/**
 * The package of a suite: of the workspace, or installed into it.
 *
 * @throws {NxError} `GENERATE_SUITE_UNKNOWN`, naming the suites there are.
 */
export function findSuite({ packages }: Workspace, name: string): KnownPackage {
  const suites = packages.filter(({ manifest }) => manifest.clamor?.kind === 'suite');
  const suite = suites.find(({ manifest }) => manifest.clamor?.suite === name);
  if (suite !== undefined) return suite;
  const known = suites.map(({ manifest }) => manifest.clamor?.suite).join(', ') || 'none';
  throw new NxError(
    'GENERATE_SUITE_UNKNOWN',
    `There is no suite "${name}" in this workspace; there are: ${known}.\nMake it first: nx g @clamor/nx:suite ${name}, or clamor-workspace suite ${name}; or install its package.`,
  );
}

/**
 * The file that `import` of a package would load, absolute; `null` when its exports name none that is there.
 *
 * @param condition - Export condition of sources, taken first.
 */
export function entryOf(files: WorkspaceFiles, { dir, manifest }: KnownPackage, condition: string): string | null {
  const file = firstFile(rootExport(manifest.exports), [condition, 'node', 'import', 'default']);
  if (file === null) return null;
  const path = `${dir}/${file.replace(/^\.\//, '')}`;
  return files.exists(path) ? `${files.root}/${path}` : null;
}

function rootExport(exports: unknown): unknown {
  if (typeof exports !== 'object' || exports === null) return exports;
  return '.' in exports ? exports['.'] : exports;
}

function firstFile(target: unknown, conditions: readonly string[]): string | null {
  if (typeof target === 'string') return target;
  if (typeof target !== 'object' || target === null) return null;
  for (const [name, value] of Object.entries(target)) {
    const found = conditions.includes(name) ? firstFile(value, conditions) : null;
    if (found !== null) return found;
  }
  return null;
}
