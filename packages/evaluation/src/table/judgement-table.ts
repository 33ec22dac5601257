/**
 * One judgement as data: 1 positive, 0 negative, `null` abstained, `'failed'`.
 *
 * Abstaining is not failing: one who abstains has nothing to say, one who failed might have said anything.
 */
export type JudgementCode = 0 | 1 | null | 'failed';

/** The truth of an example: 1, 0, or `null` for not known. */
export type Label = 0 | 1 | null;

/** One member's judgements over the examples of a table. */
export interface MemberJudgements {
  readonly name: string;
  /** Shape [n], in the order of the labels. */
  readonly judgements: readonly JudgementCode[];
}

/** Who judged what, example by example: easy to write by hand and to read from a file. The fast path is `BitTable`. */
export interface JudgementTable {
  /** Shape [n]. */
  readonly labels: readonly Label[];
  /**
   * Sampling weights, shape [n], finite and > 0: how many examples of the population each one stands for. Default 1
   * each. They must not depend on the label; to map precision to another rate of positives see `precisionAtRate`.
   */
  readonly weights?: readonly number[] | null;
  /** Active members only, each name once. */
  readonly members: readonly MemberJudgements[];
}
