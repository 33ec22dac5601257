import type { RunningSuite } from '@clamor/runtime';
import type { EvaluationSource, Split } from '@clamor/store';

import type { Io } from './io.ts';

/** What members take per example, and how that was found out. */
export interface MemberCosts {
  /** Milliseconds of one core, by short name; without those that failed on every example. */
  readonly msPerExample: ReadonlyMap<string, number>;
  /** One sentence for people. */
  readonly note: string;
}

/** What {@link measureCosts} takes. */
export interface MeasureCostsOptions {
  readonly suite: RunningSuite;
  readonly source: EvaluationSource;
  readonly split: Split;
  readonly io: Io;
}

/** Examples that a cost is measured on: enough for a stable median, few enough to wait for. */
const SAMPLE = 256;

/**
 * Measures what the loaded members take per example: the first 256 of a split are judged twice, and the second time counts.
 *
 * The median of the times that the workers took for it, per example of a batch: feature function and model, without the
 * parsing, which is the suite's. A worker is one thread, so this is time of one core as long as the machine is not busy.
 */
export async function measureCosts({ suite, source, split, io }: MeasureCostsOptions): Promise<MemberCosts> {
  const sample: { key: string; input: unknown }[] = [];
  for await (const { id, input } of source.examples(split.name)) {
    sample.push({ key: id, input });
    if (sample.length === SAMPLE) break;
  }
  const options = { signal: io.signal, priority: 'batch' as const };
  await suite.judge(sample, options); // Caches and compiled code: the first pass is like no later one.
  const times = new Map<string, number[]>();
  for (const { judgements } of await suite.judge(sample, options)) {
    for (const { member, judgement, timeMs } of judgements) {
      if (judgement !== 'failed') times.set(member, [...(times.get(member) ?? []), timeMs]);
    }
  }
  return {
    msPerExample: new Map([...times].map(([member, own]) => [member, median(own)])),
    note: `Costs are medians over ${sample.length} examples of ${split.name}, judged twice, the second time counting: features and model, without parsing.`,
  };
}

/** @param values - At least one. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
