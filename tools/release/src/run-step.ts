import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { ReleaseError } from './errors.ts';

/**
 * Runs one command of a release, its output on this terminal.
 *
 * The environment is handed on as it is: registry, provenance and credentials may be said there.
 *
 * @throws {ReleaseError} `RELEASE_STEP_FAILED` when it ends with anything but 0.
 */
export function runStep(workspace: string, command: string, args: readonly string[]): void {
  console.log(`\n> ${command} ${args.join(' ')}`);
  const path = [join(workspace, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  const { status, error } = spawnSync(command, args, {
    cwd: workspace,
    env: { ...process.env, PATH: path },
    stdio: 'inherit',
  });
  if (error === undefined && status === 0) return;
  throw new ReleaseError(
    'RELEASE_STEP_FAILED',
    `${command} ${args[0] ?? ''} ended with ${error?.message ?? status ?? 'a signal'}.\n` +
      'Wanted: 0. Its own message is above; the steps before it need not be undone, run the whole command again.',
  );
}
