import { basename, resolve } from 'node:path';

import { toBitTable } from '@clamor/evaluation';
import { readJudgementTable, readLabels } from '@clamor/store';

import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { fillTable } from '../fill-table.ts';
import { hashFile } from '../hash-file.ts';
import { type Io, printable } from '../io.ts';
import { type FigureOptions, sectionFigures } from '../section-figures.ts';
import { tableGate, type TableRules } from '../table-rules.ts';
import { type ReportOutputs, writeReport } from '../write-report.ts';

/** What {@link evaluateTable} takes. */
export interface EvaluateTableOptions extends ReportOutputs, FigureOptions, TableRules {
  readonly table: string;
  readonly required: readonly string[];
  /** Columns that divide the examples. */
  readonly slice: readonly string[];
  /** Column whose equal values mark near-copies. */
  readonly cluster?: string;
  /** Labels that a plan asked for, in the file that `clamor label --out` wrote: figures from labelled examples only. */
  readonly filled?: string;
}

/**
 * `clamor evaluate --table`: the figures of judgements made elsewhere.
 *
 * Rows that cannot be read are counted, named on stderr, and make the exit code 65.
 */
export async function evaluateTable(options: EvaluateTableOptions, io: Io): Promise<ExitCode> {
  const { table: file, slice, cluster, filled } = options;
  const gate = tableGate(options);
  const path = resolve(io.cwd, file);
  const read = await readJudgementTable(path, { slices: slice, ...(cluster === undefined ? {} : { cluster }) });
  for (const { fault } of read.unreadable.slice(0, 10))
    io.stderr.write(`${printable(`clamor: [${fault.code}] ${fault.message}`)}\n`);
  const { stored, notes } =
    filled === undefined
      ? { stored: read, notes: [] }
      : fillTable(read, await readLabels(resolve(io.cwd, filled)), file);
  const table = { labels: stored.labels, weights: stored.weights, members: stored.members };
  const sha256 = await hashFile(path);
  const section = {
    split: basename(file),
    roles: [],
    dataset: `judgements in ${basename(file)}`,
    marks: [],
    notes: ['The judgements were made elsewhere: what the members were fitted on is not known here.', ...notes],
    unreadable: stored.unreadable.length,
    baselines: [],
    ...sectionFigures(toBitTable(table), { ...options, ...gate, slices: stored.slices, clusters: stored.clusters }),
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
