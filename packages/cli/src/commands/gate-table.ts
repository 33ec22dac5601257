import { basename } from 'node:path';

import { numberClusters, toBitTable } from '@clamor/evaluation';

import { openTable, type OpenTableOptions } from '../answer-table.ts';
import { CliError } from '../errors.ts';
import type { ExitCode } from '../exit-codes.ts';
import { askGate, exitCodeOfDecision, reportOf } from '../gate-answer.ts';
import type { Io } from '../io.ts';
import { openOtherTable } from '../other-table.ts';
import { type AnswerOutputs, writeReport } from '../write-report.ts';

/** What {@link gateTable} takes. */
export interface GateTableOptions extends AnswerOutputs, Omit<OpenTableOptions, 'slice'> {
  /** Columns of the table. */
  readonly members: readonly string[];
  readonly required: readonly string[];
  /** Table with another version of the one member; the same examples, labels and other members. */
  readonly against?: string;
  /** What is left of it, in [0, 1]. */
  readonly lossBudget?: number;
  /** In [0, 1]. */
  readonly uniquePrecisionFloor?: number;
  /** In (0.5, 1), default 0.9. */
  readonly harmConfidence?: number;
  /** In (0.5, 1), default 0.8. */
  readonly meritConfidence?: number;
}

/**
 * `clamor gate MEMBER… --table`: may these columns join the others, in a suite that runs elsewhere, or may this version of a
 * member replace the one in another table?
 */
export async function gateTable(options: GateTableOptions, io: Io): Promise<ExitCode> {
  const { members, required, against, lossBudget, uniquePrecisionFloor } = options;
  const { harmConfidence = 0.9, meritConfidence = 0.8 } = options;
  if (lossBudget === undefined || uniquePrecisionFloor === undefined) {
    throw new CliError('CLI_USAGE', 'A table has no policy: give --loss-budget and --unique-precision-floor.');
  }
  const opened = await openTable({ ...options, slice: [] }, io);
  const { stored, table, context } = opened;
  const names = table.members.map(({ name }) => name);
  checkNames([...members, ...required], names, options.table);
  if (members.length === 0) {
    throw new CliError('CLI_USAGE', `Name the columns that are candidates: ${names.join(', ')}.`);
  }
  const candidates = [...new Set(members)];
  if (against !== undefined && candidates.length > 1) {
    throw new CliError('CLI_USAGE', `--against compares two versions of one member; ${candidates.length} were named.`);
  }
  const other = against === undefined ? null : await openOtherTable(opened, { ...options, slice: [], against }, io);
  const answer = askGate({
    table: toBitTable(table),
    candidates,
    other: other === null ? null : { table: toBitTable(other), against: basename(against!) },
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
