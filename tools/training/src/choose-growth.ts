// Question: which of the ways to fit and grow the suite is taken, when no person may pick one with test figures in mind?
// Source: the rule below, written down before it was run; it reads out-of-fold scores and labels, and nothing else.
import type { ScoreColumn } from '@clamor/contract';

import { growSuite, type Growth, type GrowOptions } from './grow-suite.ts';

/** The rule of {@link pickAlternative} in words; it is printed and kept with the choice. */
export const RULE =
  "Of the alternatives whose suite keeps the policy's precision floor out of fold: the highest recall out of fold; of those the fewest false positives; then the smallest share; then the fewest recipes with their emphasis; then the first by name.";

/** A member that can be fitted in one way or in two. */
export interface MemberFits {
  readonly name: string;
  /** Out-of-fold scores of its recipe without emphasis, shape [n]. */
  readonly plain: ScoreColumn;
  /** The same with the emphasis of its recipe; `null` when the recipe has none. */
  readonly emphasised: ScoreColumn | null;
}

/** What {@link tryAlternatives} takes. */
export interface TryOptions extends Pick<GrowOptions, 'labels' | 'policy'> {
  readonly members: readonly MemberFits[];
  /** Shares of the false positives left that a member may spend, each in (0, 1]. */
  readonly spendShares: readonly number[];
}

/** One way to fit and grow the suite, and what it comes to out of fold. */
export interface Alternative {
  readonly spendShare: number;
  /** Members fitted with the emphasis of their recipe, by name. */
  readonly emphasised: readonly string[];
  /** The order in which the members join, as {@link greedyOrder} makes it. */
  readonly order: readonly string[];
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly keepsFloor: boolean;
}

/** Grows the suite in every way: each subset of the emphases with each share. */
export function tryAlternatives({ labels, policy, members, spendShares }: TryOptions): Alternative[] {
  const sorted = members.toSorted(byName);
  const choosable = sorted.filter(({ emphasised }) => emphasised !== null).map(({ name }) => name);
  return subsetsOf(choosable).flatMap((emphasised) => {
    const columns = sorted.map(({ name, plain, emphasised: column }) => ({
      name,
      column: emphasised.includes(name) ? column! : plain,
    }));
    return spendShares.map((spendShare) => {
      const grow = { labels, policy, spendShare };
      const ordered = greedyOrder({ ...grow, members: columns });
      return {
        spendShare,
        emphasised,
        order: ordered.map(({ name }) => name),
        ...outcome(growSuite({ ...grow, members: ordered }), policy),
      };
    });
  });
}

/**
 * The order of joining: always the member that adds the most new true positives by the rule of {@link growSuite}, of those
 * the one with the fewest new false positives, then the first by name.
 *
 * @returns The members of the options, each once.
 */
export function greedyOrder(options: GrowOptions): GrowOptions['members'] {
  let rest = options.members.toSorted(byName);
  const order: GrowOptions['members'][number][] = [];
  while (rest.length > 0) {
    const steps = rest.map((member) => growSuite({ ...options, members: [...order, member] }).steps.at(-1)!);
    const best = steps.toSorted(
      (a, b) => b.newTruePositives - a.newTruePositives || a.newFalsePositives - b.newFalsePositives,
    )[0]!;
    order.push(rest.find(({ name }) => name === best.name)!);
    rest = rest.filter(({ name }) => name !== best.name);
  }
  return order;
}

/**
 * The alternative that {@link RULE} names.
 *
 * @throws {Error} when none keeps the floor.
 */
export function pickAlternative(alternatives: readonly Alternative[]): Alternative {
  const [picked] = alternatives
    .filter(({ keepsFloor }) => keepsFloor)
    .toSorted(
      (a, b) =>
        b.truePositives - a.truePositives ||
        a.falsePositives - b.falsePositives ||
        a.spendShare - b.spendShare ||
        a.emphasised.length - b.emphasised.length ||
        (a.emphasised.join() < b.emphasised.join() ? -1 : 1),
    );
  if (picked === undefined) throw new Error(`None of ${alternatives.length} alternatives keeps the precision floor.`);
  return picked;
}

/** All subsets, the empty one first, each in the order of the items. */
export function subsetsOf<Item>(items: readonly Item[]): Item[][] {
  return items.reduce<Item[][]>((subsets, item) => [...subsets, ...subsets.map((subset) => [...subset, item])], [[]]);
}

function outcome({ steps }: Growth, policy: GrowOptions['policy']) {
  const last = steps.at(-1);
  const precision = last?.suitePrecision ?? null;
  return {
    truePositives: steps.reduce((sum, step) => sum + step.newTruePositives, 0),
    falsePositives: steps.reduce((sum, step) => sum + step.newFalsePositives, 0),
    precision,
    recall: last?.suiteRecall ?? null,
    keepsFloor: precision !== null && precision >= policy.precisionFloor,
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
