import { errorCode, errorMessage } from '@clamor/contract';
import {
  changedPositives,
  columnsToTable,
  evaluate,
  type JudgementChange,
  judgementChanges,
  type MemberColumn,
  numberClusters,
  scoreShift,
} from '@clamor/evaluation';
import type { ChangedWay, MemberComparison } from '@clamor/report';

import { memberColumn } from '../gate-candidates.ts';
import type { Io } from '../io.ts';
import type { MeasuredTable } from '../measured-table.ts';
import type { OtherFolder } from '../other-folder.ts';
import { measureFolder, type MeasureFolderOptions } from '../other-version.ts';
import { shownExamples } from './shown-examples.ts';
import type { ObservedChange } from './version-bump.ts';

/** What {@link compareMember} takes. */
export interface CompareMemberOptions extends MeasureFolderOptions {
  /** Examples to show of each way; 0 for none. Only of a split with the role explore. */
  readonly examples: number;
}

/** What examples say of two versions of a member. */
export interface ComparedMember {
  readonly comparison: MemberComparison;
  readonly observed: ObservedChange;
  /** Of the installed version: what the log of evidence counts candidates by. */
  readonly column: MemberColumn;
}

/** Two versions of a member on the examples of a measured table. */
export async function compareMember(
  other: OtherFolder,
  options: CompareMemberOptions,
  io: Io,
): Promise<ComparedMember> {
  const { member, measured } = options;
  const after = memberColumn(member.name, measured);
  const before = await measureFolder(other, options, io);
  const { labels } = measured.table;
  const changes = judgementChanges({ labels, before, after });
  const changed = changes.reduce((sum, { places }) => sum + places.length, 0);
  return {
    comparison: {
      examples: labels.length,
      changed,
      ways: changes.map(wayOf),
      scores: scoreShift({ before, after }),
      ...suiteFigures(measured, before),
      shown: await shownExamples(changes, { ...options, before, after }),
    },
    observed: { judgements: changed, needs: needsOf(changes), outputs: 0 },
    column: after,
  };
}

/** Where the examples stand is told by their keys, if at all. */
function wayOf({ from, to, positiveLabels, negativeLabels, withoutLabel }: JudgementChange): ChangedWay {
  return { from, to, positiveLabels, negativeLabels, withoutLabel };
}

/** Examples that the version before has judged and this one abstains on: they lack what it needs. */
function needsOf(changes: readonly JudgementChange[]): number {
  return changes
    .filter(({ from, to }) => to === 'abstained' && (from === 'positive' || from === 'negative'))
    .reduce((sum, { places }) => sum + places.length, 0);
}

function suiteFigures(
  { table, required }: MeasuredTable,
  version: MemberColumn,
): Pick<MemberComparison, 'positives' | 'suite' | 'figures'> {
  const { name } = version;
  const members = table.members.map((column) => (column.name === name ? version : column));
  const before = columnsToTable({ ...table, members });
  const after = columnsToTable(table);
  const clusters = table.clusters === undefined ? null : numberClusters(table.clusters, table.labels.length);
  const figures = { before: evaluate(before, { required, clusters }), after: evaluate(after, { required, clusters }) };
  const own = ({ members: all }: typeof figures.before) => all.find((one) => one.name === name)!;
  return {
    positives: changedPositives({ before, after, candidate: name, required }),
    suite: { before: figures.before.suite, after: figures.after.suite },
    figures: { before: own(figures.before), after: own(figures.after) },
  };
}

/** Why the other version cannot be run here; anything but that is thrown on. */
export function unusableReason(error: unknown): string {
  if (errorCode(error) !== 'CLI_VERSION_UNUSABLE') throw error;
  return errorMessage(error);
}
