// Scores that a model gives to examples that it was not fitted on, and the threshold that follows from them.
import { hashTerm } from '@clamor/contract';

/** Into how many parts the examples are dealt. */
export const FOLDS = 5;

/** The score of an example, and its label. */
export interface Scored {
  readonly score: number;
  readonly label: 0 | 1;
}

/** What dealing looks at. */
interface Dealt {
  readonly label: 0 | 1;
  readonly cluster: string;
}

/**
 * Scores every example by a model that was fitted without it and without its near-copies.
 *
 * @param fit - Gives for some examples the function that scores others.
 * @returns By fold.
 */
export function scoreOutOfFold<Example extends Dealt>(
  examples: readonly Example[],
  fit: (examples: readonly Example[]) => (example: Example) => number,
): Scored[] {
  const foldOf = ({ cluster }: Example): number => hashTerm(cluster, FOLDS);
  return Array.from({ length: FOLDS }, (_, fold) => {
    const score = fit(examples.filter((example) => foldOf(example) !== fold));
    const left = examples.filter((example) => foldOf(example) === fold);
    return left.map((example) => ({ score: score(example), label: example.label }));
  }).flat();
}

/**
 * The lowest threshold at which the precision is the floor, half-way to the next lower score; float32.
 *
 * @throws {RangeError} when there is none.
 */
export function chooseThreshold(scored: readonly Scored[], floor: number): number {
  const sorted = scored.toSorted((a, b) => b.score - a.score);
  let [positives, truePositives] = [0, 0];
  let chosen: number | null = null;
  let best = 0;
  for (const [i, { score, label }] of sorted.entries()) {
    positives++;
    truePositives += label;
    const next = sorted[i + 1]?.score ?? score - 1;
    if (next >= score) continue;
    const precision = truePositives / positives;
    best = Math.max(best, precision);
    if (precision >= floor) chosen = between(next, score);
  }
  if (chosen !== null) return chosen;
  throw new RangeError(
    `No threshold has the suite's floor of precision, ${floor}, out of fold; the best has ${best.toFixed(3)}. Other features or more examples are wanted.`,
  );
}

function between(low: number, high: number): number {
  const middle = Math.fround((low + high) / 2);
  return middle > low ? middle : high;
}
