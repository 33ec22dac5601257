// Question: does a wave of positives that several members see trip the guard?
// Source: ours.
import type { Random } from '@clamor/evaluation';
import { Guard, UniqueRateTest } from '@clamor/runtime';
import { judgement } from './guard-delays.ts';

import type { SimulationOptions } from './simulation.ts';

const RUNS = 1000;
const EXAMPLES = { before: 500, wave: 2000, after: 500 } as const;
/** Declared for unique positives; outside of the wave each member is positive on half as many examples, mostly alone. */
const DECLARED = 0.02;
/** Declared for all positives. */
const OWN = 0.08;

/** A wave, and who sees it. */
export interface Wave {
  /** Share of the examples that are the wave's. */
  readonly share: number;
  /** How many of the five members see it. */
  readonly seenBy: number;
  /** Share of the wave's examples on which each of these is positive, apart from the others. */
  readonly sight: number;
}

/** What came out for one wave. */
export interface WaveAlarms extends Wave {
  readonly runs: number;
  /** Share of the wave's examples, and then of all, on which a given seer is alone. */
  readonly alone: number;
  /** Streams in which the guard alarmed for any member. */
  readonly guard: number;
  /** Streams in which the same test on all positives, unique or not, did, held against the rate declared for those. */
  readonly ownRate: number;
}

/** Every wave: all five see all of it, or two to five see most of it; and one sees it alone. */
export function simulateWaves({ scale, onProgress }: SimulationOptions, random: Random): WaveAlarms[] {
  const waves: Wave[] = [
    { share: 0.3, seenBy: 5, sight: 1 },
    { share: 0.6, seenBy: 5, sight: 1 },
    { share: 0.9, seenBy: 5, sight: 1 },
    { share: 0.9, seenBy: 2, sight: 1 },
    { share: 0.3, seenBy: 5, sight: 0.7 },
    { share: 0.9, seenBy: 5, sight: 0.7 },
    { share: 0.3, seenBy: 3, sight: 0.9 },
    { share: 0.9, seenBy: 3, sight: 0.9 },
    { share: 0.3, seenBy: 2, sight: 0.9 },
    { share: 0.3, seenBy: 2, sight: 0.7 },
    { share: 0.3, seenBy: 1, sight: 0.9 },
  ];
  return waves.map((wave, w) => {
    onProgress?.(w, waves.length);
    return simulateWave(wave, Math.ceil(RUNS * scale), random);
  });
}

function simulateWave(wave: Wave, runs: number, random: Random): WaveAlarms {
  let [guard, ownRate] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const seen = watchStream(wave, random);
    if (seen.guard) guard += 1;
    if (seen.ownRate) ownRate += 1;
  }
  const { share, seenBy, sight } = wave;
  return { ...wave, runs, alone: share * sight * (1 - sight) ** (seenBy - 1), guard, ownRate };
}

const MEMBERS = ['a', 'b', 'c', 'd', 'e'] as const;

function watchStream(wave: Wave, random: Random): { guard: boolean; ownRate: boolean } {
  const guard = new Guard({
    members: MEMBERS.map((name) => ({ name, version: '1.0.0', rate: DECLARED, ownRate: OWN })),
  });
  const own = MEMBERS.map(() => new UniqueRateTest({ rate: OWN }));
  for (let n = 0; n < EXAMPLES.before + EXAMPLES.wave + EXAMPLES.after; n++) {
    const positive = drawExample(wave, n, random);
    guard.observe(
      `${n}`,
      MEMBERS.map((name, m) => judgement(name, positive[m]!)),
    );
    for (const [m, test] of own.entries()) test.observe(positive[m]! ? 'alone' : 'nobody');
  }
  return { guard: MEMBERS.some((name) => guard.isAlarmed(name)), ownRate: own.some((test) => test.alarmed) };
}

function drawExample({ share, seenBy, sight }: Wave, n: number, random: Random): boolean[] {
  const isDuring = n >= EXAMPLES.before && n < EXAMPLES.before + EXAMPLES.wave;
  const isWave = isDuring && random() < share;
  return MEMBERS.map((_, m) => (isWave && m < seenBy ? random() < sight : random() < DECLARED / 2));
}
