import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findKeptFolder, keptFolder } from './kept-folder.ts';
import { packPackages } from './pack-packages.ts';
import { runCommand } from './run-command.ts';
import { createScratchWorkspace } from './scratch-workspace.ts';
import { WORKSPACE, type WorkspacePackage, publishedPackages, workspacePackages } from './workspace.ts';

/**
 * Tarballs of the published packages as they are in the work tree now, as npm would publish them: once per content, whoever asks. Where
 * the workspace has no build that is newer than its sources, they are built in a copy, so that a running build is not disturbed.
 *
 * @returns Tarball by package name; not to be written to.
 * @throws {Error} when the build fails or npm cannot pack.
 * @example
 * // await packedPackages(): Map { '@clamor/contract' => '…/clamor-contract-0.1.0.tgz', … }
 */
export async function packedPackages(): Promise<ReadonlyMap<string, string>> {
  const folder = await keptFolder({ kind: 'packed', key: contentKey(), make: buildAndPack });
  return tarballsIn(folder);
}

/** The tarballs of {@link packedPackages} when somebody has made them already; `null` when not. */
export function findPackedPackages(): ReadonlyMap<string, string> | null {
  const folder = findKeptFolder({ kind: 'packed', key: contentKey() });
  return folder === null ? null : tarballsIn(folder);
}

function tarballsIn(folder: string): ReadonlyMap<string, string> {
  return new Map(readdirSync(folder).map((file) => [nameOf(file), join(folder, file)]));
}

function nameOf(tarball: string): string {
  const found = publishedPackages().find(
    ({ manifest }) => tarball === `${fileName(manifest.name)}-${manifest.version}.tgz`,
  );
  if (found === undefined) throw new Error(`${tarball} is of no package of this workspace.`);
  return found.manifest.name;
}

function fileName(name: string): string {
  return name.replace('@', '').replace('/', '-');
}

function buildAndPack(folder: string): void {
  const published = publishedPackages();
  if (published.every(isBuilt)) {
    packPackages(folder, published);
    return;
  }
  const scratch = createScratchWorkspace();
  try {
    const packages = workspacePackages(scratch.dir).filter(({ manifest }) => manifest.private !== true);
    const names = packages.map(({ manifest }) => manifest.name).join(',');
    const { status, output } = scratch.run('nx', 'run-many', '-t', 'build', '-p', names, '--skip-nx-cache');
    if (status !== 0) throw new Error(`The build failed:\n${output}`);
    packPackages(folder, packages);
  } finally {
    scratch.dispose();
  }
}

/** What a build depends on besides the package. */
const TOOLING = ['tools/build', 'package-lock.json', 'tsconfig.base.json', 'nx.json', 'LICENSE'];

function isBuilt({ root, dir }: WorkspacePackage): boolean {
  const entry = join(dir, 'dist/index.js');
  if (!existsSync(entry)) return false;
  const builtAt = statSync(entry).mtimeMs;
  return filesOf([root, ...TOOLING]).every((file) => statSync(join(WORKSPACE, file)).mtimeMs < builtAt);
}

/** Of every file that may have a say in what is built or packed. */
function contentKey(): string {
  const hash = createHash('sha256');
  for (const file of filesOf([...publishedPackages().map(({ root }) => root), ...TOOLING])) {
    hash.update(`${file}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(WORKSPACE, file)))
        .digest(),
    );
  }
  return hash.digest('hex').slice(0, 16);
}

/** Files that git knows or would add, sorted. */
function filesOf(paths: readonly string[]): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...paths];
  const listed = new Set(runCommand('git', args, WORKSPACE).stdout.split('\0'));
  return [...listed].filter((file) => file !== '' && existsSync(join(WORKSPACE, file))).toSorted();
}
