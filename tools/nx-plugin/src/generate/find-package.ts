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
 * The package of an encoder that a member is to read: of the workspace, or installed into it.
 *
 * @param name - Of its package, or what comes after `encoder-` in it; default the only encoder there is.
 * @throws {NxError} `GENERATE_ENCODER_UNKNOWN`, `GENERATE_ENCODER_AMBIGUOUS`, naming the encoders there are.
 */
export function findEncoder({ packages }: Workspace, name: string | undefined): KnownPackage {
  const encoders = packages.filter(({ manifest }) => manifest.clamor?.kind === 'encoder');
  const found = encoders.filter(({ manifest }) => name === undefined || namesOf(manifest.name ?? '').includes(name));
  if (found.length === 1) return found[0]!;
  const known = encoders.map(({ manifest }) => manifest.name).join(', ') || 'none';
  if (name === undefined && found.length > 1) {
    throw new NxError(
      'GENERATE_ENCODER_AMBIGUOUS',
      `A head reads one encoder, and there are several: ${known}.\nName it: --encoder ${found[0]?.manifest.name}.`,
    );
  }
  if (found.length > 1) {
    throw new NxError(
      'GENERATE_ENCODER_AMBIGUOUS',
      `"${name}" may be several of: ${known}.\nName its package in full.`,
    );
  }
  throw new NxError(
    'GENERATE_ENCODER_UNKNOWN',
    `There is no encoder${name === undefined ? '' : ` "${name}"`} in this workspace; there are: ${known}.\nMake one first: nx g @clamor/nx:encoder NAME, or clamor-workspace encoder NAME; or install its package.`,
  );
}

/** `@acme/encoder-a` is `encoder-a` and `a`, too. */
function namesOf(name: string): string[] {
  const bare = name.slice(name.indexOf('/') + 1);
  return [name, bare, bare.replace(/^encoder-/, '')];
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
