import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NxError } from '../errors.ts';

const LOCKFILES: readonly (readonly [file: string, command: string])[] = [
  ['package-lock.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
];

/**
 * Installs, so that the new package is linked and stands in the lockfile: without it the next `npm ci` refuses.
 *
 * @throws {NxError} `GENERATE_INSTALL_FAILED`
 */
export function installWorkspace(root: string): void {
  const command = LOCKFILES.find(([file]) => existsSync(join(root, file)))?.[1] ?? 'npm';
  const { status, error } = spawnSync(command, ['install'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  throw new NxError(
    'GENERATE_INSTALL_FAILED',
    `"${command} install" ended with ${error?.message ?? status}; the files of the package are there.\nRun it again: until it succeeds, the package is not in the lockfile.`,
  );
}
