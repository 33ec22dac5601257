import { KINDS } from './kinds.ts';
import type { StudyMail } from './mails.ts';
import { GENERAL, planRuns, type Repeats, SPECIALIST } from './plan.ts';

/** One column that Python fits. */
export interface FitColumn {
  readonly name: string;
  /** A member, or `joint`. */
  readonly model: string;
  readonly assignment: number;
  /** A kind, or `all`: mails that the fit does not know, but for those added. */
  readonly without: string;
  /** Places of mails in the frame. */
  readonly added: readonly number[];
  /** Learns the added mails against all ham and from no other spam. */
  readonly specialist: boolean;
}

/** Columns that are fitted and kept together. */
export interface FitSet {
  readonly name: string;
  readonly columns: readonly FitColumn[];
}

/** All fits of the study. */
export function planSets(mails: readonly StudyMail[], repeats: Repeats): FitSet[] {
  const models = [...GENERAL, 'joint'];
  const perKind = KINDS.flatMap(({ name: kind }): FitSet[] => {
    const columns = planRuns(mails, kind, repeats).map(({ size, seed, assignment, added }) => ({
      name: runName(size, seed),
      assignment,
      without: kind,
      added,
    }));
    return [
      { name: `base-${kind}`, columns: baseColumns(kind, repeats.assignments, models) },
      { name: `new-${kind}`, columns: columns.map((column) => ({ ...column, model: SPECIALIST, specialist: true })) },
      { name: `joint-${kind}`, columns: columns.map((column) => ({ ...column, model: 'joint', specialist: false })) },
    ];
  });
  const team = Array.from({ length: repeats.teamAssignments }, (_, assignment) => ({
    name: `team-joint-${assignment}`,
    columns: Array.from({ length: 2 ** KINDS.length }, (__, subset) => ({
      name: String(subset),
      model: 'joint',
      assignment,
      without: 'all',
      added: trainMailsOf(mails, kindsOf(subset)),
      specialist: false,
    })),
  }));
  return [...perKind, { name: 'team-base', columns: baseColumns('all', repeats.teamAssignments, GENERAL) }, ...team];
}

function baseColumns(without: string, assignments: number, models: readonly string[]): FitColumn[] {
  return Array.from({ length: assignments }, (_, assignment) =>
    models.map((model) => ({
      name: baseName(model, assignment),
      model,
      assignment,
      without,
      added: [],
      specialist: false,
    })),
  ).flat();
}

/** Name of a column of a system that knows nothing of the kind. */
export function baseName(model: string, assignment: number): string {
  return `${model}/${assignment}`;
}

/** Name of a column of one addition. */
export function runName(size: number | 'all', seed: number): string {
  return `${size}/${seed}`;
}

/** Kinds by the bits of a number, the first kind being the lowest. */
export function kindsOf(subset: number): string[] {
  return KINDS.filter((_, i) => ((subset >> i) & 1) === 1).map(({ name }) => name);
}

/** The number whose bits are these kinds. */
export function subsetOf(kinds: readonly string[]): number {
  return KINDS.reduce((bits, { name }, i) => bits | (Number(kinds.includes(name)) << i), 0);
}

/** Places of the mails of some kinds that weights may be fitted on. */
export function trainMailsOf(mails: readonly StudyMail[], kinds: readonly string[]): number[] {
  return [...mails.keys()].filter((i) => mails[i]!.role === 'train' && kinds.includes(mails[i]!.kind ?? ''));
}
