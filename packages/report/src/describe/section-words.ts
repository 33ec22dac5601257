// What must be said about a section in words, so that no renderer can leave it out?

import type { MemberFigures } from '@clamor/evaluation';

import { WHAT_OR_PROMISES, compareBaseline } from '../compare-baseline.ts';
import { figureFormat } from '../figure-format.ts';
import { formatCount, formatGiven, formatQuantity, formatShare } from '../format-figure.ts';
import type { ShownSection, ShownSuite } from '../rounding/shown-report.ts';
import type { Shown } from '../rounding/shown.ts';

/** Dataset, examples, labels, fit: what the figures were counted on. */
export function sectionFacts(section: ShownSection): string[] {
  const { examples, labelled, positiveLabels, weight } = section.evaluation.suite;
  const said = [section.dataset, formatQuantity(examples ?? 0, 'example')];
  if (labelled !== null && positiveLabels !== null) {
    const share = formatShare(labelled === 0 ? null : positiveLabels / labelled);
    said.push(`${formatCount(labelled)} labelled`, `${formatCount(positiveLabels)} with label 1 (${share})`);
  }
  if (weight !== null && examples !== null && Math.abs(weight - examples) > 1e-9 * examples) {
    said.push(`weighted: counts are sums of sampling weights, ${formatCount(weight)} in all`);
  }
  if (section.roles.length > 0) said.push(`role ${section.roles.join(', ')}`);
  if (section.fit !== undefined) said.push(section.fit);
  return said;
}

/** Warnings that go with every figure: marks, unreadable examples, failures. */
export function sectionWarnings(section: ShownSection): string[] {
  const { suite, members } = section.evaluation;
  const said: string[] = [...section.marks];
  if (section.precision === 'rounded') said.push(ROUNDED_WARNING);
  if (section.unreadable > 0) {
    said.push(`${formatQuantity(section.unreadable, 'example')} could not be read and are in no figure`);
  }
  if ((suite.degraded ?? 0) > 0) said.push(`${formatCount(suite.degraded)} judged while at least one member failed`);
  if ((suite.undetermined ?? 0) > 0) said.push(undetermined(section));
  const failed = members.filter((member) => (member.failed ?? 0) > 0).map(failure);
  if (failed.length > 0) said.push(`members failed: ${failed.join(', ')}`);
  return said;
}

/** What a reader of a rounded document has to know. */
export const ROUNDED_WARNING =
  'rounded, because this split is held back: whole percents, intervals widened, probabilities down to a tenth, no counts';

/** One sentence a newcomer understands. */
export function sectionVerdict(report: ShownSuite, section: ShownSection): string {
  return [found(section), right(section), ...floor(report, section)].join(' ');
}

/** One sentence per baseline, and what OR promises when one of them does better. */
export function baselineSentences(section: ShownSection): string[] {
  const { suite } = section.evaluation;
  if (reasonFor(section, 'recall') !== null || reasonFor(section, 'precision') !== null) return [];
  // Whole percents hide who does better.
  if (section.precision === 'rounded') return [];
  const compared = section.baselines.map((baseline) => compareBaseline(suite, baseline.name, baseline));
  const loses = compared.some((each) => each.outcome === 'baseline');
  return [...compared.map((each) => each.sentence), ...(loses ? [WHAT_OR_PROMISES] : [])];
}

/** Precisions at the share of positives that production has, and what that takes for granted. */
export function precisionAtRatesSentences(section: ShownSection): string[] {
  const mapped = section.precisionAtRates;
  if (mapped === undefined) return [];
  const format = figureFormat(section.precision);
  const { suite, rateThere, assumption } = mapped;
  const rate = between(rateThere.map(formatGiven));
  if (suite.precision === null) return [`Where ${rate} of the examples are positive, its precision is undefined.`];
  const precision = `${between(suite.precision.map(format.share))} ${format.interval(suite.precisionInterval)}`;
  return [
    `Where ${rate} of the examples are positive, the precision of the suite is ${precision.trimEnd()}; recall stays.`,
    assumption,
  ];
}

/** One of two that are the same, or both. */
function between([low = '', high = '']: readonly string[]): string {
  return low === high ? low : `${low} to ${high}`;
}

function failure(member: Shown<MemberFigures>): string {
  const unknown =
    (member.uniqueUnknown ?? 0) > 0 ? ` (${formatCount(member.uniqueUnknown)} of its positives may be unique)` : '';
  return `${member.name} on ${formatCount(member.failed)}${unknown}`;
}

function undetermined(section: ShownSection): string {
  const { undetermined: count, undeterminedBounds: bounds } = section.evaluation.suite;
  const said = `${formatCount(count)} undetermined, left out of the suite's figures`;
  if (bounds === null) return said;
  const { best, worst } = bounds;
  return (
    `${said}: precision between ${formatShare(worst.precision)} and ${formatShare(best.precision)}, ` +
    `recall between ${formatShare(worst.recall)} and ${formatShare(best.recall)}`
  );
}

function found(section: ShownSection): string {
  const { recall } = section.evaluation.suite;
  if (reasonFor(section, 'recall') !== null) return 'How much the suite misses cannot be estimated here.';
  if (recall === null) return 'No example here has label 1, so there is nothing to find.';
  return `The suite finds ${figureFormat(section.precision).share(recall)} of what it should find.`;
}

function right(section: ShownSection): string {
  const { precision } = section.evaluation.suite;
  if (reasonFor(section, 'precision') !== null) return 'Its precision cannot be estimated here.';
  if (precision === null) return 'It calls nothing with a label positive, so its precision is undefined.';
  return `Of what it calls positive, ${figureFormat(section.precision).share(precision)} has label 1.`;
}

function reasonFor(section: ShownSection, figure: string): string | null {
  return section.notEstimable?.find((each) => each.figure === figure && each.member === null)?.reason ?? null;
}

function floor(report: ShownSuite, section: ShownSection): string[] {
  const interval = section.evaluation.suite.precisionInterval;
  if (report.policy === undefined || interval === null || reasonFor(section, 'precision') !== null) return [];
  const promised = `the floor of the policy, ${formatGiven(report.policy.precisionFloor)}`;
  if (interval[0] >= report.policy.precisionFloor) return [`The 95% interval of its precision lies above ${promised}.`];
  if (interval[1] < report.policy.precisionFloor) return [`The 95% interval of its precision lies below ${promised}.`];
  return [`The 95% interval of its precision contains ${promised}.`];
}
