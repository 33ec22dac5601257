import type { Advice, ChangeOutcome, Finding, GateOutcome, MoveReason } from '@clamor/evaluation';

import type { Shown } from './shown.ts';
import type { ShownResult } from './shown-report.ts';

/** Writes the sentences of a rounded result, which say what was decided and no figure. */
export function roundedSentences(report: ShownResult): ShownResult {
  switch (report.kind) {
    case 'gate':
      return { ...report, result: gateSentence(report.result) };
    case 'change':
      return { ...report, result: { ...report.result, reason: changeReason(report.result) } };
    case 'joint':
      return { ...report, result: jointSentences(report.result) };
    case 'advice':
      return { ...report, result: adviceSentences(report.result) };
    case 'tune':
      return { ...report, result: { ...report.result, reason: 'A threshold is not chosen on a split that gates.' } };
    case 'union':
    case 'compare':
      return report;
    case 'label':
      return { ...report, result: { ...report.result, strata: report.result.strata.map(withoutScores) } };
  }
}

type ShownStratum = Extract<ShownResult, { kind: 'label' }>['result']['strata'][number];

/** The name of a band holds its scores. */
function withoutScores(stratum: ShownStratum): ShownStratum {
  return stratum.kind === 'none' ? { ...stratum, name: 'nobody' } : stratum;
}

type ShownJoint = Extract<ShownResult, { kind: 'joint' }>['result'];

function gateSentence(outcome: Shown<GateOutcome>): Shown<GateOutcome> {
  return { ...outcome, reason: gateReason(outcome) };
}

function gateReason({ decision, decidedBy }: Shown<GateOutcome>): string {
  if (decision === 'no effect') return 'There is no example that it alone calls positive: nothing depends on it here.';
  if (decidedBy === 'no unique positives')
    return 'None of its unique positives can be counted: they have no label, or another member failed there.';
  const tested =
    decidedBy === 'floor'
      ? 'its precision against the floor (nobody else has positives here)'
      : WHAT_IS_TESTED[decidedBy];
  switch (decision) {
    case 'pass':
      return `Shown as surely as the policy asks: ${tested}.`;
    case 'fail':
      return `Shown not to hold, as surely as the policy asks: ${tested}.`;
    case 'inconclusive':
      return `The labels show neither that it holds nor that it does not: ${tested}.`;
  }
}

const WHAT_IS_TESTED = {
  harm: 'no harm beyond what is left of the loss budget',
  merit: 'a unique precision at or above the floor',
  'harm and merit': 'no harm beyond what is left of the loss budget, and a unique precision at or above the floor',
} as const;

const WHAT_A_CHANGE_IS_TESTED_FOR = {
  precision: 'a precision that costs no more than is left of the loss budget',
  recall: 'a recall that costs no more than is left of the loss budget',
  'precision and recall': 'a precision and a recall that cost no more than is left of the loss budget',
  merit: 'a precision of what is gained at or above the floor',
} as const;

function changeReason({ decision, decidedBy }: Shown<ChangeOutcome>): string {
  if (decidedBy === 'no change' || decision === 'no effect') return 'The suite decides the same with both versions.';
  const tested = WHAT_A_CHANGE_IS_TESTED_FOR[decidedBy];
  if (decision === 'pass') return `Shown as surely as the policy asks: ${tested}.`;
  if (decision === 'fail') return `Shown not to hold, as surely as the policy asks: ${tested}.`;
  return `The labels show neither that it holds nor that it does not: ${tested}.`;
}

function jointSentences(outcome: ShownJoint): ShownJoint {
  return {
    ...outcome,
    alone: outcome.alone.map(groupSentence),
    conflicts: outcome.conflicts.map(groupSentence),
    alliances: outcome.alliances.map(groupSentence),
    order: outcome.order.map(groupSentence),
    rejected: outcome.rejected.map((each) => ({ ...groupSentence(each), reason: rejectedReason(each.alone) })),
  };
}

function groupSentence<Each extends { readonly outcome: Shown<GateOutcome> }>(each: Each): Each {
  return { ...each, outcome: gateSentence(each.outcome) };
}

function rejectedReason(alone: GateOutcome['decision']): string {
  return alone === 'pass'
    ? 'It passes alone and not beside those accepted: they do what it does, or they have drawn what it needs.'
    : 'It passes neither alone nor beside those accepted.';
}

const WHY_A_MOVE: { readonly [Reason in MoveReason]: string } = {
  'low unique precision': 'Its unique precision is below the precision of the others.',
  'low band': 'Its lowest-scoring unique positives are less precise than its average says.',
  'dead weight': 'It has no unique positives here: the suite decides the same without it.',
  'near-duplicate': 'It and another member are hardly ever positive apart: one of the two would do.',
  'shared false positives': 'False positives that several members share: no unique precision shows them.',
  'within reach': 'Missed positives lie just below its threshold.',
};

const WHAT_A_FINDING_IS: { readonly [Kind in Finding['kind']]: string } = {
  'near-duplicates': 'These members are hardly ever positive apart.',
  'shared false positives': 'False positives lie where several members are positive together.',
  'few unique positives': 'Too few labelled unique positives to say much of its unique precision.',
  'low band': 'Its lowest-scoring unique positives are less precise than its average says.',
  'threshold curve dips': 'Its curve of unique precision falls below the floor and rises again.',
};

function adviceSentences(advice: Shown<Advice>): Shown<Advice> {
  return {
    ...advice,
    moves: advice.moves.map(moveSentence),
    sequence: advice.sequence.map(moveSentence),
    findings: advice.findings.map((each) => ({ ...each, message: findingSentence(each) })),
  };
}

function findingSentence(finding: Shown<Advice>['findings'][number]): string {
  const said = WHAT_A_FINDING_IS[finding.kind];
  if ('members' in finding) return `${finding.members.join(', ')}: ${said}`;
  return 'member' in finding ? `${finding.member}: ${said}` : said;
}

function moveSentence(move: Shown<Advice>['moves'][number]): Shown<Advice>['moves'][number] {
  return { ...move, message: WHY_A_MOVE[move.reason] };
}
