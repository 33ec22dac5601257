import type { Interval, MemberFigures, SuiteFigures } from '@clamor/evaluation';

import type { FigureCell, FigureColumn, FigureTable } from './figure-table.ts';
import { formatCount, formatInterval, formatQuantity, formatShare } from './format-figure.ts';
import { plainText } from './plain-text.ts';
import type { ReportPackage, ReportSection } from './report.ts';

const NAME_LENGTH = 60;
const REASON_LENGTH = 300;

/** The packages that discovery looked at, those that were left out with the reason. */
export function packagesTable(packages: readonly ReportPackage[]): FigureTable {
  const loaded = packages.filter((each) => each.status === 'loaded').length;
  return {
    caption: `${formatQuantity(packages.length, 'package')} discovered, ${formatCount(loaded)} loaded`,
    columns: [left('package', 40), left('version', 9), left('kind', 11), left('owner', 16), left('status', 60)],
    rows: packages.map((each) => ({
      cells: [name(each.name), name(each.version), name(each.kind), name(each.owner), status(each)],
    })),
  };
}

/** Precision, recall and F1 of the suite, each with its interval and what it was counted on. */
export function suiteTable(section: ReportSection): FigureTable {
  const { suite } = section.evaluation;
  const rows: [string, FigureCell, string][] = [
    ['precision', share(suite.precision, suite.precisionInterval), precisionCounts(suite)],
    ['recall', share(suite.recall, suite.recallInterval), recallCounts(suite)],
    ['F1', share(suite.f1, suite.f1Interval), f1Counts(suite)],
  ];
  return {
    caption: 'The suite: positive when any member is positive; 95% intervals',
    columns: [left('figure', 10), right('value', 18), left('counted on', 64)],
    rows: rows.map(([figure, value, counts]) => ({ cells: [{ text: figure }, value, { text: counts }] })),
  };
}

/** A row per member: what it does by itself, and what only it does. */
export function membersTable(section: ReportSection): FigureTable {
  const { members, suite } = section.evaluation;
  const alone = 'on its unique positives';
  const fair = 'fair share';
  return {
    caption: `${formatQuantity(members.length, 'member')} on ${formatQuantity(suite.examples, 'example')}; 95% intervals`,
    columns: [
      left('member', 16),
      right('positives', 9),
      right('precision', 9),
      right('recall', 6),
      right('coverage', 8),
      { ...right('count', 6), group: alone },
      { ...right('precision', 17), group: alone },
      { ...right('recall', 6), group: alone },
      { ...right('TP', 7), group: fair },
      { ...right('FP', 6), group: fair },
    ],
    rows: members.map((member) => ({ cells: memberCells(member) })),
  };
}

/** The suite, then every baseline: measured, never counted. */
export function baselinesTable(section: ReportSection): FigureTable {
  const suite = { ...section.evaluation.suite, name: 'suite (OR of the members)' };
  return {
    caption: 'The suite beside its baselines (kind baseline: measured, never counted); 95% intervals',
    columns: [
      left('measured', 40),
      right('positives', 9),
      right('TP', 7),
      right('FP', 6),
      right('precision', 17),
      right('recall', 17),
      right('F1', 6),
    ],
    rows: [suite, ...section.baselines].map((figures, index) => ({
      strong: index === 0,
      cells: [
        name(figures.name),
        { text: formatCount(figures.positives) },
        { text: formatCount(figures.truePositives) },
        { text: formatCount(figures.falsePositives) },
        share(figures.precision, figures.precisionInterval),
        share(figures.recall, figures.recallInterval),
        { text: formatShare(figures.f1) },
      ],
    })),
  };
}

/**
 * Which members are positive together.
 *
 * @param limit - Sets shown; the caption counts those left out.
 */
export function positiveSetsTable(section: ReportSection, limit: number): FigureTable {
  const sets = section.positiveSets.filter((set) => set.members.length > 0);
  const shown = sets.length > limit ? `, the ${formatCount(limit)} largest shown` : '';
  return {
    caption: `Examples by the set of members that are positive on them: ${formatQuantity(sets.length, 'set')}${shown}`,
    columns: [left('members', 56), right('examples', 9), right('TP', 9), right('FP', 9), right('no label', 9)],
    rows: sets.slice(0, limit).map((set) => ({
      cells: [
        { text: set.members.map((member) => plainText(member, NAME_LENGTH)).join(' + '), foreign: true },
        { text: formatCount(set.weight) },
        { text: formatCount(set.truePositives) },
        { text: formatCount(set.falsePositives) },
        { text: formatCount(set.unlabelled) },
      ],
    })),
  };
}

function memberCells(member: MemberFigures): FigureCell[] {
  return [
    name(member.name),
    { text: formatCount(member.positives) },
    { text: formatShare(member.precision) },
    { text: formatShare(member.recall) },
    { text: formatShare(member.coverage) },
    { text: formatCount(member.uniquePositives) },
    share(member.uniquePrecision, member.uniquePrecisionInterval),
    { text: formatShare(member.uniqueRecall) },
    { text: formatCount(member.fairShareTruePositives) },
    { text: formatCount(member.fairShareFalsePositives) },
  ];
}

function precisionCounts(suite: SuiteFigures): string {
  const n = formatCount(suite.truePositives + suite.falsePositives);
  return `n ${n} labelled positives: ${formatCount(suite.truePositives)} TP, ${formatCount(suite.falsePositives)} FP`;
}

function recallCounts(suite: SuiteFigures): string {
  const n = formatCount(suite.truePositives + suite.falseNegatives);
  return `n ${n} positive labels: ${formatCount(suite.truePositives)} TP, ${formatCount(suite.falseNegatives)} FN`;
}

function f1Counts(suite: SuiteFigures): string {
  const n = formatCount(suite.truePositives + suite.falsePositives + suite.falseNegatives);
  return `n ${n}: TP, FP and FN together`;
}

function status(each: ReportPackage): FigureCell {
  const reason = each.reason === undefined ? '' : `: ${plainText(each.reason, REASON_LENGTH)}`;
  return { text: `${each.status}${reason}`, foreign: true };
}

function share(value: number | null, interval: Interval | null): FigureCell {
  const aside = formatInterval(interval);
  return { text: formatShare(value), ...(aside === '' ? {} : { aside }) };
}

function name(text: string): FigureCell {
  return { text: plainText(text, NAME_LENGTH), foreign: true };
}

function left(heading: string, width: number): FigureColumn {
  return { heading, align: 'left', width };
}

function right(heading: string, width: number): FigureColumn {
  return { heading, align: 'right', width };
}
