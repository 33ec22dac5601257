import { ABSTAINED, FAILED, SCORED, scoreColumn } from '@clamor/contract';
import { advise, type MemberJudgements, type ScoredTable } from '@clamor/evaluation';

import { openTable, type OpenTableOptions } from '../answer-table.ts';
import { CliError } from '../errors.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { type AnswerOutputs, writeReport } from '../write-report.ts';

/** What {@link adviseTable} takes. */
export interface AdviseTableOptions extends OpenTableOptions, Omit<AnswerOutputs, 'junit'> {
  /** In (0, 1]. */
  readonly precisionFloor?: number;
  /** In [0, 1]. */
  readonly uniquePrecisionFloor?: number;
  /** In [0, 1], default 0. */
  readonly lossBudget?: number;
}

/** The defaults of the gate. */
const CONFIDENCES = { harmConfidence: 0.9, meritConfidence: 0.8 };

/** `clamor advise --table`: moves for a suite that runs elsewhere, as far as judgements tell; no thresholds. */
export async function adviseTable(options: AdviseTableOptions, io: Io): Promise<ExitCode> {
  const { precisionFloor, uniquePrecisionFloor, lossBudget = 0 } = options;
  if (precisionFloor === undefined || uniquePrecisionFloor === undefined) {
    throw new CliError('CLI_USAGE', 'A table has no policy: give --precision-floor and --unique-precision-floor.');
  }
  const policy = { precisionFloor, uniquePrecisionFloor, lossBudget, ...CONFIDENCES };
  const { stored, table, context } = await openTable(options, io);
  const scored: ScoredTable = {
    labels: table.labels,
    weights: stored.weights,
    slices: stored.slices,
    members: table.members.map(withoutScores),
    ...(stored.clusters === null ? {} : { clusters: stored.clusters }),
    ...(stored.keys === null ? {} : { ids: stored.keys }),
  };
  const notes = [...(context.notes ?? []), 'Judgements have no scores: no move of a threshold can be advised.'];
  const result = advise(scored, { policy, thresholds: 'frozen' });
  await writeReport({ kind: 'advice', context: { ...context, policy, notes }, result }, options, io);
  return EXIT_CODES.ok;
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
