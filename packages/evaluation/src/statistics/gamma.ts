// Question: how are the weights of cells drawn whose shares are not known but counted?
// Source: a Dirichlet is gammas divided by their sum (Devroye, Non-Uniform Random Variate Generation, 1986, §XI.4); the
// gammas are Marsaglia & Tsang's (ACM TOMS 26 (2000), 363–372), as packed by stdlib.
import gamma from '@stdlib/random-base-gamma';
import { createRandom } from './random.ts';

/** Draws from the gamma distribution of that shape, > 0, and scale 1. */
export type RandomGamma = (shape: number) => number;

/**
 * A source of gammas.
 *
 * Two of them give a Beta, X ÷ (X + Y); any number of them a Dirichlet.
 *
 * @param seed - A whole number from 1 to 2³² − 1.
 * @example createRandomGamma(1)(2.5) // 5.002
 */
export function createRandomGamma(seed: number): RandomGamma {
  const draw = gamma.factory({ prng: createRandom(seed) as never });
  return (shape) => draw(shape, 1);
}
