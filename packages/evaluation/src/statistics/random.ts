// Question: how are numbers drawn so that the same seed gives the same figures on every machine?
// Source: Matsumoto & Nishimura, Mersenne Twister, ACM TOMACS 8 (1998), 3–30, as packed by stdlib.
import mt19937 from '@stdlib/random-base-mt19937';

/** Draws from the uniform distribution over [0, 1), 53 bits. */
export type Random = () => number;

/**
 * A source of random numbers.
 *
 * @param seed - A whole number from 1 to 2³² − 1.
 * @example createRandom(1)() // 0.417
 */
export function createRandom(seed: number): Random {
  // The declarations leave out that a generator made by the factory has it, too.
  return (mt19937.factory({ seed }) as unknown as { readonly normalized: Random }).normalized;
}
