/** Examples that are labelled with the same probability. */
export interface LabelStratum {
  /** For people: `only words`, `two or more`, `nobody, score 0.8–1.0`. */
  readonly name: string;
  readonly kind: 'unique' | 'shared' | 'none';
  /** The member of a unique set. */
  readonly member: string | null;
  /** Range of the highest normalised score; only where nobody is positive. */
  readonly band: { readonly from: number; readonly to: number } | null;
  /** Unlabelled examples. */
  readonly examples: number;
  /** How many of them to label. */
  readonly labels: number;
  /** labels ÷ examples, in (0, 1]; its inverse is the sampling weight. */
  readonly inclusionProbability: number;
}

/** What to label next. */
export interface LabelPlan {
  readonly budget: number;
  readonly seed: number;
  readonly strata: readonly LabelStratum[];
  /** Index of an example to label → index of its stratum, ascending. */
  readonly chosen: readonly {
    readonly example: number;
    readonly stratum: number;
    readonly inclusionProbability: number;
  }[];
}
