import { SingleBar } from 'cli-progress';

import type { Io } from './io.ts';

/** Says how far a run has come; does nothing unless a person is watching. */
export interface Progress {
  update(done: number): void;
  /** May be called twice. */
  stop(): void;
}

/** What {@link startProgress} takes. */
export interface ProgressOptions {
  /** What is being done, for example `test`. */
  readonly label: string;
  /** `null` when nobody knows. */
  readonly total: number | null;
}

/**
 * Starts a progress bar on stderr when that is a terminal.
 *
 * The bar of cli-progress writes to a stream of the process, so it is used for the process's own terminal only.
 */
export function startProgress(io: Io, options: ProgressOptions): Progress {
  if (!io.stderr.isTty) return { update: () => {}, stop: () => {} };
  const { label, total } = options;
  const bar = new SingleBar({
    format: total === null ? `${label}: {value} examples` : `${label} {bar} {value}/{total} · {duration_formatted}`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    // cli-progress would leave the cursor hidden and swallow SIGINT otherwise; the process has its own handler.
    gracefulExit: false,
    barsize: 30,
  });
  bar.start(total ?? 1, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}
