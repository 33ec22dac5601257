import { ABSTAINED, FAILED, SCORED, scoreColumn } from '@clamor/contract';
import type { MemberJudgements, ScoredTable } from '@clamor/evaluation';

import type { AnswerTable } from './answer-table.ts';

/** A table of judgements for questions that are asked of scores. */
export function judgementsAsScores({ stored, table }: AnswerTable): ScoredTable {
  return {
    labels: table.labels,
    weights: stored.weights,
    slices: stored.slices,
    members: table.members.map(withoutScores),
    ...(stored.clusters === null ? {} : { clusters: stored.clusters }),
    ...(stored.keys === null ? {} : { ids: stored.keys }),
  };
}

/**
 * Judgements as a score column on which a threshold cannot move: every positive has the same score, and a negative, which
 * counts for no figure of the advice but as not positive, has none.
 */
function withoutScores({ name, judgements }: MemberJudgements): ScoredTable['members'][number] {
  const status = judgements.map((one) => (one === 1 ? SCORED : one === 'failed' ? FAILED : ABSTAINED));
  const reason = { code: 'JUDGEMENT_FAILED', message: 'The table says failed.' };
  const reasons = new Map(judgements.flatMap((one, i) => (one === 'failed' ? [[i, reason] as const] : [])));
  const column = scoreColumn(
    status.map((one) => (one === SCORED ? 1 : Number.NaN)),
    status,
    reasons,
  );
  return { name, threshold: 1, column };
}
