import { dealMembers } from '../execution/batches.ts';

/** What dealing goes by. */
export interface DealUnitsOptions {
  /** The encoder that a member reads; `null` for none. */
  readonly encoderOf: (member: number) => number | null;
  /** Predicted milliseconds of a member without its encoder, and of an encoder. */
  readonly costMs: (member: number) => number;
  readonly encoderCostMs: (encoder: number) => number;
}

/** Members that are asked together, and what that costs. */
interface Unit {
  readonly members: readonly number[];
  readonly costMs: number;
}

/**
 * Deals members out to groups of nearly equal predicted cost, those on one encoder to the same group: it runs once for them.
 *
 * @returns At most `groups` groups, none empty.
 * @example
 * const options = { encoderOf: (m: number) => (m < 2 ? 0 : null), costMs: () => 1, encoderCostMs: () => 5 };
 * dealUnits([0, 1, 2, 3], 2, options) // [[0, 1], [2, 3]]
 */
export function dealUnits(members: readonly number[], groups: number, options: DealUnitsOptions): number[][] {
  const units = unitsOf(members, options);
  const places = [...units.keys()];
  const costs = units.map(({ costMs }) => costMs);
  return dealMembers(places, costs, groups).map((group) => group.flatMap((place) => units[place]?.members ?? []));
}

/** Predicted milliseconds of members together: each encoder once. */
export function costOf(members: readonly number[], options: DealUnitsOptions): number {
  return unitsOf(members, options).reduce((sum, { costMs }) => sum + costMs, 0);
}

function unitsOf(members: readonly number[], { encoderOf, costMs, encoderCostMs }: DealUnitsOptions): Unit[] {
  const together = Map.groupBy(members, (member) => encoderOf(member) ?? `member ${member}`);
  return [...together].map(([encoder, unit]) => ({
    members: unit,
    costMs: unit.reduce(
      (sum, member) => sum + costMs(member),
      typeof encoder === 'number' ? encoderCostMs(encoder) : 0,
    ),
  }));
}
