// Question: what do the runs of a team come to, over all orders?
import { ACCEPTING, type Accepting, type TeamFigures, type TeamRun, type Way, WAYS } from './team.ts';

/** A mean over orders, with the lowest and the highest. */
export interface Spread {
  readonly mean: number;
  readonly lowest: number;
  readonly highest: number;
}

/** What is counted of a run. */
export const TEAM_COUNTS = {
  merged: (run: TeamRun) => run.deliveries.filter(({ isMerged }) => isMerged).length,
  failed: (run: TeamRun) => decided(run, 'fail'),
  inconclusive: (run: TeamRun) => decided(run, 'inconclusive'),
  noEffect: (run: TeamRun) => decided(run, 'no effect'),
  redone: (run: TeamRun) => run.deliveries.filter(({ isRedone }) => isRedone).length,
  fits: (run: TeamRun) => run.fits,
  conflicts: (run: TeamRun) => run.conflicts,
  alliances: (run: TeamRun) => run.alliances,
  changed: (run: TeamRun) => sum(run.merges.map(({ changed }) => changed.all)),
  othersChanged: (run: TeamRun) => sum(run.merges.map(({ changed }) => changed.others)),
  spamLost: (run: TeamRun) => sum(run.merges.map(({ changed }) => changed.spamLost)),
  newFalse: (run: TeamRun) => sum(run.merges.map(({ changed }) => changed.newFalse)),
  goneFalse: (run: TeamRun) => sum(run.merges.map(({ changed }) => changed.goneFalse)),
  recallOnKindsBefore: (run: TeamRun) => run.rounds[0]!.recallOnKinds,
  recallOnKinds: (run: TeamRun) => last(run).recallOnKinds,
  recall: (run: TeamRun) => last(run).recall,
  precision: (run: TeamRun) => last(run).precision,
  falseBefore: (run: TeamRun) => run.rounds[0]!.falsePositives,
  falsePositives: (run: TeamRun) => last(run).falsePositives,
} as const satisfies { readonly [name: string]: (run: TeamRun) => number };

/** Name of a count. */
export type TeamCount = keyof typeof TEAM_COUNTS;

/** One way of working under one rule of merging. */
export interface TeamRow {
  readonly way: Way;
  readonly accepting: Accepting;
  readonly orders: number;
  readonly counts: { readonly [C in TeamCount]: Spread };
  /** Before the first round and after each, means over orders. */
  readonly rounds: readonly { readonly [F in keyof TeamFigures]: Spread }[];
}

/** Means over the orders for each way and rule. */
export function teamRows(runs: readonly TeamRun[]): TeamRow[] {
  return ACCEPTING.flatMap((accepting) =>
    WAYS.map((way) => {
      const own = runs.filter((run) => run.way === way && run.accepting === accepting);
      const counts = Object.fromEntries(
        Object.entries(TEAM_COUNTS).map(([name, count]) => [name, spreadOf(own.map(count))]),
      ) as TeamRow['counts'];
      return { way, accepting, orders: own.length, counts, rounds: roundsOf(own) };
    }),
  );
}

/** Mean, lowest and highest. */
export function spreadOf(values: readonly number[]): Spread {
  return { mean: sum(values) / values.length, lowest: Math.min(...values), highest: Math.max(...values) };
}

function roundsOf(runs: readonly TeamRun[]): TeamRow['rounds'] {
  return (runs[0]?.rounds ?? []).map((round, r) => {
    const names = Object.keys(round) as (keyof TeamFigures)[];
    return Object.fromEntries(
      names.map((name) => [name, spreadOf(runs.map(({ rounds }) => rounds[r]![name]))]),
    ) as TeamRow['rounds'][number];
  });
}

function decided(run: TeamRun, decision: string): number {
  return run.deliveries.filter((delivery) => !delivery.isMerged && delivery.decision === decision).length;
}

function last({ rounds }: TeamRun): TeamFigures {
  return rounds.at(-1)!;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
