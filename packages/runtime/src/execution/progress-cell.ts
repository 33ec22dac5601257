import type { Culprit } from './culprit.ts';

/** What a worker is doing right now. `starting`: importing the suite's code; `preparing`: loading an encoder. */
export type Activity = 'idle' | 'starting' | 'parsing' | 'loading' | 'scoring' | 'closing' | 'preparing' | 'encoding';

const ACTIVITIES: readonly Activity[] = [
  'idle',
  'starting',
  'parsing',
  'loading',
  'scoring',
  'closing',
  'preparing',
  'encoding',
];
const CELL_BYTES = 24;

/** What a running task last published. */
export interface ProgressReading {
  readonly activity: Activity;
  /** The member that is loaded or scored, the encoder that is prepared or encodes, or the example that is parsed; its index. */
  readonly index: number;
  /** Epoch milliseconds when this began. */
  readonly since: number;
}

/** Where a host of members publishes what it does. */
export interface Progress {
  /** Publishes the beginning of an activity. */
  publish(activity: Activity, index?: number): void;
}

/**
 * A few bytes of memory shared with a worker, where it publishes what it is doing.
 *
 * A member stuck in a loop cannot answer; this is how the main thread knows which one it is, so that only the guilty one
 * fails. While a cell is being written its time is infinite; a torn reading counts as having begun just now.
 *
 * Every worker has a cell of its own and never a used one: a stopped worker that is still caught in native code may write on.
 */
export class ProgressCell implements Progress {
  readonly memory: SharedArrayBuffer;
  readonly #since: Float64Array;
  // Activity; its index; who ends the worker: members from 1 up, encoders from −1 down; the task that nobody waits for, ids from 1.
  readonly #ints: Int32Array;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(CELL_BYTES)) {
    this.memory = memory;
    this.#since = new Float64Array(memory, 0, 1);
    this.#ints = new Int32Array(memory, 8, 4);
  }

  publish(activity: Activity, index = 0): void {
    this.#since[0] = Number.POSITIVE_INFINITY;
    Atomics.store(this.#ints, 0, ACTIVITIES.indexOf(activity));
    Atomics.store(this.#ints, 1, index);
    this.#since[0] = Date.now();
  }

  read(): ProgressReading {
    const before = this.#since[0];
    const activity = ACTIVITIES[Atomics.load(this.#ints, 0)] ?? 'idle';
    const index = Atomics.load(this.#ints, 1);
    const after = this.#since[0];
    const since = before === after && before !== undefined && Number.isFinite(before) ? before : Date.now();
    return { activity, index, since };
  }

  /** The worker's last word: this one is about to end it. */
  blame({ kind, index }: Culprit): void {
    Atomics.store(this.#ints, 2, kind === 'member' ? index + 1 : -index - 1);
  }

  /** Who ended the worker, where it is known; otherwise `null`. */
  get blamed(): Culprit | null {
    const who = Atomics.load(this.#ints, 2);
    if (who === 0) return null;
    return { kind: who > 0 ? 'member' : 'encoder', index: Math.abs(who) - 1 };
  }

  /** Tells the worker that nobody waits any more for a task. */
  giveUp(task: number): void {
    Atomics.store(this.#ints, 3, task);
  }

  isGivenUp(task: number): boolean {
    return Atomics.load(this.#ints, 3) === task;
  }
}
