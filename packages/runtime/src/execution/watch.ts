import type { ProgressReading } from './progress-cell.ts';

/** Milliseconds that each activity of a task may take. */
export interface ActivityLimits {
  /** From handing over a task to its first sign of life. */
  readonly beginMs: number;
  readonly loadMs: number;
  readonly parseMs: number;
  readonly scoreMs: (member: number) => number;
  readonly encodeMs: number;
}

const WATCH_EVERY_MS = 5;
// A worker says itself that a member is late, when it can; it is stopped only when it cannot.
const GRACE_MS = 15;
const GRACE_SHARE = 0.1;
// An engine cannot be interrupted in a run: the encoder itself stops between two, and tells which texts it has.
const ENCODING_GRACE_SHARE = 0.5;

/** Looks at running tasks from outside and stops those that stay in one activity beyond its limit. */
export class Watch {
  readonly #looks = new Set<(now: number) => void>();
  #timer: NodeJS.Timeout | undefined;

  /**
   * Watches a task until the returned function is called.
   *
   * @param stop - Called at most once.
   */
  watch(read: () => ProgressReading, limits: ActivityLimits, stop: () => void): () => void {
    const isLate = (now: number): boolean => {
      const { activity, index, since } = read();
      const limitMs = limitOf(activity, index, limits);
      const share = activity === 'encoding' ? ENCODING_GRACE_SHARE : GRACE_SHARE;
      return now - since > limitMs + Math.max(GRACE_MS, share * limitMs);
    };
    const look = (now: number): void => {
      if (!isLate(now)) return;
      // The answer may be here already, and the main thread was too busy to read it: first it reads, then this counts.
      setImmediate(() => {
        if (isLate(now) && this.#looks.delete(look)) stop();
      });
    };
    this.#looks.add(look);
    this.#timer ??= setInterval(() => {
      const now = Date.now();
      for (const each of this.#looks) each(now);
    }, WATCH_EVERY_MS);
    return () => {
      this.#looks.delete(look);
      if (this.#looks.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }
}

function limitOf(activity: ProgressReading['activity'], index: number, limits: ActivityLimits): number {
  if (activity === 'scoring') return limits.scoreMs(index);
  if (activity === 'encoding') return limits.encodeMs;
  if (activity === 'parsing') return limits.parseMs;
  if (activity === 'closing') return Infinity; // Whoever closes waits no longer than they said.
  return activity === 'idle' ? limits.beginMs : limits.loadMs;
}
