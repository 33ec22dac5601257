import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { WORKSPACE } from './workspace.ts';

/** What came of a command. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  /** Standard output and error, one after the other. */
  readonly output: string;
}

/**
 * Runs a command to its end in a folder, with the workspace's Node and tools first on PATH. Does not throw when it fails.
 *
 * Variables that npm, Nx and Vitest set for their children are not handed on: they would bend a command that runs
 * elsewhere.
 */
export function runCommand(command: string, args: readonly string[], cwd: string): CommandResult {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|nx_|vite|node_options|node_env)/i.test(name),
  );
  const env = {
    ...Object.fromEntries(inherited),
    PATH: `${join(WORKSPACE, 'node_modules/.bin')}:${process.env['PATH']}`,
  };
  const result = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (result.error !== undefined) throw result.error;
  return { status: result.status ?? 1, stdout: result.stdout, output: result.stdout + result.stderr };
}
