// The figures of a member by itself, for its record and its card.
import type { StandAloneFigures } from '@clamor/contract';
import type { Scored } from './out-of-fold.ts';

/** The figures of scores out of fold at a threshold. */
export function figuresOf(scored: readonly Scored[], threshold: number): StandAloneFigures {
  const positive = scored.filter(({ score }) => score >= threshold);
  const truePositives = positive.filter(({ label }) => label === 1).length;
  const positiveLabels = scored.filter(({ label }) => label === 1).length;
  return {
    split: 'out-of-fold',
    examples: scored.length,
    positiveLabels,
    positives: positive.length,
    truePositives,
    coverage: 1,
    precision: positive.length === 0 ? null : truePositives / positive.length,
    precisionInterval: positive.length === 0 ? null : wilson(truePositives, positive.length),
    recall: truePositives / positiveLabels,
    recallInterval: wilson(truePositives, positiveLabels),
  };
}

/** Wilson's interval, 95 %. */
function wilson(successes: number, n: number): [number, number] {
  const z = 1.959963984540054;
  const p = successes / n;
  const centre = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2))) / (1 + z ** 2 / n);
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/** The figures as the lines of a Markdown table. */
export function figuresTable({ examples, positiveLabels, positives, ...shares }: StandAloneFigures): string[] {
  const { precision, precisionInterval, recall, recallInterval } = shares;
  return [
    '| figures by itself | examples | positive labels | positives | precision (95 %) | recall (95 %) |',
    '| ----------------- | -------- | --------------- | --------- | ---------------- | ------------- |',
    `| out-of-fold | ${examples} | ${positiveLabels} | ${positives} | ${fixed(precision)} (${range(precisionInterval)}) | ${fixed(recall)} (${range(recallInterval)}) |`,
  ];
}

function fixed(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toFixed(3);
}

function range(interval: readonly [number, number] | null | undefined): string {
  return `${fixed(interval?.[0])}–${fixed(interval?.[1])}`;
}
