// What must be said about a section in words, so that no renderer can leave it out?

import type { MemberFigures } from '@clamor/evaluation';

import { WHAT_OR_PROMISES, compareBaseline } from './compare-baseline.ts';
import { formatCount, formatQuantity, formatShare } from './format-figure.ts';
import { plainText } from './plain-text.ts';
import type { ReportSection, SuiteReport } from './report.ts';

const NAME_LENGTH = 60;
const NOTE_LENGTH = 400;

/** The words of a section. Plain text, bounded, without controls; not escaped for any markup. */
export interface SectionWords {
  /** `test` */
  readonly split: string;
  /** Dataset, examples, labels, fit: what the figures were counted on. */
  readonly facts: readonly string[];
  /** Warnings that go with every figure: marks, unreadable examples, failures. */
  readonly warnings: readonly string[];
  /** One sentence a newcomer understands. */
  readonly verdict: string;
  /** One sentence per baseline, and what OR promises when one of them does better. */
  readonly baselines: readonly string[];
  /** Notes given with the section. */
  readonly notes: readonly string[];
}

/** Collects what a section has to say. */
export function describeSection(report: SuiteReport, section: ReportSection): SectionWords {
  return {
    split: plainText(section.split, NAME_LENGTH),
    facts: facts(section),
    warnings: [...section.marks.map((mark) => plainText(mark, NOTE_LENGTH)), ...failures(section)],
    verdict: verdict(report, section),
    baselines: baselineSentences(section),
    notes: section.notes.map((note) => plainText(note, NOTE_LENGTH)),
  };
}

function facts(section: ReportSection): string[] {
  const { suite } = section.evaluation;
  const said = [
    plainText(section.dataset, NAME_LENGTH),
    formatQuantity(suite.examples, 'example'),
    `${formatCount(suite.labelled)} labelled`,
    `${formatCount(suite.positiveLabels)} with label 1 (${formatShare(ratio(suite.positiveLabels, suite.labelled))})`,
  ];
  if (Math.abs(suite.weight - suite.examples) > 1e-9 * suite.examples) {
    said.push(`weighted: counts are sums of sampling weights, ${formatCount(suite.weight)} in all`);
  }
  if (section.roles.length > 0) said.push(`role ${section.roles.join(', ')}`);
  if (section.fit !== undefined) said.push(plainText(section.fit, NOTE_LENGTH));
  return said;
}

function failures(section: ReportSection): string[] {
  const { suite, members } = section.evaluation;
  const said: string[] = [];
  if (section.unreadable > 0) {
    said.push(`${formatQuantity(section.unreadable, 'example')} could not be read and are in no figure`);
  }
  if (suite.degraded > 0) said.push(`${formatCount(suite.degraded)} judged while at least one member failed`);
  if (suite.undetermined > 0) said.push(undetermined(section));
  const failed = members.filter((member) => member.failed > 0).map(failure);
  if (failed.length > 0) said.push(`members failed: ${failed.join(', ')}`);
  return said;
}

function failure(member: MemberFigures): string {
  const unknown =
    member.uniqueUnknown > 0 ? ` (${formatCount(member.uniqueUnknown)} of its positives may be unique)` : '';
  return `${plainText(member.name, NAME_LENGTH)} on ${formatCount(member.failed)}${unknown}`;
}

function undetermined(section: ReportSection): string {
  const { undetermined: count, undeterminedBounds: bounds } = section.evaluation.suite;
  const said = `${formatCount(count)} undetermined, left out of the suite's figures`;
  if (bounds === null) return said;
  const { best, worst } = bounds;
  return (
    `${said}: precision between ${formatShare(worst.precision)} and ${formatShare(best.precision)}, ` +
    `recall between ${formatShare(worst.recall)} and ${formatShare(best.recall)}`
  );
}

function verdict(report: SuiteReport, section: ReportSection): string {
  const { suite } = section.evaluation;
  const found =
    suite.recall === null
      ? 'No example here has label 1, so there is nothing to find.'
      : `The suite finds ${formatShare(suite.recall)} of what it should find.`;
  const right =
    suite.precision === null
      ? 'It calls nothing with a label positive, so its precision is undefined.'
      : `Of what it calls positive, ${formatShare(suite.precision)} has label 1.`;
  return [found, right, ...floor(report, section)].join(' ');
}

function floor(report: SuiteReport, section: ReportSection): string[] {
  const interval = section.evaluation.suite.precisionInterval;
  if (report.policy === undefined || interval === null) return [];
  const promised = `the floor of the policy, ${formatShare(report.policy.precisionFloor)}`;
  if (interval[0] >= report.policy.precisionFloor) return [`The 95% interval of its precision lies above ${promised}.`];
  if (interval[1] < report.policy.precisionFloor) return [`The 95% interval of its precision lies below ${promised}.`];
  return [`The 95% interval of its precision contains ${promised}.`];
}

function baselineSentences(section: ReportSection): string[] {
  const { suite } = section.evaluation;
  const compared = section.baselines.map((baseline) => compareBaseline(suite, baseline.name, baseline));
  const loses = compared.some((each) => each.outcome === 'baseline');
  return [...compared.map((each) => each.sentence), ...(loses ? [WHAT_OR_PROMISES] : [])];
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
