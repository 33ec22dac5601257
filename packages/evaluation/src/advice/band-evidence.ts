// Question: how sure is it that a band is below a floor, when the band was chosen for looking so?
// Source: the mixture of likelihood ratios against the floor is a nonnegative supermartingale while a band grows from the
// threshold up, so that it exceeds 1/α anywhere on the way with probability α at most (Ville, 1939; Robbins, Statistical methods
// related to the law of the iterated logarithm, Ann. Math. Statist. 41 (1970), 1397–1409).
import { gaussLegendre, integrate } from '../statistics/quadrature.ts';
import { type PositiveCounts, totalOf } from '../gate/gate-probabilities.ts';

const RULE = gaussLegendre(64);

/**
 * How sure it is that a band's precision is below a floor f, whichever band above the threshold was chosen.
 *
 *     M = ∫ L(q) π(q) dq ÷ L(f) over q in [0, f], with L(q) = q^TP · (1 − q)^FP and π Jeffreys's prior within [0, f]
 *
 * Where nothing is less precise than f, M exceeds 1/α for any band at all with probability α at most. A posterior probability
 * would not do: it takes the band for one that was named before anything was seen. Counts that weights or clusters have scaled
 * keep to this approximately.
 *
 * @param band - The labelled examples of the band as independent ones.
 * @returns 1 − 1/M, in [0, 1); 0 when the band speaks for the floor; `null` without evidence.
 */
export function confidenceBelow(band: PositiveCounts, floor: number): number | null {
  if (totalOf(band) === 0) return null;
  return 1 - 1 / Math.max(1, likelihoodRatio(band, floor));
}

/** M, on the scale q = sin² θ, where Jeffreys's prior is flat. */
function likelihoodRatio({ truePositives, falsePositives }: PositiveCounts, floor: number): number {
  if (floor <= 0) return 0;
  if (floor >= 1) return falsePositives > 0 ? Infinity : 0;
  const end = Math.asin(Math.sqrt(floor));
  const size = truePositives + falsePositives;
  const peak = Math.asin(Math.sqrt(truePositives / size));
  const reach = 7 / Math.sqrt(size);
  const window: readonly [number, number] = [Math.max(0, peak - reach), Math.min(end, peak + reach)];
  if (window[0] >= window[1]) return 0;
  const atFloor = logLikelihood(floor, truePositives, falsePositives);
  const mass = integrate(RULE, window, (theta) =>
    Math.exp(logLikelihood(Math.sin(theta) ** 2, truePositives, falsePositives) - atFloor),
  );
  return mass / end;
}

function logLikelihood(precision: number, truePositives: number, falsePositives: number): number {
  return truePositives * Math.log(precision) + falsePositives * Math.log1p(-precision);
}
