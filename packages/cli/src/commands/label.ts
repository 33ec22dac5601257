import { resolve } from 'node:path';

import { labelPlan, type ScoredTable, stratifiedFigures } from '@clamor/evaluation';
import type { LabelReport, ReportContext } from '@clamor/report';
import { readLabels } from '@clamor/store';

import { answerContext } from '../answer-context.ts';
import { openTable } from '../answer-table.ts';
import { checkExplore, chooseExploreSplit } from '../choose-split.ts';
import { CliError } from '../errors.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { judgementsAsScores } from '../judgements-as-scores.ts';
import { joinFilled, keysOf, labelFileText } from '../label-file.ts';
import { measureTable } from '../measured-table.ts';
import { openSuite, type SuiteOptions } from '../open-suite.ts';
import { type AnswerOutputs, writeReport, writeText } from '../write-report.ts';

/** What both ways of planning labels take. */
interface LabelOptions extends Omit<AnswerOutputs, 'junit'> {
  /** Labels to be had, a whole number ≥ 1. */
  readonly budget?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Strata by score where nobody is positive; default 4. */
  readonly bands?: number;
  /** Where the chosen examples are written, as CSV. */
  readonly out?: string;
  /** That file with labels filled in: tells what they say. */
  readonly filled?: string;
}

/** What {@link labelSuite} takes. */
export interface LabelSuiteOptions extends LabelOptions, SuiteOptions {
  /** Default the first split with the role explore. */
  readonly split?: string;
}

/** What {@link labelTable} takes. */
export interface LabelTableOptions extends LabelOptions {
  readonly table: string;
  readonly slice: readonly string[];
  readonly cluster?: string;
  readonly required: readonly string[];
}

/** `clamor label SUITE`: which examples of a split to label next. They must be such as may be read. */
export async function labelSuite(options: LabelSuiteOptions, io: Io): Promise<ExitCode> {
  const budget = budgetOf(options);
  await using opened = await openSuite(options, io, (source) =>
    checkExplore(chooseExploreSplit(source, options.split)),
  );
  const { suite, source, cache } = opened;
  const split = chooseExploreSplit(source, options.split);
  const measured = await measureTable({ source, suite, io, cache, split: split.name });
  const keys = measured.columns.examples.map(({ id }) => id);
  const context = answerContext(measured, { suite, source, use: null, notes: [] });
  return await answerLabels({ table: measured.table, keys, context, required: measured.required, budget }, options, io);
}

/** `clamor label --table`: which examples of a suite that runs elsewhere to label next. */
export async function labelTable(options: LabelTableOptions, io: Io): Promise<ExitCode> {
  const budget = budgetOf(options);
  const opened = await openTable(options, io);
  const keys = keysOf(opened.stored, options.table);
  const notes = [
    ...(opened.context.notes ?? []),
    'Judgements have no scores: where nobody is positive there is one stratum.',
  ];
  const context = { ...opened.context, notes };
  return await answerLabels(
    { table: judgementsAsScores(opened), keys, context, required: options.required, budget },
    options,
    io,
  );
}

interface LabelQuestion {
  readonly table: ScoredTable;
  /** Shape [n]. */
  readonly keys: readonly string[];
  readonly context: ReportContext;
  readonly required: readonly string[];
  readonly budget: number;
}

async function answerLabels(question: LabelQuestion, options: LabelOptions, io: Io): Promise<ExitCode> {
  const { table, keys, context, required, budget } = question;
  const { seed = 1, bands, out, filled } = options;
  if (!table.labels.includes(null)) throw nothingToLabel(context, 'every example has a label');
  const plan = labelPlan({ table, budget, seed, required, ...(bands === undefined ? {} : { bands }) });
  if (plan.chosen.length === 0) throw nothingToLabel(context, 'every verdict on those without a label is undetermined');
  const notes = [...(context.notes ?? [])];
  let estimates: LabelReport['result']['estimates'] = null;
  if (filled === undefined) {
    notes.push(
      'When the labels are in, the same command line with --filled FILE in place of --out tells what they say.',
    );
    if (out !== undefined) await writeText(out, labelFileText(plan, { keys, weights: table.weights ?? null }), io);
  } else {
    const labels = joinFilled(await readLabels(resolve(io.cwd, filled)), plan, { keys, labels: table.labels });
    estimates = stratifiedFigures({ ...table, labels }, plan, { required });
    const open = plan.chosen.filter(({ example }) => labels[example] === null).length;
    if (open > 0) notes.push(`${open} chosen examples have no label yet and are left out, as if by chance.`);
  }
  const result = { ...plan, keys: plan.chosen.map(({ example }) => keys[example]!), estimates };
  await writeReport({ kind: 'label', context: { ...context, notes }, result }, options, io);
  return EXIT_CODES.ok;
}

function budgetOf({ budget, out, filled }: LabelOptions): number {
  if (out !== undefined && filled !== undefined) {
    throw new CliError('CLI_USAGE', 'Write the plan with --out, or read its labels with --filled: not both at once.');
  }
  if (budget !== undefined) return budget;
  throw new CliError('CLI_USAGE', 'Say how many labels are to be had: --budget N.');
}

function nothingToLabel({ split }: ReportContext, why: string): CliError {
  return new CliError(
    'CLI_NOTHING_TO_LABEL',
    `There is nothing to label in "${split}": ${why}.\nLeave the label of an example empty where it is not known.`,
  );
}
