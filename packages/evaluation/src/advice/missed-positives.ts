// Question: where does the suite miss positives, and which of them are within reach of whose threshold?
// Source: advice/reach.ts for how far a threshold may go.
import type { AdviceState } from './advice-state.ts';
import {
  type BitColumn,
  createBitColumn,
  difference,
  indicesOf,
  intersection,
  setBit,
  sizeOf,
  union,
} from '../table/bit-column.ts';
import type { MissedPositives } from './advice.ts';
import { reachedStep } from './reach.ts';
import { thresholdOf } from '../thresholds/sweep-point.ts';

const DEFAULT_IDS = 20;
/** Slices that are told, besides all examples. */
const SLICES_TOLD = 20;

/** The missed positives of all examples, then of the slices that miss the most. */
export function missedPositives(state: AdviceState): MissedPositives[] {
  const { positives } = state.context;
  const missed = difference(positives.table.labelledPositive, positives.any);
  const reaches = reachesOf(state, missed);
  const slices = slicesOf(state, missed).map((slice) => describeMissed(state, reaches, slice));
  return [describeMissed(state, reaches, { column: null, value: null, examples: positives.all, missed }), ...slices];
}

/** The missed positives that come with one member's threshold. */
interface Reach {
  readonly member: string;
  readonly threshold: number;
  readonly reached: BitColumn;
}

function reachesOf({ sweeps, options }: AdviceState, missed: BitColumn): Reach[] {
  if (options.thresholds === 'frozen') return [];
  return sweeps.flatMap((sweep): Reach[] => {
    const step = reachedStep(sweep, options.policy);
    if (step === null) return [];
    const threshold = thresholdOf(sweep, step);
    const { name, column } = sweep.member;
    const reached = createBitColumn(column.scores.length);
    for (const i of indicesOf(missed)) if (column.scores[i]! >= threshold) setBit(reached, i);
    return [{ member: name, threshold, reached }];
  });
}

interface Slice {
  readonly column: string | null;
  readonly value: string | null;
  readonly examples: BitColumn;
  readonly missed: BitColumn;
}

/** The slices with missed positives, the most first; of equals, in the order of the columns and values. */
function slicesOf({ table, context }: AdviceState, missed: BitColumn): Slice[] {
  const { weights } = context.positives.table;
  const misses = indicesOf(missed);
  const slices = (table.slices ?? []).flatMap(({ name, values }) => {
    const missedOf = new Map<string, number>();
    for (const i of misses) {
      const value = values[i];
      if (value != null) missedOf.set(value, (missedOf.get(value) ?? 0) + (weights === null ? 1 : weights[i]!));
    }
    return [...missedOf].map(([value, weight]) => ({ name, values, value, weight }));
  });
  return slices
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, SLICES_TOLD)
    .map(({ name, values, value }) => {
      const examples = createBitColumn(values.length);
      for (let i = 0; i < values.length; i++) if (values[i] === value) setBit(examples, i);
      return { column: name, value, examples, missed: intersection(missed, examples) };
    });
}

function describeMissed(
  { table, context, options }: AdviceState,
  reaches: readonly Reach[],
  { column, value, examples, missed }: Slice,
): MissedPositives {
  const { weights, labelledPositive } = context.positives.table;
  const weightOf = (set: BitColumn): number => sizeOf(set, weights).weight;
  const anyReached = union(
    reaches.map(({ reached }) => reached),
    missed.length,
  );
  return {
    column,
    value,
    positiveLabels: weightOf(intersection(labelledPositive, examples)),
    missed: weightOf(missed),
    withinReach: reaches
      .map(({ member, threshold, reached }) => ({ member, missed: weightOf(intersection(missed, reached)), threshold }))
      .filter((reach) => reach.missed > 0)
      .toSorted((a, b) => b.missed - a.missed),
    outOfReach: weightOf(difference(missed, anyReached)),
    ids: indicesOf(missed)
      .slice(0, options.maxIds ?? DEFAULT_IDS)
      .flatMap((i) => table.ids?.[i] ?? []),
  };
}
