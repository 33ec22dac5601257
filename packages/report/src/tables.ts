import type { MemberFigures, SliceReport, SuiteFigures } from '@clamor/evaluation';

import { type FigureFormat, figureFormat, shareCell } from './figure-format.ts';
import {
  type FigureCell,
  type FigureTable,
  foreignCell,
  leftColumn,
  rightColumn,
  withoutEmptyColumns,
} from './figure-table.ts';
import { formatCount, formatQuantity } from './format-figure.ts';
import type { ReportPackage } from './report.ts';
import type { ReportPrecision } from './result-report.ts';
import type { ShownSection } from './rounding/shown-report.ts';
import type { Shown } from './rounding/shown.ts';

/** The packages that discovery looked at, those that were left out with the reason. */
export function packagesTable(packages: readonly ReportPackage[]): FigureTable {
  const loaded = packages.filter((each) => each.status === 'loaded').length;
  return {
    caption: `${formatQuantity(packages.length, 'package')} discovered, ${formatCount(loaded)} loaded`,
    columns: [
      leftColumn('package', 40),
      leftColumn('version', 9),
      leftColumn('kind', 11),
      leftColumn('owner', 16),
      leftColumn('status', 60),
    ],
    rows: packages.map((each) => ({
      cells: [...[each.name, each.version, each.kind, each.owner].map(foreignCell), status(each)],
    })),
  };
}

/** Precision, recall and F1 of the suite, each with its interval and what it was counted on, or why it is not there. */
export function suiteTable(section: ShownSection): FigureTable {
  const { suite } = section.evaluation;
  const format = figureFormat(section.precision);
  const figures = [
    ['precision', suite.precision, suite.precisionInterval, precisionCounts(suite, format)],
    ['recall', suite.recall, suite.recallInterval, recallCounts(suite, format)],
    ['F1', suite.f1, suite.f1Interval, f1Counts(suite, format)],
  ] as const;
  return withoutEmptyColumns({
    caption: 'The suite: positive when any member is positive; 95% intervals',
    columns: [leftColumn('figure', 10), rightColumn('value', 18), leftColumn('counted on', 64)],
    rows: figures.map(([figure, share, interval, counts]) => {
      const reason = whyNotEstimable(section, figure, null);
      if (reason !== null) return { cells: [{ text: figure }, NOT_ESTIMABLE, { text: reason }] };
      return { cells: [{ text: figure }, shareCell(format, share, interval), { text: counts }] };
    }),
  });
}

/** A row per member: what it does by itself, and what only it does. */
export function membersTable(section: ShownSection): FigureTable {
  const { members, suite } = section.evaluation;
  const alone = 'on its unique positives';
  const fair = 'fair share';
  return withoutEmptyColumns({
    caption: `${formatQuantity(members.length, 'member')} on ${formatQuantity(suite.examples ?? 0, 'example')}; 95% intervals`,
    columns: [
      leftColumn('member', 16),
      rightColumn('positives', 9),
      rightColumn('precision', 9),
      rightColumn('recall', 6),
      rightColumn('coverage', 8),
      { ...rightColumn('count', 6), group: alone },
      { ...rightColumn('precision', 17), group: alone },
      { ...rightColumn('recall', 6), group: alone },
      { ...rightColumn('TP', 7), group: fair },
      { ...rightColumn('FP', 6), group: fair },
    ],
    rows: members.map((member) => ({ cells: memberCells(section, member) })),
  });
}

/** The suite, then every baseline: measured, never counted. */
export function baselinesTable(section: ShownSection): FigureTable {
  const format = figureFormat(section.precision);
  const suite = { ...section.evaluation.suite, name: 'suite (OR of the members)' };
  return withoutEmptyColumns({
    caption: 'The suite beside its baselines (kind baseline: measured, never counted); 95% intervals',
    columns: [
      leftColumn('measured', 40),
      rightColumn('positives', 9),
      rightColumn('TP', 7),
      rightColumn('FP', 6),
      rightColumn('precision', 17),
      rightColumn('recall', 17),
      rightColumn('F1', 6),
    ],
    rows: [suite, ...section.baselines].map((figures, index) => ({
      strong: index === 0,
      cells: [
        foreignCell(figures.name),
        { text: format.count(figures.positives) },
        { text: format.count(figures.truePositives) },
        { text: format.count(figures.falsePositives) },
        estimable(
          section,
          'precision',
          index === 0 ? null : figures.name,
          shareCell(format, figures.precision, figures.precisionInterval),
        ),
        estimable(
          section,
          'recall',
          index === 0 ? null : figures.name,
          shareCell(format, figures.recall, figures.recallInterval),
        ),
        estimable(section, 'f1', index === 0 ? null : figures.name, { text: format.share(figures.f1) }),
      ],
    })),
  });
}

/**
 * Which members are positive together.
 *
 * @param limit - Sets shown; the caption counts those left out.
 */
export function positiveSetsTable(section: ShownSection, limit: number): FigureTable {
  const sets = section.positiveSets.filter((set) => set.members.length > 0);
  const shown = sets.length > limit ? `, the ${formatCount(limit)} largest shown` : '';
  return {
    caption: `Examples by the set of members that are positive on them: ${formatQuantity(sets.length, 'set')}${shown}`,
    columns: [
      leftColumn('members', 56),
      rightColumn('examples', 9),
      rightColumn('TP', 9),
      rightColumn('FP', 9),
      rightColumn('no label', 9),
    ],
    rows: sets.slice(0, limit).map((set) => ({
      cells: [
        foreignCell(set.members.join(' + ')),
        { text: formatCount(set.weight) },
        { text: formatCount(set.truePositives) },
        { text: formatCount(set.falsePositives) },
        { text: formatCount(set.unlabelled) },
      ],
    })),
  };
}

const SLICES_IN_TABLE = 20;

/** The suite on every slice, as the evaluation ranks them. */
export function slicesTable(
  { slices, looks, suite }: Shown<SliceReport>,
  figures: readonly ('precision' | 'recall')[],
  precision: ReportPrecision,
): FigureTable {
  const format = figureFormat(precision);
  const shown = slices.slice(0, SLICES_IN_TABLE);
  const left = slices.length - shown.length;
  const against = figures.map((figure) => `${figure} ${format.share(suite[figure])}`).join(', ');
  return withoutEmptyColumns({
    caption: `Slices, the worst first, against the suite with ${against}; intervals hold for all ${formatCount(looks)} looks at once${left > 0 ? `; ${formatCount(left)} more` : ''}`,
    columns: [
      leftColumn('slice', 28),
      rightColumn('examples', 8),
      ...figures.map((figure) => rightColumn(figure, 18)),
      rightColumn('FP', 6),
      rightColumn('FN', 6),
    ],
    rows: shown.map((slice) => ({
      cells: [
        foreignCell(`${slice.column}: ${slice.value}`),
        { text: formatCount(slice.examples) },
        ...figures.map((figure) =>
          figure === 'precision'
            ? shareCell(format, slice.precision, slice.precisionInterval)
            : shareCell(format, slice.recall, slice.recallInterval),
        ),
        { text: format.count(slice.falsePositives) },
        { text: figures.includes('recall') ? format.count(slice.falseNegatives) : '' },
      ],
    })),
  });
}

/** What stands in a table instead of a figure that the labels cannot estimate; the reason is said elsewhere. */
const NOT_ESTIMABLE: FigureCell = { text: 'not estimable' };

/** Figures that need all positive labels: where the suite's cannot be estimated, nobody's can. */
const NEED_ALL_POSITIVE_LABELS = new Set(['recall', 'f1', 'uniqueRecall']);

/** Why a figure is not estimable, or `null` when it is. */
function whyNotEstimable(section: ShownSection, figure: string, member: string | null): string | null {
  const asked = figure === 'F1' ? 'f1' : figure;
  const wanted = asked === 'uniqueRecall' ? 'recall' : asked;
  const found = section.notEstimable?.find(
    (each) =>
      each.figure === wanted &&
      (each.member === member || (each.member === null && NEED_ALL_POSITIVE_LABELS.has(asked))),
  );
  return found?.reason ?? null;
}

function estimable(section: ShownSection, figure: string, member: string | null, cell: FigureCell): FigureCell {
  return whyNotEstimable(section, figure, member) === null ? cell : NOT_ESTIMABLE;
}

function memberCells(section: ShownSection, member: Shown<MemberFigures>): FigureCell[] {
  const format = figureFormat(section.precision);
  const cell = (figure: string, text: string): FigureCell => estimable(section, figure, member.name, { text });
  return [
    foreignCell(member.name),
    { text: format.count(member.positives) },
    cell('precision', format.share(member.precision)),
    cell('recall', format.share(member.recall)),
    { text: format.precision === 'rounded' ? '' : format.share(member.coverage) },
    { text: format.count(member.uniquePositives) },
    estimable(
      section,
      'uniquePrecision',
      member.name,
      shareCell(format, member.uniquePrecision, member.uniquePrecisionInterval),
    ),
    cell('uniqueRecall', format.share(member.uniqueRecall)),
    { text: format.count(member.fairShareTruePositives) },
    { text: format.count(member.fairShareFalsePositives) },
  ];
}

type SuiteCounts = Shown<SuiteFigures>;

function precisionCounts({ truePositives, falsePositives }: SuiteCounts, format: FigureFormat): string {
  if (truePositives === null || falsePositives === null) return '';
  const n = format.count(truePositives + falsePositives);
  return `n ${n} labelled positives: ${format.count(truePositives)} TP, ${format.count(falsePositives)} FP`;
}

function recallCounts({ truePositives, falseNegatives }: SuiteCounts, format: FigureFormat): string {
  if (truePositives === null || falseNegatives === null) return '';
  const n = format.count(truePositives + falseNegatives);
  return `n ${n} positive labels: ${format.count(truePositives)} TP, ${format.count(falseNegatives)} FN`;
}

function f1Counts({ truePositives, falsePositives, falseNegatives }: SuiteCounts, format: FigureFormat): string {
  if (truePositives === null || falsePositives === null || falseNegatives === null) return '';
  return `n ${format.count(truePositives + falsePositives + falseNegatives)}: TP, FP and FN together`;
}

function status(each: ReportPackage): FigureCell {
  return foreignCell(each.reason === undefined ? each.status : `${each.status}: ${each.reason}`);
}
