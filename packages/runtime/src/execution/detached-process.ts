import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { hostConditions } from '../discovery/package-entry.ts';

/**
 * Starts a process that runs foreign code alone: what it prints is piped, and what it starts ends with it. Packages are imported in
 * it under the same conditions as here.
 *
 * @param program - URL of the file.
 * @param execArgv - Arguments of Node besides the conditions.
 */
export function startDetached(program: string, execArgv: readonly string[] = []): ChildProcess {
  return fork(fileURLToPath(program), {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    // A group of its own, so that what foreign code starts ends with it.
    detached: process.platform !== 'win32',
    execArgv: [...execArgv, ...hostConditions.map((condition) => `--conditions=${condition}`)],
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
  });
}

/** Ends a process that was started so, and what it started; settles when it is gone. */
export async function killGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const gone =
    child.exitCode !== null || child.signalCode !== null
      ? Promise.resolve()
      : new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // Nobody of the group is there any more.
  }
  await gone;
  child.stdout?.destroy();
  child.stderr?.destroy();
}
