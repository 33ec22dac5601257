import type { Answer, Part, ReportDocument } from '../document.ts';
import { type FigureFormat, shareCell } from '../figure-format.ts';
import { type FigureTable, foreignCell, leftColumn, rightColumn, withoutEmptyColumns } from '../figure-table.ts';
import { formatCount, formatScore } from '../format-figure.ts';
import type { ShownResult } from '../rounding/shown-report.ts';
import { causeSentence, changesetSentence, leadSentence, shiftSentence } from './compare-words.ts';
import { UNDEFINED_LEGEND, contextFormat, contextNotes, contextStamps, contextWarnings } from './context-parts.ts';
import { beforeAfterTable } from './outcome-tables.ts';

/** A comparison of two versions, as renderers get it. */
export type ShownCompare = Extract<ShownResult, { kind: 'compare' }>['result'];

/** What changes with this version, and which bump follows? */
export function compareDocument(report: Extract<ShownResult, { kind: 'compare' }>): ReportDocument {
  const { context, result, against } = report;
  const answer = answerOf(result);
  return {
    brand: 'Clamor compare',
    title: `What changes from ${against} to ${result.package} as it is?`,
    answer,
    stamps: [{ label: 'versions', value: versions(result) }, ...contextStamps(context)],
    parts: [
      { kind: 'lead', answer, text: leadSentence(result) },
      ...(result.causes.length === 0
        ? []
        : [
            {
              kind: 'list',
              tone: 'finding',
              items: result.causes.map((cause) => causeSentence(cause, result)),
            } as const,
          ]),
      ...changesetParts(result),
      ...contextWarnings(context),
      ...memberParts(result, contextFormat(context)),
      ...outputParts(result),
      ...contextNotes(context),
    ],
    legend: [
      'Patch: the same judgements. Minor: some changed. Major: what a host or an example must bring changed; of an encoder or a suite: any bit of an output.',
      UNDEFINED_LEGEND,
    ],
  };
}

function versions({ version }: ShownCompare): string {
  return version.before === version.after ? `${version.after}, both` : `${version.before} → ${version.after}`;
}

function answerOf({ bump, changeset }: ShownCompare): Answer {
  if (changeset !== null) {
    return changeset.isEnough
      ? { word: `${bump}, and said so`, tone: 'good' }
      : { word: `${bump}, and not said so`, tone: 'bad' };
  }
  return { word: bump, tone: bump === 'patch' ? 'idle' : 'open' };
}

function changesetParts({ package: name, changeset }: ShownCompare): Part[] {
  if (changeset === null) return [];
  const said: Part = { kind: 'text', text: changesetSentence(name, changeset) };
  return changeset.write === null ? [said] : [said, { kind: 'code', lines: changeset.write }];
}

function memberParts({ member }: ShownCompare, format: FigureFormat): Part[] {
  if (member === null) return [];
  const { suite, ways, shown } = member;
  return [
    ...(ways.length === 0 ? [] : [{ kind: 'table', table: waysTable(member) } as const]),
    ...(member.scores.compared === null ? [] : [{ kind: 'text', text: shiftSentence(member.scores) } as const]),
    { kind: 'table', table: beforeAfterTable({ ...suite, headings: ['before', 'after'], format }) },
    { kind: 'table', table: ownTable(member, format) },
    ...(member.positives.regions.kept.truePositives === null
      ? []
      : [{ kind: 'table', table: positivesTable(member) } as const]),
    ...(shown.length === 0
      ? []
      : [
          { kind: 'table', media: ['terminal', 'html'], table: examplesTable(member, { titles: true }) } as const,
          {
            kind: 'folded',
            media: ['markdown'],
            summary: 'Examples whose judgement changed, by key',
            // A comment reaches people who did not ask for hostile mail.
            parts: [{ kind: 'table', table: examplesTable(member, { titles: false }) }],
          } as const,
        ]),
  ];
}

type Member = NonNullable<ShownCompare['member']>;

function waysTable({ ways }: Member): FigureTable {
  return {
    caption: 'Examples whose judgement changed, by label',
    columns: [leftColumn('way', 24), ...['label 1', 'label 0', 'no label'].map((heading) => rightColumn(heading, 8))],
    rows: ways.map(({ from, to, positiveLabels, negativeLabels, withoutLabel }) => ({
      cells: [
        { text: `${from} → ${to}` },
        ...[positiveLabels, negativeLabels, withoutLabel].map((count) => ({ text: formatCount(count) })),
      ],
    })),
  };
}

/** What the member does by itself, and what it alone does. */
function ownTable({ figures: { before, after } }: Member, format: FigureFormat): FigureTable {
  const shares = [
    ['precision', 'precision', 'precisionInterval'],
    ['recall', 'recall', 'recallInterval'],
    ['unique precision', 'uniquePrecision', 'uniquePrecisionInterval'],
  ] as const;
  const counts = [
    ['unique TP', 'uniqueTruePositives'],
    ['unique FP', 'uniqueFalsePositives'],
    ['abstained or failed', null],
  ] as const;
  const silent = ({ coverage, judged }: Member['figures']['before']): string =>
    judged === null ? '' : format.share(coverage === null ? null : 1 - coverage);
  return {
    caption: `${after.name} by itself, and what it alone calls positive; 95% intervals`,
    columns: [leftColumn('member', 20), rightColumn('before', 18), rightColumn('after', 18)],
    rows: [
      ...shares.map(([name, share, interval]) => ({
        cells: [
          { text: name },
          shareCell(format, before[share], before[interval]),
          shareCell(format, after[share], after[interval]),
        ],
      })),
      {
        cells: [{ text: 'unique recall' }, ...[before, after].map((one) => ({ text: format.share(one.uniqueRecall) }))],
      },
      ...counts.map(([name, count]) => ({
        cells: [
          { text: name },
          ...[before, after].map((one) => ({ text: count === null ? silent(one) : format.count(one[count]) })),
        ],
      })),
    ].filter((row) => row.cells.slice(1).some(({ text }) => text !== '')),
  };
}

function positivesTable({ positives: { regions, unlabelled } }: Member): FigureTable {
  return {
    caption: 'Positives of the suite, by which version gives them',
    columns: [leftColumn('region', 8), rightColumn('TP', 7), rightColumn('FP', 7), rightColumn('no label', 8)],
    rows: (['kept', 'gained', 'lost'] as const).map((region) => ({
      cells: [
        { text: region },
        ...[regions[region].truePositives, regions[region].falsePositives, unlabelled[region]].map((count) => ({
          text: formatCount(count),
        })),
      ],
    })),
  };
}

function examplesTable({ shown, changed }: Member, { titles }: { readonly titles: boolean }): FigureTable {
  const count = shown.length === changed ? 'All' : `${formatCount(shown.length)} of ${formatCount(changed)}`;
  return withoutEmptyColumns({
    caption: `${count} examples whose judgement changed, the furthest moved of each way first`,
    columns: [
      leftColumn('key', 24),
      leftColumn('way', 22),
      rightColumn('label', 5),
      rightColumn('before', 9),
      rightColumn('after', 9),
      leftColumn('title', 40),
    ],
    rows: shown.map(({ key, title, label, from, to, before, after }) => ({
      cells: [
        foreignCell(key),
        { text: `${from} → ${to}` },
        { text: label === null ? '–' : String(label) },
        { text: formatScore(before) },
        { text: formatScore(after) },
        foreignCell(titles ? title : ''),
      ],
    })),
  });
}

function outputParts({ outputs }: ShownCompare): Part[] {
  if (outputs === null || outputs.keys.length === 0) return [];
  const table: FigureTable = {
    caption: `The first ${outputs.unit}s whose outputs differ`,
    columns: [leftColumn('key', 60)],
    rows: outputs.keys.map((key) => ({ cells: [foreignCell(key)] })),
  };
  return [{ kind: 'folded', summary: table.caption, parts: [{ kind: 'table', table }] }];
}
