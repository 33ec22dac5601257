import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';

import { errorMessage } from '@clamor/contract';

import { CliError } from './errors.ts';

/** Another version of a repository, checked out for as long as it is needed. */
export interface WorkTree extends AsyncDisposable {
  /** The top of the repository. */
  readonly dir: string;
  /** The host in it. */
  readonly host: string;
}

/**
 * Checks out a git reference into a temporary work tree and links the dependencies that are installed now.
 *
 * Links of the workspace's own packages point into the work tree, as an install there would make them; what comes from a
 * registry has the version that is installed now. Disposing of it removes it, also from git's list of work trees.
 *
 * @param host - Folder of the host, in a repository.
 * @throws {CliError} `CLI_VERSION_UNUSABLE`
 */
export async function checkOut(ref: string, host: string): Promise<WorkTree> {
  const top = await git(['rev-parse', '--show-toplevel'], host).catch((cause: unknown) => {
    throw unusable(ref, `there is no such file or folder, and ${host} is in no git repository`, cause);
  });
  const commit = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], top).catch(
    (cause: unknown) => {
      throw unusable(ref, `there is no such file or folder, and git knows no such commit in ${top}`, cause);
    },
  );
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'clamor-version-')));
  const dir = join(folder, 'tree');
  const dispose = async (): Promise<void> => {
    await git(['worktree', 'remove', '--force', dir], top).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
    await git(['worktree', 'prune'], top).catch(() => undefined);
  };
  try {
    // Hooks of the repository are for people who check something out to work on it.
    await git(['-c', 'core.hooksPath=/dev/null', 'worktree', 'add', '--detach', dir, commit], top);
    const root = await realpath(top);
    const place = relative(root, await realpath(host));
    if (!existsSync(join(dir, place, 'package.json'))) throw new Error(`the host ${host} is not in it`);
    // A host below the top may have its dependencies there, or with everybody else's.
    const steps = place === '' ? [] : place.split(sep);
    for (let depth = 0; depth <= steps.length; depth++)
      linkDependencies(root, dir, join(...steps.slice(0, depth), '.'));
    return { dir, host: join(dir, place), [Symbol.asyncDispose]: dispose };
  } catch (cause) {
    await dispose();
    throw unusable(ref, errorMessage(cause), cause);
  }
}

/** @returns stdout, trimmed. */
async function git(args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, { cwd, maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

/** Links what a folder of the repository has in node_modules: its own, and that beside each package of its workspace. */
function linkDependencies(top: string, copy: string, place: string): void {
  const target = join(copy, place, 'node_modules');
  for (const name of installedNames(join(top, place, 'node_modules'))) {
    const installed = join(top, place, 'node_modules', name);
    if (!isOwn(installed, top)) link(installed, join(target, name));
  }
  for (const folder of workspaceFolders(join(copy, place))) {
    const own = join(place, folder);
    link(join(copy, own), join(target, packageName(join(copy, own))));
    // Versions that differ from those of the workspace stand beside the package.
    if (existsSync(join(top, own, 'node_modules')))
      link(join(top, own, 'node_modules'), join(copy, own, 'node_modules'));
  }
}

/** Names in a node_modules: `a`, `@b/c`; what npm keeps for itself begins with a dot. */
export function installedNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => join(name, inner)) : name,
    );
}

/** Whether an installed package is one of the repository's own, which npm only links; also when it is deleted. */
function isOwn(installed: string, top: string): boolean {
  if (!existsSync(installed)) return true;
  const real = realpathSync(installed);
  return real.startsWith(top + sep) && !relative(top, real).split(sep).includes('node_modules');
}

function workspaceFolders(root: string): string[] {
  if (!existsSync(join(root, 'package.json'))) return [];
  const { workspaces = [] } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly workspaces?: readonly string[] | { readonly packages?: readonly string[] };
  };
  const patterns = Array.isArray(workspaces) ? workspaces : ((workspaces as { packages?: string[] }).packages ?? []);
  return patterns.flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: root })).map((file) => dirname(file));
}

function packageName(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string }).name;
}

function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(from, to);
}

function unusable(ref: string, why: string, cause: unknown): CliError {
  return new CliError('CLI_VERSION_UNUSABLE', `The version at "${ref}" cannot be measured: ${why}.`, { cause });
}
