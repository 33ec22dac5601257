import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, parse, resolve, sep } from 'node:path';

import semver from 'semver';

import { installedNames } from './git-work-tree.ts';
import type { OtherFolder } from './other-folder.ts';

interface PackageManifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: { readonly [name: string]: string };
  readonly peerDependencies?: { readonly [name: string]: string };
}

/** Every package of Clamor reads the contract, also one that forgot to say so. */
const EVERYBODYS = { '@clamor/contract': '*' };

/**
 * Makes a temporary host for a package in a folder that is no host: an unpacked tarball, a copy of a member.
 *
 * Where the package finds its peers by itself (a folder in a workspace) it is linked, otherwise copied, and what it depends on is
 * linked from beside the installed version.
 *
 * @param dir - Folder of the package.
 * @param installed - Folder of the version that is installed now.
 */
export async function hostAround(dir: string, installed: string): Promise<OtherFolder> {
  const source = await realpath(dir);
  const { name = '', peerDependencies = {} } = readManifest(source);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'clamor-folder-')));
  const target = join(folder, 'node_modules', name);
  await mkdir(dirname(target), { recursive: true });
  const isAtHome = Object.keys({ ...EVERYBODYS, ...peerDependencies }).every(
    (peer) => installedFolder(source, peer) !== null,
  );
  await symlink(isAtHome ? source : await copyPackage(source, join(folder, 'package')), target);
  await linkPeers(folder, {
    package: name,
    from: isAtHome ? source : installed,
    fallback: installed,
    dependencies: true,
  });
  return {
    dir: folder,
    member: target,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * Copies a package so that it finds what it depends on at its new place first.
 *
 * Not into a node_modules: Node runs no TypeScript there, and packages of a workspace may be sources.
 *
 * @param without - A dependency of its own that is not to come along.
 * @returns The folder of the copy.
 */
export async function copyPackage(source: string, target: string, without?: string): Promise<string> {
  const inner = join(source, 'node_modules');
  await cp(source, target, { recursive: true, filter: (path) => path !== inner && !path.startsWith(inner + sep) });
  for (const name of installedNames(inner)) {
    if (name === without) continue;
    const link = join(target, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(inner, name), link);
  }
  return target;
}

/** What {@link linkPeers} takes. */
export interface LinkPeersOptions {
  /** The package in the host's node_modules. */
  readonly package: string;
  /** Folder from which its peers are looked for as Node would. */
  readonly from: string;
  /** Where to look next. */
  readonly fallback?: string;
  /** Link its own dependencies, too: npm has not installed it. */
  readonly dependencies?: boolean;
}

/**
 * Links the peers of a package into a host from what is installed elsewhere, and writes the package.json of the host.
 *
 * @returns Peers that are not installed in a version within the package's range, as npm would be asked for them.
 */
export async function linkPeers(folder: string, options: LinkPeersOptions): Promise<string[]> {
  const modules = join(folder, 'node_modules');
  const { peerDependencies = {}, dependencies = {} } = readManifest(join(modules, options.package));
  const missing: string[] = [];
  const wanted = { ...EVERYBODYS, ...(options.dependencies === true ? dependencies : {}), ...peerDependencies };
  for (const [name, range] of Object.entries(wanted)) {
    const target = join(modules, name);
    if (existsSync(target)) continue;
    const places = [options.from, ...(options.fallback === undefined ? [] : [options.fallback])];
    const found = places
      .map((place) => installedFolder(place, name))
      .find((dir) => dir !== null && admits(range, readManifest(dir).version));
    if (found === undefined || found === null) {
      if (name in peerDependencies) missing.push(`${name}@${range}`);
      continue;
    }
    await mkdir(dirname(target), { recursive: true });
    await symlink(await realpath(found), target);
  }
  const declared = Object.fromEntries([options.package, ...Object.keys(peerDependencies)].map((name) => [name, '*']));
  const host = { name: 'clamor-other-version', version: '0.0.0', private: true, dependencies: declared };
  await writeFile(join(folder, 'package.json'), JSON.stringify(host));
  return missing;
}

/** A range of a workspace protocol admits what stands beside it. */
function admits(range: string, version: string | undefined): boolean {
  if (semver.validRange(range) === null) return true;
  return version !== undefined && semver.satisfies(version, range, { includePrerelease: true });
}

/** Where Node would find a package: the nearest node_modules/<name> at or above a folder. */
export function installedFolder(from: string, name: string): string | null {
  for (let dir = resolve(from); ; dir = dirname(dir)) {
    const candidate = join(dir, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (dir === parse(dir).root) return null;
  }
}

/** The package.json of a folder; empty where there is none that can be read. */
export function readManifest(dir: string): PackageManifest {
  try {
    return JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as PackageManifest;
  } catch {
    return {};
  }
}
