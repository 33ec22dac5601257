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

/**
 * Packs the contract, the suite and all members as npm would publish them, and installs the tarballs into a host in a new
 * folder. Nothing is downloaded and no script runs.
 *
 * @throws {Error} when npm or tsup fails.
 */
export function installHost(): InstalledHost {
  const folder = mkdtempSync(join(tmpdir(), 'clamor-chaos-'));
  const dir = join(folder, 'host');
  mkdirSync(dir);
  try {
    const sources = readdirSync(MEMBERS_DIR).map((name) => join(MEMBERS_DIR, name));
    const tarballs = pack([buildContract(join(folder, 'contract')), ...sources], folder);
    const dependencies = Object.fromEntries(tarballs.map(({ name, file }) => [name, `file:${file}`]));
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

function pack(sources: readonly string[], folder: string): { name: string; file: string }[] {
  const output = run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, ...sources], folder);
  const packed = JSON.parse(output) as unknown;
  // npm 11 lists them; later ones map name to entry.
  const entries = (Array.isArray(packed) ? packed : Object.values(packed as object)) as Packed[];
  return entries.map(({ name, filename }) => ({ name, file: join(folder, filename) }));
}

interface Packed {
  readonly name: string;
  readonly filename: string;
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
