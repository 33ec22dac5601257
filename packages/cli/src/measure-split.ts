import { columnsToTable, evaluate, positiveSets } from '@clamor/evaluation';
import type { ReportSection } from '@clamor/report';
import { findSplit, type Split } from '@clamor/store';

import { CliError } from './errors.ts';
import { measureBaselines } from './measure-baselines.ts';
import { measureTable, type MeasureTableOptions } from './measured-table.ts';
import { recordOpening } from './record-opening.ts';
import { uniqueExamples } from './unique-examples.ts';

/** What {@link measureSplit} takes. */
export interface MeasureSplitOptions extends MeasureTableOptions {
  /** Show examples on which one member alone is positive; the split must have the role explore. */
  readonly explore: boolean;
}

/**
 * Measures the suite on a split of its dataset. The opening of a split with the role test is logged.
 *
 * @throws {CliError} `CLI_SPLIT_NOT_EXPLORE`, and what {@link measureTable} and {@link recordOpening} throw.
 */
export async function measureSplit(options: MeasureSplitOptions): Promise<ReportSection> {
  const { source, suite, io, explore } = options;
  if (explore) checkExplore(findSplit(source.splits, options.split));
  const measured = await measureTable(options);
  const { split, columns } = measured;
  const table = columnsToTable(measured.table);
  const evaluation = evaluate(table, {
    gate: { lossBudget: suite.policy.lossBudget, meritFloor: suite.policy.uniquePrecisionFloor },
    required: measured.required,
  });
  const baselines = await measureBaselines(measured, { source, io });
  const opening = await recordOpening(measured, evaluation, { source, suite, io });
  return {
    split: split.name,
    roles: split.roles,
    dataset: source.dataset,
    description: split.description,
    fit: columns.fit,
    marks: measured.marks,
    notes: [...opening, ...baselines.notes],
    unreadable: columns.unreadable.length,
    evaluation,
    baselines: baselines.figures,
    positiveSets: positiveSets(table),
    ...(explore ? { uniqueExamples: await uniqueExamples(columns, table, { source, split }) } : {}),
  };
}

function checkExplore(split: Split): void {
  if (split.roles.includes('explore')) return;
  throw new CliError(
    'CLI_SPLIT_NOT_EXPLORE',
    `Split "${split.name}" has the roles ${split.roles.join(', ')}; only examples of a split with the role explore may be read.\nUse --split ${split.name} for its figures alone.`,
  );
}
