import { advise } from '@clamor/evaluation';

import { openTable, type OpenTableOptions } from '../answer-table.ts';
import { CliError } from '../errors.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { judgementsAsScores } from '../judgements-as-scores.ts';
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
  const opened = await openTable(options, io);
  const { context } = opened;
  const notes = [...(context.notes ?? []), 'Judgements have no scores: no move of a threshold can be advised.'];
  const result = advise(judgementsAsScores(opened), { policy, thresholds: 'frozen' });
  await writeReport({ kind: 'advice', context: { ...context, policy, notes }, result }, options, io);
  return EXIT_CODES.ok;
}
