import type { BlueprintLine, GateCost, GateOutcome, LabelsNeeded } from '@clamor/evaluation';

import type { Part, ReportDocument } from '../document.ts';
import { type FigureFormat, shareText } from '../figure-format.ts';
import { type FigureTable, leftColumn, rightColumn } from '../figure-table.ts';
import { formatCount, formatGiven, formatScore } from '../format-figure.ts';
import { gatePlot } from '../plots/gate-plot.ts';
import type { ShownContext, ShownResult } from '../rounding/shown-report.ts';
import type { Shown } from '../rounding/shown.ts';
import {
  RESULT_LEGEND,
  budgetPoints,
  contextFormat,
  contextNotes,
  contextStamps,
  contextWarnings,
  decidedBy,
  decisionAnswer,
  lossSentence,
} from './context-parts.ts';
import { beforeAfterTable, testsTable } from './outcome-tables.ts';

/** May this candidate join? The blueprint's line first, then the decision, then what stands behind it. */
export function gateDocument(report: Extract<ShownResult, { kind: 'gate' }>): ReportDocument {
  const { context, result } = report;
  const format = contextFormat(context);
  return {
    brand: 'Clamor gate',
    title: `May ${result.candidate} join ${context.suite}?`,
    answer: decisionAnswer(result.decision),
    stamps: contextStamps(context),
    parts: [
      { kind: 'text', text: blueprintSentence(result.blueprint, format) },
      { kind: 'lead', answer: decisionAnswer(result.decision), text: `${decidedBy(result)}${result.reason}` },
      ...contextWarnings(context),
      {
        kind: 'table',
        table: beforeAfterTable({ ...result, headings: ['without it', 'with it'], format }),
      },
      { kind: 'folded', summary: 'What the decision is made by', open: true, parts: gateDetails(result, context) },
      { kind: 'plots', plots: [gatePlot(result, context)] },
    ],
    legend: RESULT_LEGEND,
  };
}

/** u, o, whether u ≥ o, and how sure that is. */
export function blueprintSentence(line: Shown<BlueprintLine>, format: FigureFormat): string {
  const u =
    line.uniquePrecision === null
      ? 'u is undefined, for it has no labelled unique positive'
      : `u = ${shareText(format, line.uniquePrecision, line.uniquePrecisionInterval)} on what it alone calls positive`;
  const o =
    line.precisionWithout === null
      ? 'o is undefined, for nobody else has a labelled positive'
      : `o = ${shareText(format, line.precisionWithout, line.precisionWithoutInterval)} for the suite without it`;
  if (line.holds === null) return `Blueprint: ${u}; ${o}.`;
  const sure = line.probability === null ? '' : `, P(u ≥ o) ${format.probability(line.probability)}`;
  return `Blueprint: ${u}; ${o}: u ${line.holds ? '≥' : '<'} o${sure}.`;
}

function gateDetails(result: Shown<GateOutcome>, context: ShownContext): Part[] {
  const format = contextFormat(context);
  const floor = context.policy?.uniquePrecisionFloor;
  const delta = result.loss.left === null ? 'δ' : budgetPoints(result.loss.left);
  const merit = floor === undefined ? 'floor' : formatGiven(floor);
  const tests = [
    { name: `harm: P(s ≥ o − ${delta})`, test: result.harm },
    { name: `merit: P(u ≥ ${merit})`, test: result.merit },
  ];
  return [
    { kind: 'table', table: testsTable(tests, format) },
    {
      kind: 'list',
      tone: 'note',
      items: [lossSentence(result.loss, format), costSentence(result.cost, format), ...counted(result)],
    },
    ...labelsParts(result.labelsNeeded),
    ...contextNotes(context),
  ];
}

function costSentence({ msPerExample, recallGain, recallGainPerMs }: Shown<GateCost>, format: FigureFormat): string {
  const gain = `recall ${format.difference(recallGain)}`;
  if (msPerExample === null) return `Cost: not measured; ${gain}.`;
  const cost = `Cost: ${formatScore(msPerExample)} ms of one core per example; ${gain}`;
  if (recallGainPerMs === null) return `${cost}.`;
  return `${cost}, that is ${formatScore(recallGainPerMs * 100)} points per ms.`;
}

/** What the tests are made with, and what is in none of them. */
function counted({ counts }: Shown<GateOutcome>): string[] {
  const { unique, others, uniqueUnknown, uniqueUnlabelled, designEffect } = counts;
  if (unique.truePositives === null || others.truePositives === null) return [];
  const said = [
    `Counted: ${formatCount(unique.truePositives)} TP and ${formatCount(unique.falsePositives)} FP among its labelled ` +
      `unique positives, ${formatCount(others.truePositives)} TP and ${formatCount(others.falsePositives)} FP among those of the others.`,
  ];
  if ((uniqueUnlabelled ?? 0) > 0)
    said.push(`${formatCount(uniqueUnlabelled)} of its unique positives have no label and are in no test.`);
  if ((uniqueUnknown ?? 0) > 0)
    said.push(
      `${formatCount(uniqueUnknown)} of its positives may or may not be unique, because another member failed there: in no test.`,
    );
  if ((designEffect.unique ?? 1) > 1 || (designEffect.others ?? 1) > 1) {
    said.push(
      `Near-copies are not independent: counts are divided by the design effect, ${formatScore(designEffect.unique ?? 1)} for its unique positives and ${formatScore(designEffect.others ?? 1)} for the others.`,
    );
  }
  return said;
}

function labelsParts(needed: Shown<readonly LabelsNeeded[]> | null): Part[] {
  if (needed === null || needed.length === 0) return [];
  return [{ kind: 'table', table: labelsTable(needed) }];
}

function labelsTable(needed: Shown<readonly LabelsNeeded[]>): FigureTable {
  return {
    caption:
      'Further labelled unique positives that might settle it, if u were what is assumed; every further look has its price',
    columns: [rightColumn('assumed u', 9), rightColumn('labels', 8), leftColumn('it would then', 13)],
    rows: needed.map((each) => ({
      cells: [
        { text: each.assumedUniquePrecision === null ? '' : formatGiven(each.assumedUniquePrecision) },
        { text: each.labels === null ? 'never' : formatCount(each.labels) },
        { text: each.decision ?? 'stay open' },
      ],
    })),
  };
}
