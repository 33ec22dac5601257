import { NxError } from '../errors.ts';
import type { WorkspaceFiles } from './files.ts';

/** What the generators read of a package.json. */
export interface PackageManifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly private?: boolean;
  readonly clamor?: { readonly kind?: string; readonly suite?: string; readonly owner?: string };
  readonly exports?: unknown;
  readonly workspaces?: readonly string[] | { readonly packages?: readonly string[] };
  readonly dependencies?: { readonly [name: string]: string };
  readonly devDependencies?: { readonly [name: string]: string };
}

/** A package that the workspace holds or declares. */
export interface KnownPackage {
  /** Folder relative to the root, with slashes: `models/spam/words` or `node_modules/@clamor/spam`. */
  readonly dir: string;
  readonly manifest: PackageManifest;
  /** Whether it is one of the workspace's own. */
  readonly isOwn: boolean;
}

/** A workspace as the generators see it. */
export interface Workspace {
  readonly manifest: PackageManifest;
  readonly patterns: readonly string[];
  readonly packages: readonly KnownPackage[];
}

/**
 * Reads the packages of a workspace, and those that its root declares as far as they are installed.
 *
 * @throws {NxError} `GENERATE_WORKSPACE_INVALID` when the root has no package.json that can be read.
 */
export function readWorkspace(files: WorkspaceFiles): Workspace {
  const manifest = readManifest(files, '.');
  if (manifest === null) {
    throw new NxError(
      'GENERATE_WORKSPACE_INVALID',
      `${files.root} has no package.json that is a JSON object.\nRun this in the root of a workspace, or make one: npm init -y.`,
    );
  }
  const patterns = workspacePatterns(manifest);
  const own = patterns.flatMap((pattern) => expand(files, pattern.replace(/^\.\//, '').split('/')));
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const packages: KnownPackage[] = [];
  const seen = new Set<string>();
  for (const [dir, isOwn] of [
    ...own.map((each) => [each, true] as const),
    ...declared.map((name) => [`node_modules/${name}`, false] as const),
  ]) {
    const found = readManifest(files, dir);
    if (found?.name === undefined || seen.has(found.name)) continue;
    seen.add(found.name);
    packages.push({ dir, manifest: found, isOwn });
  }
  return { manifest, patterns, packages };
}

/** The globs of a root package.json, those that leave out not among them. */
function workspacePatterns({ workspaces }: PackageManifest): string[] {
  const patterns = Array.isArray(workspaces)
    ? (workspaces as readonly string[])
    : ((workspaces as { packages?: readonly string[] } | undefined)?.packages ?? []);
  return patterns.filter((pattern) => !pattern.startsWith('!')).map((pattern) => pattern.replace(/\/$/, ''));
}

/**
 * Whether a folder is a workspace by the globs of the root package.json.
 *
 * @example isCovered(['models/*' + '/*'], 'models/spam/words') // true
 */
export function isCovered(patterns: readonly string[], dir: string): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.replace(/^\.\//, '').split('/');
    const expression = parts.map((part) => (part === '**' ? '.+' : segment(part).source.slice(1, -1))).join('/');
    return new RegExp(`^${expression}$`).test(dir);
  });
}

const MAX_DEPTH = 4;

/** Folders with a package.json that the segments of a glob name. */
function expand(files: WorkspaceFiles, segments: readonly string[], dir = '', depth = 0): string[] {
  const [first, ...rest] = segments;
  if (first === undefined) return files.exists(`${dir}/package.json`) ? [dir] : [];
  const below = (name: string): string => (dir === '' ? name : `${dir}/${name}`);
  if (!first.includes('*')) return expand(files, rest, below(first), depth);
  const folders = files
    .children(dir === '' ? '.' : dir)
    .filter((name) => name !== 'node_modules' && !name.startsWith('.'));
  if (first !== '**') {
    return folders
      .filter((name) => segment(first).test(name))
      .flatMap((name) => expand(files, rest, below(name), depth));
  }
  if (depth > MAX_DEPTH) return [];
  const deeper = folders.flatMap((name) => expand(files, segments, below(name), depth + 1));
  return [...new Set([...expand(files, rest, dir, depth), ...deeper])];
}

function segment(glob: string): RegExp {
  return new RegExp(`^${glob.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}$`);
}

function readManifest(files: WorkspaceFiles, dir: string): PackageManifest | null {
  try {
    const manifest: unknown = JSON.parse(files.read(dir === '.' ? 'package.json' : `${dir}/package.json`) ?? '');
    return typeof manifest === 'object' && manifest !== null ? manifest : null;
  } catch {
    return null;
  }
}
