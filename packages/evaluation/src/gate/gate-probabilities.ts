// Question: how sure is it that a member holds the blueprint's line, does no harm beyond the budget, and has merit?
// Source: Jeffreys priors with the Dirichlet's neutrality (Connor & Mosimann, JASA 64 (1969), 194–206): the member's unique
// positives and the positives of the others are disjoint, so u, o and λ below are independent Betas.
import { betaAfter, type BetaDistribution, tabulatedCdf } from '../statistics/beta-distribution.ts';
import { EvaluationError, type EvaluationFault, throwFaults } from '../errors.ts';
import type { GateProbabilities } from '../figures/figures.ts';
import { gaussLegendre, integrate } from '../statistics/quadrature.ts';

/** What a set of positives turned out to be. Effective counts: any real number ≥ 0. */
export interface PositiveCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** The two disjoint sets that a gate compares. */
export interface GateEvidence {
  /** The labelled unique positives of the member. */
  readonly unique: PositiveCounts;
  /** The labelled positives of the others. */
  readonly others: PositiveCounts;
  /**
   * What is known of λ. Default: the totals of the two sets. It is more where some positives have no label, and another
   * scale where weights or clusters scale the two sets differently.
   */
  readonly share?: ShareCounts;
}

/** The suite's positives, divided into those of one member alone and the rest. Effective counts: any real number ≥ 0. */
export interface ShareCounts {
  readonly unique: number;
  readonly others: number;
}

/** What the policy of a suite says about its gate. */
export interface GatePolicy {
  /** What is left of the suite's loss budget δ, in [0, 1]: precision that a member may still cost. */
  readonly lossBudget: number;
  /** Unique precision below which a member has no merit, in [0, 1]. */
  readonly meritFloor: number;
}

const RULE = gaussLegendre(64);

/**
 * The probabilities that a gate decides on.
 *
 * u ~ Beta(uTP + ½, uFP + ½) is the unique precision, o likewise the precision of the others, λ ~ Beta(n_u + 1, n_o + 1) the
 * share of the unique positives among the suite's. With the member the precision is s = o + λ(u − o), so
 *
 *     atLeastOthers = P(u ≥ o)     harm = P(s ≥ o − δ) = P(u ≥ o − δ/λ)     merit = P(u ≥ floor)
 *
 * `harm` is thus the probability that there is *none* beyond the budget: higher is better, like the other two.
 *
 * @param evidence - With sampling weights, counts scaled to Kish's effective size of each set.
 * @param policy - Without it `harm` and `merit` are `null`.
 * @returns Each in [0, 1]; all `null` when either set is empty, because a prior is not evidence.
 * @throws {EvaluationError} `EVAL_COUNT_INVALID`, `EVAL_GATE_INVALID`
 * @example
 * gateProbabilities(
 *   { unique: { truePositives: 8, falsePositives: 0 }, others: { truePositives: 534, falsePositives: 8 } },
 *   { lossBudget: 0.005, meritFloor: 0.9 },
 * ) // { atLeastOthers: 0.38, harm: 0.985, merit: 0.81 }
 */
export function gateProbabilities({ unique, others, share }: GateEvidence, policy?: GatePolicy): GateProbabilities {
  if (policy !== undefined) checkGatePolicy(policy);
  const uniqueCount = totalOf(unique);
  const othersCount = totalOf(others);
  if (uniqueCount === 0 || othersCount === 0) return { atLeastOthers: null, harm: null, merit: null };

  const lambda = share ?? { unique: uniqueCount, others: othersCount };
  checkShare(lambda);
  const atLeastOthers = exceedance({ unique, others }).probability(0);
  if (policy === undefined) return { atLeastOthers, harm: null, merit: null };
  return {
    atLeastOthers,
    harm: probabilityOfNoHarm({ unique, others }, betaAfter(lambda.unique, lambda.others, 1), policy.lossBudget),
    merit: meritOf(unique, policy.meritFloor),
  };
}

/** P(u ≥ floor) by itself, which needs no others. `null` without unique positives. */
export function meritOf(unique: PositiveCounts, floor: number): number | null {
  if (totalOf(unique) === 0) return null;
  return 1 - betaAfter(unique.truePositives, unique.falsePositives, 0.5).cdf(floor);
}

/** Throws `EVAL_GATE_INVALID` when a policy cannot be one. */
export function checkGatePolicy(policy: GatePolicy): void {
  throwFaults(gatePolicyFaults(policy));
}

/** What is wrong with a policy. */
export function gatePolicyFaults(policy: GatePolicy): EvaluationFault[] {
  const faults: EvaluationFault[] = [];
  for (const what of ['lossBudget', 'meritFloor'] as const) {
    if (policy[what] >= 0 && policy[what] <= 1) continue;
    faults.push({
      code: 'EVAL_GATE_INVALID',
      message: `${what} of the gate is ${policy[what]}; it must be in [0, 1].`,
    });
  }
  return faults;
}

/**
 * TP + FP.
 *
 * @throws {EvaluationError} `EVAL_COUNT_INVALID` when either is negative or not finite.
 */
export function totalOf({ truePositives, falsePositives }: PositiveCounts): number {
  const total = truePositives + falsePositives;
  if (Number.isFinite(total) && truePositives >= 0 && falsePositives >= 0) return total;
  throw new EvaluationError([
    {
      code: 'EVAL_COUNT_INVALID',
      message: `There are ${truePositives} true and ${falsePositives} false positives; both must be finite and at least 0.`,
    },
  ]);
}

function checkShare({ unique, others }: ShareCounts): void {
  if (unique >= 0 && others >= 0 && Number.isFinite(unique + others)) return;
  throw new EvaluationError([
    {
      code: 'EVAL_COUNT_INVALID',
      message: `The share of the unique positives is ${unique} beside ${others}; both must be finite and at least 0.`,
    },
  ]);
}

/** P(u ≥ o − d) as a function of d. */
interface Exceedance {
  /** For a slack d in [0, 1]. */
  readonly probability: (slack: number) => number;
  /** The slacks between which it turns quickly; 1 above the second. */
  readonly turn: readonly [number, number];
}

/**
 * P(u ≥ o − d).
 *
 * The integral runs over the sharper of the two distributions, so that the other one is smooth on its scale. When that is
 * u, the mirror image is taken: P(u ≥ o − d) = P(1 − o ≥ (1 − u) − d).
 */
function exceedance({ unique, others }: GateEvidence, cdfOf = ({ cdf }: BetaDistribution) => cdf): Exceedance {
  const isUniqueSharper = totalOf(unique) > totalOf(others);
  const [upper, lower] = isUniqueSharper ? [mirrored(others), mirrored(unique)] : [unique, others];
  const u = betaAfter(upper.truePositives, upper.falsePositives, 0.5);
  const o = betaAfter(lower.truePositives, lower.falsePositives, 0.5);
  const below = cdfOf(u);
  const [from, to] = o.support;
  const probability = (slack: number): number => {
    // Where o ≤ d it holds for certain. From there x = d + (1 − d) sin² φ: smooth at both ends, for u at x = d as for o
    // at x = 1.
    const room = 1 - slack;
    if (slack >= to || room <= 0) return 1;
    const angle = (x: number): number => Math.asin(Math.sqrt(Math.max(0, (x - slack) / room)));
    const rest = integrate(RULE, [angle(from), angle(to)], (phi) => {
      const above = room * Math.sin(phi) ** 2;
      return 2 * room * Math.sin(phi) * Math.cos(phi) * o.density(slack + above) * (1 - below(above));
    });
    return Math.min(1, o.cdf(slack) + rest);
  };
  return { probability, turn: o.support };
}

/** E over λ of P(u ≥ o − δ/λ). */
function probabilityOfNoHarm(evidence: GateEvidence, share: BetaDistribution, lossBudget: number): number {
  if (lossBudget === 0) return exceedance(evidence).probability(0);
  const { probability, turn } = exceedance(evidence, tabulatedCdf);
  // Too small a share can do no harm. Then the probability turns quickly wherever o is sharp, so that stretch gets nodes of
  // its own: one rule over both was wrong by .002 beside 104/257.
  const [from, to] = share.support;
  const within = (slack: number): number => Math.min(to, Math.max(from, lossBudget / slack));
  const harmlessUpTo = within(turn[1]);
  const turnedFrom = within(turn[0]);
  const integrand = (theta: number): number => {
    const sine = Math.sin(theta);
    const lambda = sine * sine;
    return 2 * sine * Math.cos(theta) * share.density(lambda) * probability(Math.min(1, lossBudget / lambda));
  };
  const [start, middle, end] = [harmlessUpTo, turnedFrom, to].map((lambda) => Math.asin(Math.sqrt(lambda)));
  const turning = integrate(RULE, [start!, middle!], integrand);
  const turned = integrate(RULE, [middle!, end!], integrand);
  return Math.min(1, share.cdf(harmlessUpTo) + turning + turned);
}

function mirrored({ truePositives, falsePositives }: PositiveCounts): PositiveCounts {
  return { truePositives: falsePositives, falsePositives: truePositives };
}
