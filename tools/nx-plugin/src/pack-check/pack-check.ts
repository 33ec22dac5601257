import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { type PackFault, type PackedManifest, packFaults } from './pack-faults.ts';

/**
 * Packs a package as npm would publish it, and checks the result: its files, its artifacts, its card, and what publint and attw say.
 *
 * @param dir - Absolute path of the package; it is built already.
 * @returns All faults; empty when it may be published.
 */
export function checkPacked(dir: string): PackFault[] {
  const folder = mkdtempSync(join(tmpdir(), 'clamor-pack-check-'));
  try {
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
    const { status, stdout, output } = run('npm', args, dir);
    if (status !== 0) return [{ code: 'PACK_FAILED', message: `npm pack ended with ${status}:\n${output}` }];
    const { filename, files } = packedEntry(stdout);
    const manifest = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as PackedManifest;
    const read = (path: string): Uint8Array | null =>
      existsSync(join(dir, path)) ? readFileSync(join(dir, path)) : null;
    const tarball = join(folder, basename(filename));
    return [
      ...packFaults({ manifest, files: files.map(({ path }) => path), read }),
      ...toolFaults('publint', ['--strict', tarball], dir),
      ...toolFaults(
        'attw',
        [tarball, '--profile', 'esm-only', ...ignoredEntries(manifest), '--format', 'ascii', '--no-emoji'],
        dir,
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface PackedEntry {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

function packedEntry(stdout: string): PackedEntry {
  const packed = JSON.parse(stdout) as PackedEntry[] | { readonly [name: string]: PackedEntry };
  // npm 11 lists them; later ones map name to entry.
  return Object.values(packed)[0]!;
}

/** Weights and policies are files to read, not modules with types. */
function ignoredEntries({ exports }: PackedManifest): string[] {
  if (typeof exports !== 'object' || exports === null) return [];
  const entries = Object.entries(exports).filter(
    ([, target]) => typeof target === 'string' && !/\.[cm]?js$/.test(target),
  );
  const names = entries.map(([path]) => path.replace(/^\.\//, '')).filter((name) => name !== 'package.json');
  return names.length === 0 ? [] : ['--exclude-entrypoints', ...names];
}

function toolFaults(tool: string, args: readonly string[], dir: string): PackFault[] {
  const installed = binFolders(dir).some((folder) => existsSync(join(folder, tool)));
  if (!installed) {
    const name = tool === 'attw' ? '@arethetypeswrong/cli' : tool;
    return [
      {
        code: 'PACK_TOOL_MISSING',
        message: `${tool} is not installed, so nobody looked at exports and types.\nnpm install --save-dev ${name}`,
      },
    ];
  }
  const { status, output } = run(tool, args, dir);
  return status === 0 ? [] : [{ code: 'PACK_TOOL_FAILED', message: `${tool} says:\n${output.trim()}` }];
}

/** The node_modules/.bin at and above a folder, nearest first. */
function binFolders(dir: string): string[] {
  const folder = join(dir, 'node_modules/.bin');
  return dirname(dir) === dir ? [folder] : [folder, ...binFolders(dirname(dir))];
}

function run(
  command: string,
  args: readonly string[],
  dir: string,
): { status: number; stdout: string; output: string } {
  const path = [...binFolders(dir), process.env['PATH']].join(delimiter);
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: dir,
    env: { ...process.env, PATH: path },
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status: status ?? 1, stdout: stdout ?? '', output: `${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}` };
}
