import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { DiscoveredPackage } from '../discovery/discover.ts';
import type { Manifest } from '../discovery/installed-packages.ts';

/** Where npm had a package from. */
export interface PackageSource {
  /** What the host's package.json says of it; `null` when the host does not declare it. */
  readonly declared: string | null;
  /** As npm's lockfile has it, but a path is relative to the host; `null` when there is none. */
  readonly resolved: string | null;
  readonly integrity: string | null;
}

/** Looks up the packages of one host. */
export type SourceLookup = (found: Pick<DiscoveredPackage, 'package' | 'alias' | 'dir'>) => PackageSource;

/**
 * Reads the host's package.json and the lockfile of npm that it is under, if there is one: of the host itself or, in a
 * workspace, of a folder above it.
 *
 * @param host - Folder of the host.
 */
export function packageSources(host: string): SourceLookup {
  const manifest = readJson(join(host, 'package.json')) as Manifest | null;
  const specs = { ...manifest?.optionalDependencies, ...manifest?.dependencies };
  const lockfile = readLockfile(host);
  return ({ package: name, alias, dir }) => {
    const entry = lockfile?.packages[relative(lockfile.dir, dir).split(sep).join('/')];
    const resolved = entry?.resolved ?? null;
    const isPath = lockfile !== null && resolved?.startsWith('file:') === true;
    return {
      declared: specs[alias ?? name] ?? null,
      resolved: isPath ? fileSpec(host, resolve(lockfile.dir, resolved.slice('file:'.length))) : resolved,
      integrity: entry?.integrity ?? null,
    };
  };
}

/** A path as npm declares it, relative to the host: of /tarballs/a.tgz in /host, `file:../tarballs/a.tgz`. */
function fileSpec(host: string, path: string): string {
  return `file:${relative(host, path).split(sep).join('/')}`;
}

interface NpmLockfile {
  readonly dir: string;
  readonly packages: { readonly [place: string]: { readonly resolved?: string; readonly integrity?: string } };
}

/**
 * The lockfile of npm that a host is under: its own or, in a workspace, that of a folder above it.
 *
 * @returns Its path; `null` when another package manager installed the host.
 */
export function findNpmLockfile(host: string): string | null {
  for (let dir = realpathSync(host); ; dir = dirname(dir)) {
    // npm prefers the first name, the one that may be published.
    const file = ['npm-shrinkwrap.json', 'package-lock.json'].map((name) => join(dir, name)).find(existsSync);
    if (file !== undefined) return file;
    if (dir === dirname(dir)) return null;
  }
}

function readLockfile(host: string): NpmLockfile | null {
  const file = findNpmLockfile(host);
  const packages = file === null ? undefined : (readJson(file) as Partial<NpmLockfile> | null)?.packages;
  return file === null || packages === undefined ? null : { dir: dirname(file), packages };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
