import { basename, resolve } from 'node:path';

import { type Summary, summaryTable } from '@clamor/evaluation';
import { readSummary } from '@clamor/store';

import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { hashFile } from '../hash-file.ts';
import type { Io } from '../io.ts';
import { type FigureOptions, sectionFigures } from '../section-figures.ts';
import { tableGate, type TableRules } from '../table-rules.ts';
import { type ReportOutputs, writeReport } from '../write-report.ts';

/** What {@link evaluateSummary} takes. */
export interface EvaluateSummaryOptions extends ReportOutputs, FigureOptions, TableRules {
  readonly summary: string;
  readonly required: readonly string[];
}

/** `clamor evaluate --summary`: the figures of a suite from the sums that a warehouse made of its judgements. */
export async function evaluateSummary(options: EvaluateSummaryOptions, io: Io): Promise<ExitCode> {
  const file = basename(options.summary);
  const path = resolve(io.cwd, options.summary);
  const summary: Summary = await readSummary(path);
  const section = {
    split: file,
    roles: [],
    dataset: `summary in ${file}`,
    marks: [],
    notes: ['Made from sums: examples, thresholds and near-copies are not known here.'],
    unreadable: 0,
    baselines: [],
    ...sectionFigures(summaryTable(summary), { ...options, ...tableGate(options), slices: [], clusters: null }),
  };
  const suiteVersion = `file ${(await hashFile(path)).slice(0, 16)}`;
  await writeReport({ kind: 'suite', suite: file, suiteVersion, packages: [], sections: [section] }, options, io);
  return EXIT_CODES.ok;
}
