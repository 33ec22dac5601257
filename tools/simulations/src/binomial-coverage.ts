// Question: how often does Wilson's interval hold a share, exactly?
// Source: Brown, Cai & DasGupta, Interval estimation for a binomial proportion, Statistical Science 16 (2001), 101–133.
import { wilsonInterval } from '@clamor/evaluation';

/** The probability that the interval of a binomial count holds the share: a sum, no simulation. */
export function binomialCoverage(examples: number, share: number): number {
  let coverage = 0;
  let logProbability = examples * Math.log1p(-share);
  for (let k = 0; k <= examples; k++) {
    const [lower, upper] = wilsonInterval(k, examples)!;
    if (lower <= share && share <= upper) coverage += Math.exp(logProbability);
    logProbability += Math.log(((examples - k) / (k + 1)) * (share / (1 - share)));
  }
  return coverage;
}
