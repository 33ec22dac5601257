import type { EncoderUse } from '../encoders/encoder-use.ts';
import { FailureCounts } from './failure-counts.ts';
import { RecentTimes } from './recent-times.ts';
import type { EncoderStatus } from './status.ts';

/** What was counted of one encoder. */
export type EncoderCounts = Pick<EncoderStatus, 'hits' | 'misses' | 'failed' | 'losses' | 'timeMs'>;

interface Counted {
  hits: number;
  misses: number;
  readonly failures: FailureCounts;
  readonly losses: { crashes: number; deadlines: number };
  readonly times: RecentTimes;
}

/** Counts what encoders do, for the status. */
export class EncoderCounters {
  readonly #encoders = new Map<string, Counted>();

  /** Takes in what an encoder did for a batch. */
  add({ encoder, version, timeMs, hits, misses, failures }: EncoderUse): void {
    const counted = this.#counted(encoder, version);
    counted.hits += hits;
    counted.misses += misses;
    for (const { code, message, texts } of failures) counted.failures.add(code, message, texts);
    if (misses > 0 && timeMs > 0) counted.times.record(timeMs / misses);
  }

  /** An encoder cost a worker. */
  lost(encoder: string, version: string, cause: 'crash' | 'deadline'): void {
    const { losses } = this.#counted(encoder, version);
    if (cause === 'crash') losses.crashes += 1;
    else losses.deadlines += 1;
  }

  /** All zero for one that never ran. */
  of(encoder: string, version: string): EncoderCounts {
    const { hits, misses, failures, losses, times } = this.#encoders.get(keyOf(encoder, version)) ?? newCounted();
    return { hits, misses, failed: failures.toObject(), losses: { ...losses }, timeMs: times.quantiles() };
  }

  /** Forgets encoders that nobody reads any more; call it after a reload. */
  keepOnly(encoders: readonly { readonly package: string; readonly version: string }[]): void {
    const kept = new Set(encoders.map(({ package: name, version }) => keyOf(name, version)));
    for (const key of this.#encoders.keys()) if (!kept.has(key)) this.#encoders.delete(key);
  }

  #counted(encoder: string, version: string): Counted {
    const key = keyOf(encoder, version);
    const counted = this.#encoders.get(key) ?? newCounted();
    this.#encoders.set(key, counted);
    return counted;
  }
}

function newCounted(): Counted {
  return {
    hits: 0,
    misses: 0,
    failures: new FailureCounts(),
    losses: { crashes: 0, deadlines: 0 },
    times: new RecentTimes(),
  };
}

function keyOf(encoder: string, version: string): string {
  return `${encoder}@${version}`;
}
