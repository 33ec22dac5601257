import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A host application outside the repository that has installed the suite `texts` with every member, sound and hostile. */
export interface InstalledHost {
  readonly dir: string;
  remove(): void;
}

const WORKSPACE = fileURLToPath(new URL('../../..', import.meta.url));

/** Folder of the packages that are installed: the suite, the sound members (`sound-…`), and one per fault. */
export const MEMBERS_DIR: string = fileURLToPath(new URL('../members', import.meta.url));

/** Folder of the hostile encoders: a member `on-…` depends on the one of that name. */
export const ENCODERS_DIR: string = fileURLToPath(new URL('../encoders', import.meta.url));

/**
 * The name that the host declares a folder of members/ under; a second version of a member stands under a name of its own.
 *
 * @example packageName('sound-cash-next') // 'texts-cash-next'
 */
export function packageName(folder: string): string {
  return folder === 'suite' ? 'texts' : `texts-${folder.replace(/^sound-/, '')}`;
}

/**
 * Packs the contract, the suite, all members and their encoders as npm would publish them, and installs the tarballs into a host in a new
 * folder. Nothing is downloaded and no script runs.
 *
 * @throws {Error} when npm or tsup fails.
 */
export function installHost(): InstalledHost {
  const folder = mkdtempSync(join(tmpdir(), 'clamor-chaos-'));
  const dir = join(folder, 'host');
  mkdirSync(dir);
  try {
    const sources = readdirSync(MEMBERS_DIR).map((name) => ({ as: packageName(name), dir: join(MEMBERS_DIR, name) }));
    // Declared by the host only because npm finds a tarball nowhere else; members find them where they are.
    for (const name of readdirSync(ENCODERS_DIR)) sources.push({ as: `enc-${name}`, dir: join(ENCODERS_DIR, name) });
    sources.push({ as: '@clamor/contract', dir: buildContract(join(folder, 'contract')) });
    const dirs = sources.map((source) => source.dir);
    run('npm', ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder, ...dirs], folder);
    const dependencies = Object.fromEntries(sources.map(({ as, dir: from }) => [as, `file:${tarball(from, folder)}`]));
    writeFileSync(join(dir, 'package.json'), JSON.stringify({ name: 'host', version: '1.0.0', dependencies }));
    run('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], dir);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return { dir, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * The contract as a package of JavaScript, since a fresh clone has no build. Its sources stay behind, so its package.json
 * must not offer them; its one dependency is types only.
 */
function buildContract(dir: string): string {
  const source = join(WORKSPACE, 'packages/contract');
  run('tsup', ['--no-dts', '--no-sourcemap', '--out-dir', join(dir, 'dist')], source);
  const { name, version, type, license } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Manifest;
  const exports = { '.': './dist/index.js', './package.json': './package.json' };
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ name, version, type, license, exports, files: ['dist'] }));
  cpSync(join(WORKSPACE, 'LICENSE'), join(dir, 'LICENSE'));
  return dir;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly type: string;
  readonly license: string;
}

/** Where npm packs a package to. */
function tarball(dir: string, folder: string): string {
  const { name, version } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as Manifest;
  return join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
}

/** Runs a tool of the workspace with the workspace's Node; what npm and Vitest set for their children would bend it. */
function run(command: string, args: readonly string[], cwd: string): string {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|vite|node_options|node_env)/i.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    PATH: `${join(WORKSPACE, 'node_modules/.bin')}:${process.env['PATH']}`,
  };
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${error?.message ?? stdout + stderr}`);
  return stdout;
}
