import { numberClusters, toBitTable } from '@clamor/evaluation';

import { openTable, type OpenTableOptions } from '../answer-table.ts';
import { CliError } from '../errors.ts';
import type { ExitCode } from '../exit-codes.ts';
import { askGate, exitCodeOfDecision, reportOf } from '../gate-answer.ts';
import type { Io } from '../io.ts';
import { type AnswerOutputs, writeReport } from '../write-report.ts';

/** What {@link gateTable} takes. */
export interface GateTableOptions extends AnswerOutputs, Omit<OpenTableOptions, 'slice'> {
  /** Columns of the table. */
  readonly members: readonly string[];
  readonly required: readonly string[];
  /** What is left of it, in [0, 1]. */
  readonly lossBudget?: number;
  /** In [0, 1]. */
  readonly uniquePrecisionFloor?: number;
  /** In (0.5, 1), default 0.9. */
  readonly harmConfidence?: number;
  /** In (0.5, 1), default 0.8. */
  readonly meritConfidence?: number;
}

/** `clamor gate MEMBER… --table`: may these columns join the others, in a suite that runs elsewhere? */
export async function gateTable(options: GateTableOptions, io: Io): Promise<ExitCode> {
  const { members, required, lossBudget, uniquePrecisionFloor, harmConfidence = 0.9, meritConfidence = 0.8 } = options;
  if (lossBudget === undefined || uniquePrecisionFloor === undefined) {
    throw new CliError('CLI_USAGE', 'A table has no policy: give --loss-budget and --unique-precision-floor.');
  }
  const { stored, table, context } = await openTable({ ...options, slice: [] }, io);
  const names = table.members.map(({ name }) => name);
  checkNames([...members, ...required], names, options.table);
  if (members.length === 0) {
    throw new CliError('CLI_USAGE', `Name the columns that are candidates: ${names.join(', ')}.`);
  }
  const answer = askGate({
    table: toBitTable(table),
    candidates: [...new Set(members)],
    other: null,
    rules: { lossBudget, meritFloor: uniquePrecisionFloor, harmConfidence, meritConfidence },
    clusters: stored.clusters === null ? null : numberClusters(stored.clusters, table.labels.length),
    required,
    msPerExample: null,
  });
  await writeReport(reportOf(answer, { ...context, policy: { lossBudget, uniquePrecisionFloor } }), options, io);
  return exitCodeOfDecision(answer.decision);
}

function checkNames(asked: readonly string[], names: readonly string[], file: string): void {
  const unknown = asked.filter((name) => !names.includes(name));
  if (unknown.length === 0) return;
  throw new CliError(
    'CLI_MEMBER_UNKNOWN',
    `"${file}" has no column of judgements ${unknown.map((name) => `"${name}"`).join(', ')}; it has ${names.join(', ')}.`,
  );
}
