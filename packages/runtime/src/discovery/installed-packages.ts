import { globSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, parse, resolve } from 'node:path';
import { errorMessage } from '@clamor/contract';
import { RuntimeError } from '../errors.ts';
import type { Fault } from './fault.ts';

/** A package.json as far as Clamor reads it. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly clamor?: unknown;
  readonly exports?: unknown;
  readonly repository?: unknown;
  readonly workspaces?: readonly string[] | { readonly packages?: readonly string[] };
  readonly dependencies?: { readonly [name: string]: string };
  readonly optionalDependencies?: { readonly [name: string]: string };
  readonly peerDependencies?: { readonly [name: string]: string };
}

/** A package and the folder it was found in. */
export interface InstalledPackage {
  readonly dir: string;
  readonly manifest: Manifest;
}

/** A package that its dependent declares. */
export interface DeclaredPackage extends InstalledPackage {
  /** The name it is declared under when that is not its own (an npm alias); otherwise `null`. */
  readonly alias: string | null;
}

/** The packages of a host that carry a `clamor` field, and what went wrong while looking. */
export interface InstalledPackages {
  readonly host: InstalledPackage;
  readonly packages: readonly DeclaredPackage[];
  readonly faults: readonly Fault[];
}

/**
 * The packages that a host declares and that carry a `clamor` field.
 *
 * Reads the host's declared dependencies and, in a workspace, its workspace packages; a package of kind `bundle` stands for
 * its own dependencies. `node_modules` is never scanned: a package is there for many reasons, a declaration has one.
 *
 * @param from - A folder; the host is the nearest package.json at or above it.
 * @throws {RuntimeError} `HOST_NOT_FOUND`
 */
export function findInstalledPackages(from: string): InstalledPackages {
  const host = findHost(from);
  const faults: Fault[] = [];
  const found = new Map<string, DeclaredPackage>();
  const queue: Declaration[] = [...workspaceFolders(host), ...declaredFolders(host, faults)];
  // First come the host's own declarations, then those of its bundles.
  for (const { name, folder } of queue) {
    const dir = realpathSync(folder); // npm links workspace packages: one package, two ways to it.
    const before = found.get(dir);
    const manifest = before?.manifest ?? readManifest(dir, faults);
    if (manifest === null || manifest.clamor === undefined) continue;
    const alias = name === null || name === manifest.name ? null : name;
    // Declared under its own name as well as under another: its own name it is.
    if (before === undefined || alias === null) found.set(dir, { dir, manifest, alias });
    if (before === undefined && isBundle(manifest)) queue.push(...declaredFolders({ dir, manifest }, faults));
  }
  return { host, packages: [...found.values()], faults };
}

function findHost(from: string): InstalledPackage {
  for (let dir = resolve(from); ; dir = dirname(dir)) {
    const manifest = tryReadJson(join(dir, 'package.json'));
    if (manifest !== null) return { dir, manifest: manifest as Manifest };
    if (dir === parse(dir).root) break;
  }
  throw new RuntimeError(
    'HOST_NOT_FOUND',
    `There is no package.json at or above ${from}. Run this inside the project that installs the members, or pass { from }.`,
  );
}

/** A folder, and the name it is declared under; workspace packages have `null`. */
interface Declaration {
  readonly name: string | null;
  readonly folder: string;
}

function workspaceFolders(host: InstalledPackage): Declaration[] {
  const { workspaces } = host.manifest;
  const patterns = Array.isArray(workspaces)
    ? workspaces
    : ((workspaces as { packages?: string[] } | undefined)?.packages ?? []);
  const files = patterns.flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: host.dir }));
  return [...new Set(files)].toSorted().map((file) => ({ name: null, folder: join(host.dir, dirname(file)) }));
}

function declaredFolders(owner: InstalledPackage, faults: Fault[]): Declaration[] {
  const { dependencies = {}, optionalDependencies = {} } = owner.manifest;
  const names = [...new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies)])].toSorted();
  return names.flatMap((name) => {
    const folder = installedFolder(owner.dir, name);
    if (folder !== null) return [{ name, folder }];
    if (!(name in optionalDependencies)) faults.push(missingFault(owner, name));
    return [];
  });
}

/** Where Node would find a dependency: the nearest node_modules/<name> at or above its dependent. */
export function installedFolder(from: string, name: string): string | null {
  for (let dir = from; ; dir = dirname(dir)) {
    const candidate = join(dir, 'node_modules', name);
    if (tryReadText(join(candidate, 'package.json')) !== null) return candidate;
    if (dir === parse(dir).root) return null;
  }
}

function readManifest(dir: string, faults: Fault[]): Manifest | null {
  const text = tryReadText(join(dir, 'package.json'));
  try {
    const manifest: unknown = JSON.parse(text ?? '');
    if (typeof manifest === 'object' && manifest !== null) return manifest;
    throw new TypeError('not an object');
  } catch (error) {
    faults.push({
      package: dir,
      version: null,
      code: 'PACKAGE_MANIFEST_INVALID',
      found: `a package.json that cannot be read (${errorMessage(error)})`,
      wanted: 'a JSON object',
      todo: 'Install the package again.',
    });
    return null;
  }
}

function isBundle(manifest: Manifest): boolean {
  return (
    typeof manifest.clamor === 'object' &&
    manifest.clamor !== null &&
    'kind' in manifest.clamor &&
    manifest.clamor.kind === 'bundle'
  );
}

function missingFault(owner: InstalledPackage, name: string): Fault {
  return {
    package: name,
    version: null,
    code: 'PACKAGE_MISSING',
    found: `nothing under node_modules, though ${owner.manifest.name ?? owner.dir} declares it`,
    wanted: 'an installed package',
    todo: 'Run npm install.',
  };
}

function tryReadText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function tryReadJson(file: string): unknown {
  try {
    return JSON.parse(tryReadText(file) ?? 'null');
  } catch {
    return null;
  }
}
