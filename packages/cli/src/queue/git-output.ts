import { spawn } from 'node:child_process';

import { errorMessage } from '@clamor/contract';

import { CliError } from '../errors.ts';

/** What {@link gitOutput} takes besides the arguments. */
export interface GitOutputOptions {
  readonly cwd: string;
  /** Written to stdin; default nothing. */
  readonly input?: string;
  /** Variables of the environment besides those of this process. */
  readonly env?: { readonly [name: string]: string };
  /** Exit codes that are an answer; default 0 alone. */
  readonly answers?: readonly number[];
}

/** What git said. */
export interface GitOutput {
  readonly stdout: Buffer;
  readonly exitCode: number;
}

/**
 * Runs git, never by a shell, and gives back what it wrote.
 *
 * Nothing is locked for a look, no pager and no credential is asked for, and objects that only a remote has are not fetched.
 *
 * @throws {CliError} `CLI_QUEUE_GIT_FAILED` with what git said.
 */
export async function gitOutput(args: readonly string[], options: GitOutputOptions): Promise<GitOutput> {
  const { cwd, input = '', env = {}, answers = [0] } = options;
  const child = spawn('git', ['--no-pager', '-c', 'core.quotePath=false', ...args], {
    cwd,
    env: {
      ...process.env,
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      GIT_NO_LAZY_FETCH: '1',
      LC_ALL: 'C',
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A git that ended before it has read everything says why on stderr.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? -1));
  }).catch((cause: unknown) => {
    throw failed(args, errorMessage(cause), cause);
  });
  if (!answers.includes(exitCode)) throw failed(args, Buffer.concat(stderr).toString('utf8').trim().slice(0, 400));
  return { stdout: Buffer.concat(stdout), exitCode };
}

/** As {@link gitOutput}, as text without white space around it. */
export async function gitText(args: readonly string[], options: GitOutputOptions): Promise<string> {
  return (await gitOutput(args, options)).stdout.toString('utf8').trim();
}

function failed(args: readonly string[], why: string, cause?: unknown): CliError {
  return new CliError(
    'CLI_QUEUE_GIT_FAILED',
    `git ${args[0]} failed: ${why || 'it said nothing'}.\nRun it in a git repository, with git 2.38 or later.`,
    cause === undefined ? {} : { cause },
  );
}
