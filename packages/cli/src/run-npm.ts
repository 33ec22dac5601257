import { spawn } from 'node:child_process';

/** How npm ended. */
export interface NpmResult {
  /** `null` when it could not be started or was stopped. */
  readonly exitCode: number | null;
  /** What it printed, both streams in one. */
  readonly output: string;
}

/**
 * Runs npm in a folder, with the settings of that folder and of whoever runs it.
 *
 * @param signal - Stops npm; the result then has no exit code.
 */
export function runNpm(args: readonly string[], cwd: string, signal: AbortSignal): Promise<NpmResult> {
  const { promise, resolve } = Promise.withResolvers<NpmResult>();
  let output = '';
  const child = spawn('npm', args, {
    cwd,
    env: ownEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    shell: process.platform === 'win32', // There npm is a script.
  });
  const collect = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  child.on('error', (error) => (output += `${error.message}\n`));
  child.on('close', (exitCode) => resolve({ exitCode: signal.aborted ? null : exitCode, output }));
  return promise;
}

/** What npx tells its children of the place where it was started would bend an npm that works on another. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(npm_(package|lifecycle|command)|npm_config_local_prefix$|init_cwd$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
