import { ContractError } from './errors.ts';

/** What became of one example in a score column. */
export const SCORED = 0;
/** The member has nothing to say on this example. */
export const ABSTAINED = 1;
/** The member could not judge this example; the reason stands in {@link ScoreColumn.reasons}. */
export const FAILED = 2;

/** {@link SCORED}, {@link ABSTAINED} or {@link FAILED}. */
export type ScoreStatus = typeof SCORED | typeof ABSTAINED | typeof FAILED;

/** Why a member failed on an example. */
export interface FailureReason {
  /** `MEMBER_…` code of the runtime, or a code of the member's own. */
  readonly code: string;
  readonly message: string;
}

/**
 * One member's scores over n examples, in the order of the examples.
 *
 * The score column is the currency of Clamor: cheap to keep, to cache, to join. Only bytes, so it crosses threads by
 * transfer.
 */
export interface ScoreColumn {
  /** Shape [n], float32, higher is more positive. NaN exactly where the status is not {@link SCORED}. */
  readonly scores: Float32Array<ArrayBuffer>;
  /** Shape [n], a {@link ScoreStatus} each. */
  readonly status: Uint8Array<ArrayBuffer>;
  /** Index of a failed example → why. Every failed example has one. */
  readonly reasons: ReadonlyMap<number, FailureReason>;
}

/**
 * A score column from a function of one example.
 *
 * @param examples - Shape [n].
 * @param score - The score, finite; or `null` to abstain. Rounded to float32.
 * @returns Shape [n]. A score that is not finite becomes a failed example with code `MEMBER_SCORE_NOT_FINITE`: NaN is
 * never read as an abstention.
 * @example column(['ab', ''], (text) => (text === '' ? null : text.length)).status // Uint8Array [0, 1]
 */
export function column<Example>(
  examples: readonly Example[],
  score: (example: Example, index: number) => number | null,
): ScoreColumn {
  const scores = new Float32Array(examples.length).fill(Number.NaN);
  const status = new Uint8Array(examples.length);
  for (const [i, example] of examples.entries()) {
    const value = score(example, i);
    if (value === null) status[i] = ABSTAINED;
    else scores[i] = value;
  }
  return scoreColumn(scores, status);
}

/**
 * A score column from raw scores and statuses, with every non-finite score turned into a failed example.
 *
 * @param scores - Shape [n]; copied.
 * @param status - Shape [n]; all {@link SCORED} when absent; copied.
 * @throws {ContractError} `CONTRACT_COLUMN_INVALID` when the lengths differ.
 * @example scoreColumn(Float32Array.of(0.5, Infinity)).status // Uint8Array [0, 2]
 */
export function scoreColumn(
  scores: ArrayLike<number>,
  status?: ArrayLike<number>,
  reasons?: ReadonlyMap<number, FailureReason>,
): ScoreColumn {
  const n = scores.length;
  if (status !== undefined && status.length !== n) {
    throw new ContractError(
      'CONTRACT_COLUMN_INVALID',
      `A score column has ${n} scores and ${status.length} statuses; both must have one entry per example.`,
    );
  }
  const outScores = Float32Array.from(scores);
  const outStatus = status === undefined ? new Uint8Array(n) : Uint8Array.from(status);
  const outReasons = new Map(reasons);
  for (let i = 0; i < n; i++) {
    if (outStatus[i] !== SCORED) outScores[i] = Number.NaN;
    else if (!Number.isFinite(outScores[i])) {
      outReasons.set(i, {
        code: 'MEMBER_SCORE_NOT_FINITE',
        message: `The score is ${outScores[i]}; it must be finite.`,
      });
      outStatus[i] = FAILED;
      outScores[i] = Number.NaN;
    }
  }
  return { scores: outScores, status: outStatus, reasons: outReasons };
}

/**
 * A score column on which every example failed for one reason.
 *
 * @example failedColumn(2, { code: 'MEMBER_LOAD_FAILED', message: 'no model' }).status // Uint8Array [2, 2]
 */
export function failedColumn(length: number, reason: FailureReason): ScoreColumn {
  return {
    scores: new Float32Array(length).fill(Number.NaN),
    status: new Uint8Array(length).fill(FAILED),
    reasons: new Map(Array.from({ length }, (_, i) => [i, reason])),
  };
}
