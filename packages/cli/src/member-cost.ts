import type { RunningSuite, SuiteMember } from '@clamor/runtime';
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
  /** Members in shadow whose costs are wanted all the same. */
  readonly candidates?: readonly SuiteMember[];
}

/** Examples that a cost is measured on: enough for a stable median, few enough to wait for. */
const SAMPLE = 256;

/**
 * Measures what the loaded members take per example: the first 256 of a split are judged twice, and the second time counts.
 *
 * The median of the times that the workers took for it, per example of a batch: feature function and model, without the
 * parsing, which is the suite's. A worker is one thread, so this is time of one core as long as the machine is not busy.
 *
 * Other members in shadow are switched off for this, and stay off: nobody should wait for an encoder that no answer is about.
 */
export async function measureCosts({
  suite,
  source,
  split,
  io,
  candidates = [],
}: MeasureCostsOptions): Promise<MemberCosts> {
  for (const member of membersAside(suite, candidates)) {
    await suite.control({ member, mode: 'off', by: 'clamor', why: 'its cost is not asked for' });
  }
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

/** @returns Names of the members in shadow, all versions of them, that are no candidates. */
function membersAside({ members }: RunningSuite, candidates: readonly SuiteMember[]): string[] {
  const wanted = new Set([...members.filter(({ mode }) => mode === 'active'), ...candidates].map(({ name }) => name));
  return [...new Set(members.filter(({ fault }) => fault === null).map(({ name }) => name))].filter(
    (name) => !wanted.has(name),
  );
}

/** @param values - At least one. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
