import {
  copyFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CommandResult, runCommand } from './run-command.ts';
import { WORKSPACE, workspacePackages } from './workspace.ts';

/** A copy of the workspace outside the repository, for tests that plant or remove packages. */
export interface ScratchWorkspace {
  readonly dir: string;
  /** Writes a file; the path is relative to the copy, objects are written as JSON. */
  write(path: string, content: string | object): void;
  remove(path: string): void;
  run(command: string, ...args: readonly string[]): CommandResult;
  dispose(): void;
}

/** What {@link createScratchWorkspace} takes. */
export interface ScratchWorkspaceOptions {
  /** A folder that is not there yet; default a temporary one. */
  readonly dir?: string;
  /**
   * `linked`: fast, and npm cannot install anything there. `copied`: as an install leaves them, by hard links where the disk has them;
   * then `npm install` works in the copy. Default `linked`.
   */
  readonly dependencies?: 'linked' | 'copied';
}

/**
 * Copies the files that git knows or would add, and links the installed dependencies instead of copying them. Links of
 * the workspace's own packages point into the copy, as an install there would make them.
 */
export function createScratchWorkspace({
  dir = mkdtempSync(join(tmpdir(), 'clamor-scratch-')),
  dependencies = 'linked',
}: ScratchWorkspaceOptions = {}): ScratchWorkspace {
  const listed = runCommand('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], WORKSPACE).stdout;
  // A file that was deleted in the work tree may still be in the index.
  for (const file of new Set(listed.split('\0'))) {
    if (file === '' || !existsSync(join(WORKSPACE, file))) continue;
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    copyFileSync(join(WORKSPACE, file), join(dir, file));
  }
  if (dependencies === 'linked') linkDependencies(dir);
  else copyDependencies(dir);
  return {
    dir,
    write(path, content) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), typeof content === 'string' ? content : JSON.stringify(content));
    },
    remove: (path) => rmSync(join(dir, path), { recursive: true, force: true }),
    run: (command, ...args) => runCommand(command, args, dir),
    dispose: () => rmSync(dir, { recursive: true, force: true }),
  };
}

function linkDependencies(dir: string): void {
  const installed = join(WORKSPACE, 'node_modules');
  const packages = workspacePackages(dir);
  const own = new Set(['@clamor', '.cache', ...packages.map(({ manifest }) => manifest.name)]);
  mkdirSync(join(dir, 'node_modules/@clamor'), { recursive: true });
  for (const name of readdirSync(installed)) {
    if (!own.has(name)) symlinkSync(join(installed, name), join(dir, 'node_modules', name));
  }
  for (const { root, manifest } of packages) {
    symlinkSync(join(dir, root), join(dir, 'node_modules', manifest.name));
    // Versions that differ from the root's stand beside the package.
    const beside = join(WORKSPACE, root, 'node_modules');
    if (existsSync(beside)) symlinkSync(beside, join(dir, root, 'node_modules'));
  }
}

function copyDependencies(dir: string): void {
  for (const root of ['.', ...workspacePackages(dir).map((each) => each.root)]) {
    const installed = join(WORKSPACE, root, 'node_modules');
    const copy = join(dir, root, 'node_modules');
    if (!existsSync(installed)) continue;
    const linked = runCommand('cp', ['-al', installed, copy], dir);
    if (linked.status === 0) continue;
    // Another disk has no links to this one.
    rmSync(copy, { recursive: true, force: true });
    cpSync(installed, copy, { recursive: true, verbatimSymlinks: true });
  }
  // Of whoever is making something there just now.
  const making = join(dir, 'node_modules/.cache/clamor');
  for (const file of globSync('*/*.{lock,draft}', { cwd: making })) rmSync(join(making, file), { recursive: true });
  // npm writes this one in place, which a link would hand on.
  const installed = '.package-lock.json';
  rmSync(join(dir, 'node_modules', installed), { force: true });
  if (existsSync(join(WORKSPACE, 'node_modules', installed))) {
    cpSync(join(WORKSPACE, 'node_modules', installed), join(dir, 'node_modules', installed), {
      preserveTimestamps: true,
    });
  }
}
