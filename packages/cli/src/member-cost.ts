import type { RunningSuite } from '@clamor/runtime';
import type { EvaluationSource, Split } from '@clamor/store';

import type { Io } from './io.ts';

/** What a member takes per example, and how that was found out. */
export interface MemberCost {
  /** Milliseconds of one core; `null` when it failed on every example. */
  readonly msPerExample: number | null;
  /** One sentence for people. */
  readonly note: string;
}

/** Examples that a cost is measured on: enough for a stable median, few enough to wait for. */
const SAMPLE = 256;

/**
 * Measures what a loaded member takes per example: the first 256 of a split are judged twice, and the second time counts.
 *
 * The median of the times that the workers took for it, per example of a batch: feature function and model, without the
 * parsing, which is the suite's. A worker is one thread, so this is time of one core as long as the machine is not busy.
 */
export async function measureCost(
  member: string,
  { suite, source, split, io }: { suite: RunningSuite; source: EvaluationSource; split: Split; io: Io },
): Promise<MemberCost> {
  const sample: { key: string; input: unknown }[] = [];
  for await (const { id, input } of source.examples(split.name)) {
    sample.push({ key: id, input });
    if (sample.length === SAMPLE) break;
  }
  const options = { signal: io.signal };
  await suite.judge(sample, options); // Caches and compiled code: the first pass is that of no later one.
  const verdicts = await suite.judge(sample, options);
  const times = verdicts.flatMap(({ judgements }) =>
    judgements.filter((one) => one.member === member && one.judgement !== 'failed').map(({ timeMs }) => timeMs),
  );
  return {
    msPerExample: median(times),
    note: `Cost of ${member}: median over ${times.length} examples of ${split.name}, judged twice, the second time counts; features and model, without parsing.`,
  };
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
