import { stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { realpathSync } from 'node:fs';

import { CliError } from './errors.ts';
import { checkOut } from './git-work-tree.ts';
import { hostAround, installedFolder, readManifest } from './host-around.ts';
import type { Io } from './io.ts';
import { installVersion } from './npm-version.ts';

/** A host with another version of a package, for as long as it is needed. */
export interface OtherFolder extends AsyncDisposable {
  /** The host. */
  readonly dir: string;
  /** Folder of the package in it. */
  readonly member: string;
  /** The work tree, when it comes from git. */
  readonly tree?: string;
}

/** What {@link openOtherFolder} takes. */
export interface OtherFolderOptions {
  /** Full package name. */
  readonly package: string;
  /** Folder of the version that is installed now. */
  readonly dir: string;
  /** Folder of the host. */
  readonly host: string;
}

/**
 * Opens another version of a package: `npm:VERSION` from the registry, `git:REF` or a bare reference from the repository of the
 * host, or a folder, which is a host or the package itself. A path that exists is not taken for a reference.
 *
 * @throws {CliError} `CLI_VERSION_UNUSABLE`, `CLI_VERSION_MISSING`, `CLI_REGISTRY_FAILED`, `CLI_USAGE`
 */
export async function openOtherFolder(against: string, options: OtherFolderOptions, io: Io): Promise<OtherFolder> {
  const { package: name, dir, host } = options;
  if (against.startsWith('npm:')) return await installVersion({ ...options, version: against.slice(4) }, io);
  if (against.startsWith('git:')) return await openCommit(against.slice(4), options, against);
  const path = resolve(io.cwd, against);
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() !== true) return await openCommit(against, options, against);
  if (readManifest(path).name === name) return await hostAround(path, dir);
  const member = installedFolder(path, name) ?? beside(path, { dir, host });
  if (member !== null) return { dir: path, member, [Symbol.asyncDispose]: () => Promise.resolve() };
  throw without(against, name);
}

async function openCommit(
  ref: string,
  { package: name, dir, host }: OtherFolderOptions,
  against: string,
): Promise<OtherFolder> {
  const tree = await checkOut(ref, host);
  const member = installedFolder(tree.host, name) ?? beside(tree.host, { dir, host });
  const dispose = (): Promise<void> => Promise.resolve(tree[Symbol.asyncDispose]());
  if (member !== null) return { dir: tree.host, member, tree: tree.dir, [Symbol.asyncDispose]: dispose };
  await dispose();
  throw without(against, name);
}

/** The same place below another copy of the host. */
function beside(copy: string, { dir, host }: Pick<OtherFolderOptions, 'dir' | 'host'>): string | null {
  const place = relative(realpathSync(host), realpathSync(dir));
  if (place.startsWith(`..${sep}`)) return null;
  const folder = join(copy, place);
  return readManifest(folder).name === undefined ? null : folder;
}

function without(against: string, name: string): CliError {
  return new CliError(
    'CLI_VERSION_UNUSABLE',
    `The version at "${against}" cannot be measured: it has no member ${name}. A new member is gated without --against.`,
  );
}
