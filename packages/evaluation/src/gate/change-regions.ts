// Question: two versions of one member on the same examples: which of the suite's positives stay, come and go?
// Source: the verdicts that change are exactly those where nobody else is positive and the two versions differ.
import { type BitColumn, difference, intersection, union } from '../table/bit-column.ts';
import type { BitMember, BitTable } from '../table/bit-table.ts';
import { type EvaluationFault, throwFaults } from '../errors.ts';
import { memberNamed, withoutMembers } from '../table/member-named.ts';
import type { ChangeRegion } from './outcome.ts';
import { positivesOf, undeterminedOf } from '../table/positives.ts';

/** The regions in the order in which they are told. */
export const CHANGE_REGIONS: readonly ChangeRegion[] = ['kept', 'gained', 'lost'];

/** Disjoint sets of examples. */
export interface RegionColumns extends Readonly<Record<ChangeRegion, BitColumn>> {
  /** What would be gained or lost, if another member had not failed there. */
  readonly unknown: BitColumn;
  /** Positive labels that neither suite finds; those that a required member leaves undetermined are not missed. */
  readonly missed: BitColumn;
}

/** Two tables that differ in one member. */
export interface ChangedTables {
  readonly before: BitTable;
  readonly after: BitTable;
}

/** Where the suite is positive with both versions, with the new one only, with the old one only, with neither. */
export function regionColumns(
  { before, after }: ChangedTables,
  candidate: string,
  required: ReadonlySet<string>,
): RegionColumns {
  const { any, anyFailed } = positivesOf(withoutMembers(before, [candidate]));
  const old = difference(memberNamed(before, candidate, OLD).positive, any);
  const fresh = difference(memberNamed(after, candidate, NEW).positive, any);
  const gained = difference(fresh, old);
  const lost = difference(old, fresh);
  const positive = union([any, old, fresh], any.length);
  const undetermined = [before, after].map((table) => undeterminedOf(positivesOf(table, required), positive));
  return {
    kept: union([any, intersection(old, fresh)], any.length),
    gained: difference(gained, anyFailed),
    lost: difference(lost, anyFailed),
    unknown: intersection(union([gained, lost], any.length), anyFailed),
    missed: difference(before.labelledPositive, union([positive, ...undetermined], any.length)),
  };
}

const OLD = 'The version that is replaced is';
const NEW = 'The version that replaces it is';

/** Throws `EVAL_TABLES_DIFFER` when the tables differ in anything but the candidate, naming all of it. */
export function checkChangedTables({ before, after }: ChangedTables, candidate: string): void {
  memberNamed(before, candidate, OLD);
  memberNamed(after, candidate, NEW);
  const differing = [...differingExamples(before, after), ...differingMembers(before, after, candidate)];
  throwFaults(
    differing.map((what): EvaluationFault => ({
      code: 'EVAL_TABLES_DIFFER',
      message: `Before and after differ in ${what}; only member "${candidate}" may differ. Judge the same examples with both versions, beside the same others.`,
    })),
  );
}

function differingExamples(before: BitTable, after: BitTable): string[] {
  if (before.examples !== after.examples) return [`the number of examples (${before.examples} and ${after.examples})`];
  return [
    ...(areEqual(labelsOf(before), labelsOf(after)) ? [] : ['their labels']),
    ...(areEqual([before.weights ?? []], [after.weights ?? []]) ? [] : ['their sampling weights']),
  ];
}

function differingMembers(before: BitTable, after: BitTable, candidate: string): string[] {
  const [old, fresh] = [before, after].map(({ members }) => new Map(members.map((one) => [one.name, one])));
  const names = new Set([...old!.keys(), ...fresh!.keys()]);
  names.delete(candidate);
  return [...names].flatMap((name) => {
    const [a, b] = [old!.get(name), fresh!.get(name)];
    if (a === undefined || b === undefined) return [`member "${name}", which is only in one of them`];
    return before.examples === after.examples && !areEqual(columnsOf(a), columnsOf(b))
      ? [`the judgements of member "${name}"`]
      : [];
  });
}

function labelsOf({ labelledPositive, labelledNegative }: BitTable): BitColumn[] {
  return [labelledPositive, labelledNegative];
}

function columnsOf({ positive, abstained, failed }: BitMember): BitColumn[] {
  return [positive, abstained, failed];
}

function areEqual(a: readonly ArrayLike<number>[], b: readonly ArrayLike<number>[]): boolean {
  return a.every((column, j) => {
    const other = b[j]!;
    if (column.length !== other.length) return false;
    for (let i = 0; i < column.length; i++) if (column[i] !== other[i]) return false;
    return true;
  });
}
