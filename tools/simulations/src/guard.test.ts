import { createRandom } from '@clamor/evaluation';
import { describe, expect, it } from 'vitest';
import { simulateAffected, simulateRises, simulateYes } from './guard-delays.ts';
import { simulateBelow, simulateCampaigns, simulateDeclared } from './guard-false-alarms.ts';
import { simulateWaves } from './guard-waves.ts';

const options = { seed: 1, scale: 0.02 };

describe('simulateDeclared', () => {
  it('finds at most one false alarm in a million examples at the declared rate', { tags: ['slow'] }, () => {
    for (const { alarms, examples, runLength } of simulateDeclared(options, createRandom(1))) {
      // At one in a million, more than 5 in the million of each row have a probability of .0006.
      expect(examples).toBe(1_000_000);
      expect(alarms).toBeLessThanOrEqual(5);
      expect(runLength ?? Infinity).toBeGreaterThanOrEqual(1_000_000);
    }
    for (const { alarms } of simulateBelow(options, createRandom(2))) expect(alarms).toBeLessThanOrEqual(2);
  });
});

describe('simulateCampaigns', () => {
  it('finds what the run length does not promise, and a longer one that bears more', { tags: ['slow'] }, () => {
    for (const { perMillion } of simulateCampaigns({ ...options, scale: 0.2 }, createRandom(3))) {
      const [shortest, , longest] = perMillion as [number, number, number];
      expect(longest).toBeLessThanOrEqual(shortest);
    }
  });
});

describe('simulateYes', () => {
  it('finds no stream beyond the bound', { tags: ['slow'] }, () => {
    for (const { turned, bound, others, examples } of simulateYes(options, createRandom(4))) {
      expect(turned.max).toBeLessThanOrEqual(bound!);
      if (others === 0) expect(examples.max).toBeLessThanOrEqual(50); // oxlint-disable-line vitest/no-conditional-expect -- a row of the table
    }
  });
});

describe('simulateRises', () => {
  it('finds a rise about as soon as the best test that knew the new rate', { tags: ['slow'] }, () => {
    for (const { examples, expected } of simulateRises({ ...options, scale: 0.01 }, createRandom(5))) {
      expect(examples.p50).toBeLessThan(Math.max(5, 1.3 * expected));
    }
  });
});

describe('simulateWaves', () => {
  it('finds silence while everybody sees the wave, and an alarm where one sees it alone', { tags: ['slow'] }, () => {
    const waves = simulateWaves(options, createRandom(6));
    const seenWhole = waves.filter(({ seenBy, sight }) => seenBy > 1 && sight === 1);
    expect(seenWhole.map(({ guard }) => guard)).toEqual([0, 0, 0, 0]);
    expect(seenWhole.every(({ ownRate, runs }) => ownRate === runs)).toBe(true);
    expect(waves.find(({ seenBy }) => seenBy === 1)).toMatchObject({ guard: 20, runs: 20 });
  });
});

describe('simulateAffected', () => {
  it('finds nearly all verdicts that a member turned on the list', { tags: ['slow'] }, () => {
    for (const { found, tooMany } of simulateAffected(options, createRandom(7))) {
      expect(found).toBeGreaterThan(0.8);
      expect(tooMany).toBeLessThan(2);
    }
  });
});
