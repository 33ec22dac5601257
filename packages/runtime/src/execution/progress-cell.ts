/** What a worker is doing right now. */
export type Activity = 'idle' | 'parsing' | 'loading' | 'scoring';

const ACTIVITIES: readonly Activity[] = ['idle', 'parsing', 'loading', 'scoring'];
const CELL_BYTES = 24;

/** What a running task last published. */
export interface ProgressReading {
  readonly activity: Activity;
  /** The member that is loaded or scored, or the example that is parsed; its index. */
  readonly index: number;
  /** Epoch milliseconds when this began. */
  readonly since: number;
}

/**
 * A few bytes of memory shared with a worker, where a task publishes what it is doing.
 *
 * A member stuck in a loop cannot answer; this is how the main thread knows which one it is, so that only the guilty one
 * fails. While a cell is being written its time is infinite; a torn reading counts as having begun just now.
 */
export class ProgressCell {
  readonly #ints: Int32Array;
  readonly #since: Float64Array;

  constructor(cells: SharedArrayBuffer, index: number) {
    this.#since = new Float64Array(cells, index * CELL_BYTES, 1);
    this.#ints = new Int32Array(cells, index * CELL_BYTES + 8, 2);
  }

  /** Publishes the beginning of an activity. */
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
}

/** Memory for a number of cells. */
export function createCells(count: number): SharedArrayBuffer {
  return new SharedArrayBuffer(count * CELL_BYTES);
}
