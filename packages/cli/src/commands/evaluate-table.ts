import { basename, resolve } from 'node:path';

import { evaluate, positiveSets } from '@clamor/evaluation';
import { readJudgementTable } from '@clamor/store';

import { CliError } from '../errors.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { hashFile } from '../hash-file.ts';
import { type Io, printable } from '../io.ts';
import { type ReportOutputs, writeReport } from '../write-report.ts';

/** What {@link evaluateTable} takes. */
export interface EvaluateTableOptions extends ReportOutputs {
  readonly table: string;
  readonly required: readonly string[];
  /** In [0, 1]; with the next one the gate is computed, without both it is `null`. */
  readonly lossBudget?: number;
  /** In [0, 1]. */
  readonly uniquePrecisionFloor?: number;
}

/**
 * `clamor evaluate --table`: the figures of judgements made elsewhere.
 *
 * Rows that cannot be read are counted, named on stderr, and make the exit code 65.
 */
export async function evaluateTable(options: EvaluateTableOptions, io: Io): Promise<ExitCode> {
  const { table: file, lossBudget, uniquePrecisionFloor } = options;
  if ((lossBudget === undefined) !== (uniquePrecisionFloor === undefined)) {
    throw new CliError('CLI_USAGE', 'The gate needs both: --loss-budget and --unique-precision-floor.');
  }
  const path = resolve(io.cwd, file);
  const stored = await readJudgementTable(path);
  for (const { fault } of stored.unreadable.slice(0, 10))
    io.stderr.write(`${printable(`clamor: [${fault.code}] ${fault.message}`)}\n`);
  const table = { labels: stored.labels, weights: stored.weights, members: stored.members };
  const gate =
    lossBudget === undefined || uniquePrecisionFloor === undefined
      ? {}
      : { gate: { lossBudget, meritFloor: uniquePrecisionFloor } };
  const sha256 = await hashFile(path);
  const section = {
    split: basename(file),
    roles: [],
    dataset: `judgements in ${basename(file)}`,
    marks: [],
    notes: ['The judgements were made elsewhere: what the members were fitted on is not known here.'],
    unreadable: stored.unreadable.length,
    evaluation: evaluate(table, { ...gate, required: options.required }),
    baselines: [],
    positiveSets: positiveSets(table),
  };
  await writeReport(
    {
      kind: 'suite',
      suite: basename(file),
      suiteVersion: `file ${sha256.slice(0, 16)}`,
      packages: [],
      sections: [section],
    },
    options,
    io,
  );
  return stored.unreadable.length > 0 ? EXIT_CODES.data : EXIT_CODES.ok;
}
