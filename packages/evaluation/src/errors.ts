import { ClamorError } from '@clamor/contract';

/** The codes this package throws, each with the situation it names. */
export const EVALUATION_ERRORS = {
  EVAL_LENGTH_MISMATCH: 'Labels, weights and judgements do not all have one entry per example.',
  EVAL_LABEL_INVALID: 'A label is not 1, 0 or null.',
  EVAL_WEIGHT_INVALID: 'A sampling weight is not a finite number above 0.',
  EVAL_JUDGEMENT_INVALID: "A judgement is not 1, 0, null or 'failed'.",
  EVAL_CLUSTER_INVALID: 'The number of a cluster is outside 0 to n − 1.',
  EVAL_STATUS_INVALID:
    'A score column holds a status that does not exist, or a scored example whose score is not finite.',
  EVAL_THRESHOLD_INVALID: 'A threshold is not a finite number.',
  EVAL_MEMBER_DUPLICATE: 'Two members of a table have the same name.',
  EVAL_MEMBER_UNKNOWN: 'A member was named that the table does not hold.',
  EVAL_EXAMPLES_WANTED: 'The rows of the table are groups of a summary; single examples were wanted.',
  EVAL_SUMMARY_INVALID: 'The summary has not the form of one, or a row of it contradicts itself.',
  EVAL_SUMMARY_ROW_DUPLICATE: 'Two rows of a summary count the same examples.',
  EVAL_SUMMARY_MISMATCH: 'Summaries of other members or other slices cannot be merged.',
  EVAL_GATE_INVALID:
    'The loss budget, the floor, a confidence, the cost, the seed or the draws of a gate are out of range.',
  EVAL_CANDIDATES_TOO_MANY: 'More candidates were to be gated jointly than groups of them can be tried.',
  EVAL_TABLES_DIFFER: 'Two tables that are compared differ in more than the member whose versions they hold.',
  EVAL_COUNT_INVALID:
    'A count is negative, not finite or not whole, out of its range, or more was counted than there is.',
  EVAL_SLICE_TOO_MANY: 'A slice column has more than 1,000 values.',
  EVAL_SLICE_DUPLICATE: 'Two slice columns have the same name.',
  EVAL_CONFIDENCE_INVALID: 'A confidence is not above 0 and below 1.',
  EVAL_RATE_INVALID: 'A precision or a rate of positives is outside its range.',
  EVAL_PLAN_INVALID: 'An option of a label plan is outside its range.',
  EVAL_BUDGET_TOO_SMALL: 'There are fewer labels than two for every stratum.',
  EVAL_PLAN_MISMATCH:
    'The table is not the one that the label plan was made for, or holds labels that it did not ask for.',
  EVAL_EARLY_STOPPED: 'A verdict may have stopped at the first positive; figures need everybody asked.',
  EVAL_OBSERVATION_INVALID: 'An observation of a figure that is watched is outside [0, 1].',
} as const;

/** A code of {@link EVALUATION_ERRORS}. */
export type EvaluationErrorCode = keyof typeof EVALUATION_ERRORS;

/** One thing that is wrong with an input. */
export interface EvaluationFault {
  readonly code: EvaluationErrorCode;
  readonly message: string;
}

/** Faults that a message tells; a file of a million wrong labels must not make a message of a million lines. */
const FAULTS_TOLD = 10;

/** An error thrown by this package: its code is that of the first fault, and all of them are told. */
export class EvaluationError extends ClamorError<EvaluationErrorCode> {
  /** Everything that was found wrong, in the order of the input. */
  readonly faults: readonly EvaluationFault[];

  constructor(faults: readonly [EvaluationFault, ...EvaluationFault[]]) {
    const told = faults.slice(0, FAULTS_TOLD).map((fault) => fault.message);
    const untold = faults.length - told.length;
    super(faults[0].code, [...told, ...(untold > 0 ? [`… and ${untold} more; see faults.`] : [])].join('\n'));
    this.faults = faults;
  }
}

/** Throws when there are faults, naming all of them. Does nothing when there are none. */
export function throwFaults(faults: readonly EvaluationFault[]): void {
  const [first, ...others] = faults;
  if (first !== undefined) throw new EvaluationError([first, ...others]);
}
