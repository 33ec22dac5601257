import { EXIT_CODES } from './exit-codes.ts';
import type { Io, StopReason, TextSink } from './io.ts';
import { run } from './run.ts';

/**
 * Runs `clamor` for this process and ends it with the exit code.
 *
 * The first SIGINT stops the run cleanly: workers are closed and what was finished is summed up. A second one does not
 * wait. When nobody reads stdout any more (`clamor … | head`), the run stops without a word.
 */
export async function runProcess(): Promise<never> {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  const controller = new AbortController();
  const stop = (reason: StopReason): void => controller.abort(reason);
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(EXIT_CODES.interrupted);
    stop('interrupted');
  });
  const { stdin, stdout, stderr } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    stop('output closed');
  });
  stderr.on('error', () => {});
  const io: Io = {
    stdin,
    stdout: sink(stdout),
    stderr: sink(stderr),
    cwd: process.cwd(),
    signal: controller.signal,
    width: stdout.isTTY ? stdout.columns : null,
    colour: stdout.isTTY && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb',
    user: process.env['USER'] ?? process.env['USERNAME'] ?? null,
    now: () => new Date(),
  };
  const exitCode = await run(process.argv.slice(2), io);
  // An open stdin would keep the process alive; a pipe that is still full must be drained first.
  await new Promise<void>((resolve) => stdout.write('', () => resolve()));
  process.exit(exitCode);
}

function sink(stream: NodeJS.WriteStream): TextSink {
  return {
    isTty: stream.isTTY,
    write: (text) => {
      if (stream.writable) stream.write(text);
    },
  };
}
