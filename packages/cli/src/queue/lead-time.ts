// Question: how long do candidates take, from branch to active, and how many are open at the same time?
// Source: spans between times that git and the state have recorded; a span with an unknown end counts nowhere.
import type { Concurrency, LandedCandidate, LeadTime } from '@clamor/report';

/** Of fewer spans no median is told. */
const ENOUGH = 3;

type Times = Pick<LandedCandidate, 'beganAt' | 'readyAt' | 'mergedAt' | 'releasedAt' | 'activeAt' | 'isBranchKnown'>;

const STEPS: readonly {
  readonly step: LeadTime['step'];
  readonly ends: (times: Times) => readonly [from: string | null, to: string | null];
}[] = [
  { step: 'branch to merge', ends: (times) => [began(times), times.mergedAt] },
  { step: 'ready to merge', ends: ({ readyAt, mergedAt }) => [readyAt, mergedAt] },
  { step: 'merge to release', ends: ({ mergedAt, releasedAt }) => [mergedAt, releasedAt] },
  { step: 'release to active', ends: ({ releasedAt, activeAt }) => [releasedAt, activeAt] },
  { step: 'branch to active', ends: (times) => [began(times), times.activeAt] },
];

/** Where the branch is lost, the commit that brought it says nothing about when somebody began. */
function began({ beganAt, isBranchKnown }: Times): string | null {
  return isBranchKnown ? beganAt : null;
}

/** How long each step took; the order of the candidates does not matter. */
export function leadTimes(landed: readonly Times[]): LeadTime[] {
  return STEPS.map(({ step, ends }) => {
    const spans = landed
      .map((times) => spanMs(...ends(times)))
      .filter((span) => span !== null)
      .toSorted((a, b) => a - b);
    const [shortest = null, longest = null] = [spans[0], spans.at(-1)];
    return {
      step,
      count: spans.length,
      medianMs: spans.length < ENOUGH ? null : median(spans),
      shortestMs: shortest,
      longestMs: longest,
    };
  });
}

/**
 * Milliseconds from one time to another; `null` where one is unknown, and where a clock was wrong: no span is negative.
 *
 * @example spanMs('2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z') // 86400000
 */
export function spanMs(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null;
  const span = Date.parse(to) - Date.parse(from);
  return span >= 0 ? span : null;
}

function median(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}

/** One candidate's time as an open branch. */
export interface OpenSpan {
  readonly from: string;
  /** `null`: it is still open. */
  readonly to: string | null;
}

/**
 * How many candidates were open at the same time.
 *
 * @param spans - One that ends before it begins counts nowhere.
 * @param window - `from`: `null` for the first span's begin; `to`: now.
 */
export function concurrency(
  spans: readonly OpenSpan[],
  window: { readonly from: string | null; readonly to: string },
): Concurrency {
  const end = Date.parse(window.to);
  const given = window.from === null ? -Infinity : Date.parse(window.from);
  const open = spans
    .map(({ from, to }) => ({ from: Math.max(given, Date.parse(from)), to: to === null ? Infinity : Date.parse(to) }))
    .filter(({ from, to }) => from < to && from <= end);
  const times = [...new Set(open.flatMap(({ from, to }) => [from, to]))]
    .filter((time) => time <= end)
    .toSorted((a, b) => a - b);
  const counts = stepCounts(open, times);
  const first = times[0];
  const area = counts.reduce((sum, count, i) => sum + count * ((times[i + 1] ?? end) - times[i]!), 0);
  return {
    steps: times.map((time, i) => ({ at: new Date(time).toISOString(), open: counts[i]! })),
    most: Math.max(0, ...counts),
    mean: first === undefined || end <= first ? null : area / (end - first),
    now: counts.at(-1) ?? 0,
  };
}

/** From each time on, how many are open; a span is open from its begin on and no longer at its end. */
function stepCounts(
  spans: readonly { readonly from: number; readonly to: number }[],
  times: readonly number[],
): number[] {
  const moves = new Map<number, number>();
  for (const { from, to } of spans) {
    moves.set(from, (moves.get(from) ?? 0) + 1);
    moves.set(to, (moves.get(to) ?? 0) - 1);
  }
  let open = 0;
  return times.map((time) => (open += moves.get(time) ?? 0));
}
