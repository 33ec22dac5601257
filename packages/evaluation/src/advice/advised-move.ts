import type { AdvisedMove, Move } from './advice.ts';
import { type AdviceState, type MoveResult, probabilityAtFloor, probabilityOfGain } from './advice-state.ts';
import { amount } from '../gate/gate-reason.ts';
import { gateTest } from '../gate/gate-rules.ts';
import { memberMoves } from './apply-move.ts';

/** What a move is advised as, before what is the same for all is added. */
export interface MoveDraft extends Pick<AdvisedMove, 'move' | 'reason' | 'aim' | 'message'> {
  readonly result: MoveResult;
  /** Of a threshold that is raised: how sure it is that the band below it is under the floor, although it was chosen. */
  readonly confidence?: number;
}

/** A move with the suite that it leaves, its evidence and what it saves. */
export function advisedMove(state: AdviceState, { result, confidence, ...draft }: MoveDraft): AdvisedMove {
  return {
    ...draft,
    suite: result.suite,
    change: result.change,
    evidence: evidenceOf(state, { result, aim: draft.aim, confidence: confidence ?? null }),
    savesMs: savingsOf(state, draft.move),
  };
}

/**
 * For precision: P(what goes is less precise than what stays), the mediant's condition; of a chosen band, that it is below the
 * floor. For recall: P(the precision of what comes ≥ floor). A move for cost changes no verdict that would have to be tested.
 */
function evidenceOf(
  { options }: AdviceState,
  { aim, result, confidence }: Pick<MoveDraft, 'aim' | 'result'> & { readonly confidence: number | null },
): AdvisedMove['evidence'] {
  const { harmConfidence, meritConfidence, uniquePrecisionFloor } = options.policy;
  if (aim === 'precision') return gateTest(confidence ?? probabilityOfGain(result), harmConfidence);
  if (aim === 'recall') return gateTest(probabilityAtFloor(result.gained, uniquePrecisionFloor), meritConfidence);
  return gateTest(null, harmConfidence);
}

/** `null` when a cost was not measured, or nobody is removed. */
function savingsOf({ options }: AdviceState, move: Move): number | null {
  const removed = memberMoves(move).filter(({ kind }) => kind === 'remove');
  const costs = removed.map(({ member }) => options.costs?.[member] ?? null);
  if (removed.length === 0 || costs.some((cost) => cost === null)) return null;
  return costs.reduce<number>((sum, cost) => sum + cost!, 0);
}

/** What a move does to the suite, as a clause: `precision 0.981 → 0.990, recall 0.953 → 0.948`. */
export function changeClause({ evaluation }: AdviceState, { suite }: MoveResult): string {
  const before = evaluation.suite;
  return `precision ${share(before.precision)} → ${share(suite.precision)}, recall ${share(before.recall)} → ${share(suite.recall)}`;
}

/** `12 of 15`, Σd. */
export function trueOf({ truePositives, falsePositives }: MoveResult['lost']['counts']): string {
  return `${amount(truePositives)} of ${amount(truePositives + falsePositives)}`;
}

/** A share in three digits; `undefined` where it is. */
export function share(value: number | null): string {
  return value === null ? 'undefined' : value.toFixed(3);
}
