import { columnsToTable } from '@clamor/evaluation';
import type { ReportSection } from '@clamor/report';
import { findSplit, type Split } from '@clamor/store';

import { checkExplore } from './choose-split.ts';
import { measureBaselines } from './measure-baselines.ts';
import { measureTable, type MeasureTableOptions } from './measured-table.ts';
import { recordLook } from './record-look.ts';
import { recordOpening } from './record-opening.ts';
import { type FigureOptions, sectionFigures, sectionPictures } from './section-figures.ts';
import { isHeldBack, openEvidence } from './split-evidence.ts';
import { uniqueExamples } from './unique-examples.ts';

/** What {@link measureSplit} takes. */
export interface MeasureSplitOptions extends MeasureTableOptions {
  readonly figures: FigureOptions;
  /** Compute what only the page shows: curves, and advice where examples may be read. */
  readonly pictures: boolean;
  /** Show examples on which one member alone is positive; the split must have the role explore. */
  readonly explore: boolean;
}

/**
 * Measures the suite on a split of its dataset. The opening of a split with the role test is logged, and every look at one
 * that is held back for decisions alone.
 *
 * @throws {CliError} `CLI_SPLIT_NOT_EXPLORE`, and what {@link measureTable}, {@link openEvidence} and {@link recordOpening}
 * throw.
 */
export async function measureSplit(options: MeasureSplitOptions): Promise<ReportSection> {
  const { source, suite, io, explore } = options;
  const asked = findSplit(source.splits, options.split);
  if (explore) checkExplore(asked);
  const evidence = isUsedToGateOnly(asked) ? await openEvidence({ source, split: asked }, io) : null;
  const measured = await measureTable(options);
  const { split, columns } = measured;
  const table = columnsToTable(measured.table);
  const figures = sectionFigures(table, {
    ...options.figures,
    gate: { lossBudget: suite.policy.lossBudget, meritFloor: suite.policy.uniquePrecisionFloor },
    required: measured.required,
    slices: measured.table.slices ?? [],
    clusters: measured.table.clusters ?? null,
  });
  const baselines = await measureBaselines(measured, { source, io });
  const opening = await recordOpening(measured, figures.evaluation, { source, suite, io });
  const looks = evidence === null ? [] : await recordLook(measured, figures.evaluation, { evidence, suite });
  return {
    split: split.name,
    roles: split.roles,
    dataset: source.dataset,
    description: split.description,
    fit: columns.fit,
    marks: measured.marks,
    notes: [...opening, ...looks, ...baselines.notes],
    unreadable: columns.unreadable.length,
    baselines: baselines.figures,
    ...figures,
    ...(options.pictures
      ? sectionPictures(measured.table, { policy: suite.policy, isHeldBack: isHeldBack(split) })
      : {}),
    ...(explore ? { uniqueExamples: await uniqueExamples(columns, table, { source, split }) } : {}),
  };
}

/** The opening of a split with the role test is a query of its own kind. */
function isUsedToGateOnly(split: Split): boolean {
  return isHeldBack(split) && !split.roles.includes('test');
}
