/** A figure that the labels at hand cannot estimate, and why. */
export interface NotEstimable {
  readonly figure: 'precision' | 'recall' | 'f1' | 'falseNegatives' | 'trueNegatives' | 'uniquePrecision';
  /** `null` for the suite. */
  readonly member: string | null;
  /** One sentence, with the counts: what is missing and what would mend it. */
  readonly reason: string;
}
