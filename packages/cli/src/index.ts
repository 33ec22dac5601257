export { CLI_ERRORS, CliError } from './errors.ts';
export { EXIT_CODES, exitCodeOf } from './exit-codes.ts';
export { run } from './run.ts';
export { runProcess } from './run-process.ts';

export type { CliErrorCode } from './errors.ts';
export type { ExitCode } from './exit-codes.ts';
export type { Io, StopReason, TextSink } from './io.ts';
