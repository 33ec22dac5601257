import { type RecordableHistogram, createHistogram } from 'node:perf_hooks';

/** Half of the times and nineteen of twenty are at most this long; in milliseconds. */
export interface TimeQuantiles {
  readonly p50: number;
  readonly p95: number;
}

const WINDOW_MS = 5 * 60_000;
const NS_PER_MS = 1e6;
const HIGHEST_NS = 3600e9;
// Two figures: a quantile is at most 1 % off, and a histogram takes some 40 kB.
const FIGURES = 2;

/**
 * Quantiles of the times of the last five to ten minutes, in memory that does not grow.
 *
 * Two of Node's histograms (HdrHistogram) take turns: one is written for five minutes, then the older one is emptied and written.
 * Quantiles are those of both. Nothing runs between calls.
 *
 * @example
 * const times = new RecentTimes();
 * times.record(2);
 * times.quantiles()?.p50.toFixed(1) // '2.0'
 */
export class RecentTimes {
  readonly #now: () => number;
  #current: RecordableHistogram = newHistogram();
  #previous: RecordableHistogram = newHistogram();
  #since: number;

  /** @param now - Milliseconds that never run backwards; default the process's monotonic clock. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#since = now();
  }

  /** @param timeMs - Milliseconds; anything that is not above 0 is ignored, above an hour it is cut to one. */
  record(timeMs: number): void {
    if (!(timeMs > 0)) return;
    this.#turn();
    this.#current.record(Math.min(HIGHEST_NS, Math.max(1, Math.round(timeMs * NS_PER_MS))));
  }

  /** `null` when nothing was recorded lately. */
  quantiles(): TimeQuantiles | null {
    this.#turn();
    const both = newHistogram();
    both.add(this.#current);
    both.add(this.#previous);
    if (both.count === 0) return null;
    return { p50: both.percentile(50) / NS_PER_MS, p95: both.percentile(95) / NS_PER_MS };
  }

  #turn(): void {
    const age = this.#now() - this.#since;
    if (age < WINDOW_MS) return;
    [this.#previous, this.#current] = [this.#current, this.#previous];
    this.#current.reset();
    if (age >= 2 * WINDOW_MS) this.#previous.reset();
    this.#since = this.#now();
  }
}

function newHistogram(): RecordableHistogram {
  return createHistogram({ lowest: 1, highest: HIGHEST_NS, figures: FIGURES });
}
