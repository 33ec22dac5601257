// Question: what does one addition change, as a member and by retraining?
// Source: the design in docs/case-study.md, "Method".
import type { ColumnSet } from './columns.ts';
import { baseName, runName } from './fit-sets.ts';
import { KINDS } from './kinds.ts';
import type { StudyMail } from './mails.ts';
import { GENERAL, knownWithout, planRuns, type Repeats, type Size } from './plan.ts';
import { alone, growFrom, join, type Rules, type System, thresholdRows } from './systems.ts';
import {
  type BaseCounts,
  type ChangeCounts,
  type Measured,
  measuredOf,
  type Tally,
  tallyBase,
  tallyChange,
} from './tally.ts';

/**
 * Ways to add: a new member of the suite; the joint model fitted again; the same new member beside the joint model, which
 * stays as it is.
 */
export const ARMS = ['suite', 'joint', 'beside'] as const;

export type Arm = (typeof ARMS)[number];

/** All additions of one kind at one size. */
export interface Cell {
  readonly kind: string;
  readonly size: Size;
  readonly runs: readonly CellRun[];
}

/** One addition. */
export interface CellRun {
  readonly seed: number;
  readonly assignment: number;
  readonly changes: { readonly [A in Arm]: Tally<ChangeCounts> };
}

/** Everything that is measured. */
export interface Experiment {
  readonly clusterCount: number;
  /** Kind → per assignment of folds, the systems that know nothing of it. */
  readonly bases: ReadonlyMap<
    string,
    readonly { readonly suite: Tally<BaseCounts>; readonly joint: Tally<BaseCounts> }[]
  >;
  readonly cells: readonly Cell[];
}

/** What {@link runExperiment} takes. */
export interface ExperimentOptions {
  readonly mails: readonly StudyMail[];
  readonly repeats: Repeats;
  /** The columns of a set by its name. */
  readonly columns: (set: string) => ColumnSet;
  readonly rules: Rules;
  readonly onProgress?: (done: string) => void;
}

/** Puts every system of the plan at its thresholds and counts what it says of the measured mails. */
export function runExperiment({ mails, repeats, columns, rules, onProgress }: ExperimentOptions): Experiment {
  const measured = measuredOf(mails);
  const bases = new Map<string, { suite: Tally<BaseCounts>; joint: Tally<BaseCounts> }[]>();
  const cells: Cell[] = [];
  for (const { name: kind } of KINDS) {
    const known = knownWithout(mails, [kind]);
    const set = columns(`base-${kind}`);
    const before = Array.from({ length: repeats.assignments }, (_, assignment) => {
      const rows = thresholdRows(mails, known);
      const members = GENERAL.map((name) => ({ name, scores: set.get(baseName(name, assignment))! }));
      return {
        suite: growFrom(members, rows, rules),
        joint: alone(set.get(baseName('joint', assignment))!, rows, rules),
      };
    });
    bases.set(
      kind,
      before.map(({ suite, joint }) => ({
        suite: tallyBase(measured, suite.positive, kind),
        joint: tallyBase(measured, joint.positive, kind),
      })),
    );
    const runs = planRuns(mails, kind, repeats);
    const [specialists, joints] = [columns(`new-${kind}`), columns(`joint-${kind}`)];
    for (const size of new Set(runs.map((run) => run.size))) {
      cells.push({
        kind,
        size,
        runs: runs
          .filter((run) => run.size === size)
          .map(({ seed, assignment, added }) => {
            const rows = thresholdRows(mails, known, added);
            const specialist = specialists.get(runName(size, seed))!;
            const base = before[assignment]!;
            return {
              seed,
              assignment,
              changes: changesOf(measured, kind, base, {
                suite: join(base.suite, specialist, rows, rules),
                joint: alone(joints.get(runName(size, seed))!, rows, rules),
                beside: join(base.joint, specialist, rows, rules),
              }),
            };
          }),
      });
    }
    onProgress?.(kind);
  }
  return { clusterCount: measured.clusterCount, bases, cells };
}

function changesOf(
  measured: Measured,
  kind: string,
  before: { readonly suite: System; readonly joint: System },
  after: { readonly [A in Arm]: System },
): CellRun['changes'] {
  const change = (arm: Arm) =>
    tallyChange(measured, {
      before: before[arm === 'suite' ? 'suite' : 'joint'].positive,
      after: after[arm].positive,
      kind,
    });
  return { suite: change('suite'), joint: change('joint'), beside: change('beside') };
}
