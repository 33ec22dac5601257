import type { RequestCounts } from './clients.ts';
import type { Reading } from './gauge.ts';
import type { LongRunReport } from './long-run.ts';

/** Quantiles of durations, by the nearest rank; 0 for none. */
export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * @example quantiles([1, 2, 3, 4]) // { p50: 2, p99: 4, max: 4 }
 */
export function quantiles(values: readonly number[]): Quantiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

// A call may wait as long as a deadline for its turn, then as long for its verdicts; a busy machine adds a little.
const LATE_FACTOR = 2.2;
// Sound judgements that may come too late while hostile members hold the workers of a machine that is busy anyway.
const LATE_SHARE = 0.005;
// What may stay on the heap (code, caches) and in the process (pages that its allocator keeps).
const HEAP_GROWTH_MB = 16;
const RSS_GROWTH_MB = 256;
// Growth is told from noise by the least of parts of the run.
const READINGS_FOR_GROWTH = 12;

/** What a whole run may not do, whatever its single verdicts say. */
export function runViolations(report: Omit<LongRunReport, 'violations'>): string[] {
  const { traffic, latencyMs, deadlineMs, sound, during, before, after } = report;
  return [
    ...lost('online', traffic.online),
    ...lost('batch', traffic.batch),
    ...above('milliseconds of the slowest one in a hundred answers', latencyMs.p99, LATE_FACTOR * deadlineMs),
    ...above('sound judgements that came too late', sound.late, LATE_SHARE * sound.judgements),
    ...above('megabytes of heap that were gained', growth(during, 'heapMb'), HEAP_GROWTH_MB),
    ...above('megabytes of memory that were gained', growth(during, 'rssMb'), RSS_GROWTH_MB),
    ...Object.entries(after.handles).flatMap(([kind, count]) =>
      above(`handles of kind ${kind}`, count, before.handles[kind] ?? 0),
    ),
    ...above('threads after the end', after.threads ?? 0, before.threads ?? 0),
    ...above('child processes after the end', after.children ?? 0, before.children ?? 0),
  ];
}

function lost(kind: string, { asked, answered, aborted, refused }: RequestCounts): string[] {
  const count = asked - answered - aborted - refused;
  return count === 0 ? [] : [`${count} of ${asked} ${kind} requests were lost`];
}

function above(what: string, value: number, limit: number): string[] {
  return value <= limit ? [] : [`${format(value)} ${what}; at most ${format(limit)} were promised`];
}

/**
 * The least of the last third of a run minus the least of the second one: what stays, whoever fills a heap for a moment. The
 * first third warms up. 0 for a run too short to tell.
 */
export function growth(readings: readonly Reading[], of: 'heapMb' | 'rssMb'): number {
  if (readings.length < READINGS_FOR_GROWTH) return 0;
  const third = Math.floor(readings.length / 3);
  const least = (part: readonly Reading[]): number => Math.min(...part.map((reading) => reading[of]));
  return least(readings.slice(-third)) - least(readings.slice(-2 * third, -third));
}

function format(value: number): string {
  return String(Math.round(value * 10) / 10);
}
