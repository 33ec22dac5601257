import { errorCode, errorMessage } from '@clamor/contract';
import { CommanderError } from 'commander';

import { EXIT_CODES, type ExitCode, exitCodeOf } from './exit-codes.ts';
import { type Io, printable } from './io.ts';
import { createProgram } from './program.ts';

/**
 * Runs one command line.
 *
 * @param args - What stands after `clamor`.
 * @returns The exit code; nothing is thrown.
 * @example
 * // await run(['list'], io) // 0
 */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT_CODES.ok;
  try {
    const program = createProgram(io, (code) => (exitCode = code));
    await program.parseAsync([...args], { from: 'user' });
    return io.signal.aborted ? stoppedCode(io) : exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
    if (io.signal.aborted) return stoppedCode(io);
    io.stderr.write(`${printable(errorLines(error))}\n`);
    return exitCodeOf(error);
  }
}

function stoppedCode(io: Io): ExitCode {
  return io.signal.reason === 'output closed' ? EXIT_CODES.ok : EXIT_CODES.interrupted;
}

function errorLines(error: unknown): string {
  const code = errorCode(error);
  const isCoded = code !== null && exitCodeOf(error) !== EXIT_CODES.internal;
  if (isCoded) return `clamor: [${code}] ${errorMessage(error)}`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : errorMessage(error);
  return `clamor: [INTERNAL_CLI] This is a bug in Clamor; please report it with these lines.\n${stack}`;
}
