import { ABSTAINED, FAILED, type ScoreColumn } from './score-column.ts';

/** What one member says of one example. */
export type Judgement = 'positive' | 'negative' | 'abstained' | 'failed';

/**
 * The judgement at one place of a score column.
 *
 * score ≥ threshold is positive, both float32: `Math.fround(0.7) >= 0.7` is false, so the threshold is rounded as the
 * scores were.
 *
 * @param threshold - Rounded to float32 here.
 * @example judgementAt(column([0.7], (x) => x), 0, 0.7) // 'positive'
 */
export function judgementAt(scores: ScoreColumn, index: number, threshold: number): Judgement {
  const status = scores.status[index];
  if (status === FAILED) return 'failed';
  if (status === ABSTAINED) return 'abstained';
  return (scores.scores[index] ?? Number.NaN) >= Math.fround(threshold) ? 'positive' : 'negative';
}
