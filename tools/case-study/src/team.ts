// Question: six engineers bring six kinds, two at a time; what happens to their work?
// Source: the design in docs/case-study.md, "The team".
import {
  type BitTable,
  type ChangeOutcome,
  columnsToTable,
  type GateDecision,
  type GateRules,
  type JointOutcome,
} from '@clamor/evaluation';

import { type ColumnSet, pickRows } from './columns.ts';
import { trainMailsOf } from './fit-sets.ts';
import { KINDS } from './kinds.ts';
import type { StudyMail } from './mails.ts';
import { knownWithout, type Repeats, shuffled } from './plan.ts';
import { type Rules, type System, thresholdRows, type ThresholdRows } from './systems.ts';

/** When work is merged: only when the gate has shown that it is in order, or unless the gate has shown that it is not. */
export const ACCEPTING = ['when shown', 'unless refuted'] as const;

export type Accepting = (typeof ACCEPTING)[number];

/**
 * How a team works: members that join a suite; one model that everybody fits again on a branch; one model that is fitted
 * again once a round on what both engineers bring, and is merged or not as a whole.
 */
export const WAYS = ['suite', 'joint', 'joint, pooled'] as const;

export type Way = (typeof WAYS)[number];

/** What one delivery came to. */
export interface Delivery {
  readonly kind: string;
  readonly isMerged: boolean;
  /** The gate's last word on it. */
  readonly decision: GateDecision;
  /** Its work had to be done again because another one was merged first; it waited for that. */
  readonly isRedone: boolean;
}

/** One merge: of one delivery, or of those of a round. */
export interface Merge {
  readonly kinds: readonly string[];
  /** Measured mails that got another verdict by it. */
  readonly changed: ChangedVerdicts;
}

/** Verdicts that a merge changes on the measured mails. */
export interface ChangedVerdicts {
  readonly all: number;
  /** Of mails that are not of a kind that was brought with it. */
  readonly others: number;
  readonly spamLost: number;
  readonly newFalse: number;
  readonly goneFalse: number;
}

/** One order of deliveries, worked through in one way. */
export interface TeamRun {
  readonly order: number;
  readonly way: Way;
  readonly accepting: Accepting;
  readonly deliveries: readonly Delivery[];
  readonly merges: readonly Merge[];
  /** Models that were fitted. */
  readonly fits: number;
  /** Groups of two that the joint gate found to be in conflict, or to pass only together. */
  readonly conflicts: number;
  readonly alliances: number;
  /** Of the system on the measured mails, before the first round and after each. */
  readonly rounds: readonly TeamFigures[];
}

/** Figures of a system on the measured mails. */
export interface TeamFigures {
  readonly delivered: number;
  /** Recall on the spam of all six kinds, brought or not. */
  readonly recallOnKinds: number;
  readonly recall: number;
  readonly precision: number;
  readonly falsePositives: number;
}

/** What both ways of working read. */
export interface TeamContext {
  readonly mails: readonly StudyMail[];
  readonly repeats: Repeats;
  readonly columns: (set: string) => ColumnSet;
  readonly rules: Rules;
  readonly gateRules: GateRules;
  readonly accepting: Accepting;
  readonly order: number;
  readonly assignment: number;
  /** Kinds in the order in which they are finished; two and two are worked on at the same time. */
  readonly kinds: readonly string[];
  /** Mails that are known before anybody brings anything. */
  readonly known: Uint8Array;
  /** Joint models that were put at their thresholds, by the kinds that they know: orders meet the same ones. */
  readonly models: Map<string, JointModel>;
  /** Comparisons that were made: likewise. */
  readonly comparisons: Map<string, ChangeOutcome>;
  readonly jointGates: Map<string, JointOutcome>;
}

/** A joint model at its threshold. */
export interface JointModel extends System {
  readonly kinds: readonly string[];
  readonly scores: Float32Array;
  readonly threshold: number;
}

/** A seeded order of the kinds; orders take turns with the assignments of folds. */
export function contextOf(
  shared: Omit<TeamContext, 'order' | 'assignment' | 'kinds' | 'known' | 'accepting'>,
  order: number,
  accepting: Accepting,
): TeamContext {
  const names = KINDS.map(({ name }) => name);
  return {
    ...shared,
    accepting,
    order,
    assignment: order % shared.repeats.teamAssignments,
    kinds: shuffled(names, 500 + order),
    known: knownWithout(shared.mails, names),
  };
}

/** Whether a decision lets work be merged. */
export function isMergedBy(decision: GateDecision, accepting: Accepting): boolean {
  return decision === 'pass' || (decision === 'inconclusive' && accepting === 'unless refuted');
}

/** Mails for thresholds: those known from the start and the training mails of the kinds. */
export function choosingRows({ mails, known }: TeamContext, kinds: readonly string[]): ThresholdRows {
  return thresholdRows(mails, known, trainMailsOf(mails, kinds));
}

/** What the gate reads: the mails known from the start and all labelled mails of the kinds that anybody has brought by now. */
export function evidenceRows({ mails, known }: TeamContext, brought: readonly string[]): ThresholdRows {
  const own = [...mails.keys()].filter((i) => mails[i]!.role !== 'measured' && brought.includes(mails[i]!.kind ?? ''));
  return thresholdRows(mails, known, own);
}

/** Members at their thresholds on some rows, as the gate reads them. */
export function tableOf(
  { rows, labels }: ThresholdRows,
  members: readonly { readonly name: string; readonly scores: Float32Array; readonly threshold: number }[],
): BitTable {
  return columnsToTable({
    labels,
    members: members.map(({ name, scores, threshold }) => ({ name, column: pickRows(scores, rows), threshold })),
  });
}

/** Clusters of some rows. */
export function clustersOf({ mails }: TeamContext, { rows }: ThresholdRows): string[] {
  return rows.map((i) => mails[i]!.cluster);
}

/** What a merge does to the measured mails. */
export function changedVerdicts(
  mails: readonly StudyMail[],
  {
    before,
    after,
    kinds,
  }: { readonly before: Uint8Array; readonly after: Uint8Array; readonly kinds: readonly string[] },
): ChangedVerdicts {
  const rows = [...mails.keys()].filter((i) => mails[i]!.role === 'measured' && before[i] !== after[i]);
  const count = (is: (mail: StudyMail, positive: boolean) => boolean) =>
    rows.filter((i) => is(mails[i]!, after[i] === 1)).length;
  return {
    all: rows.length,
    others: count((mail) => !kinds.includes(mail.kind ?? '')),
    spamLost: count(({ label }, positive) => label === 1 && !positive),
    newFalse: count(({ label }, positive) => label === 0 && positive),
    goneFalse: count(({ label }, positive) => label === 0 && !positive),
  };
}

/** Figures of a system on the measured mails. */
export function teamFigures(mails: readonly StudyMail[], positive: Uint8Array, delivered: number): TeamFigures {
  const names = KINDS.map(({ name }) => name);
  const rows = [...mails.keys()].filter((i) => mails[i]!.role === 'measured');
  const count = (is: (mail: StudyMail) => boolean, found: boolean) =>
    rows.filter((i) => is(mails[i]!) && (!found || positive[i] === 1)).length;
  const isKind = ({ kind }: StudyMail) => names.includes(kind ?? '');
  const [found, wrong] = [count(isSpam, true), count((mail) => !isSpam(mail), true)];
  return {
    delivered,
    recallOnKinds: count(isKind, true) / count(isKind, false),
    recall: found / count(isSpam, false),
    precision: found / (found + wrong),
    falsePositives: wrong,
  };
}

function isSpam({ label }: StudyMail): boolean {
  return label === 1;
}
