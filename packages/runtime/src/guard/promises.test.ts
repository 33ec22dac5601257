// What docs/simulations/guard.md has at full length, in short: thousands of seeded streams.
import { createRandom } from '@clamor/evaluation';
import { describe, expect, it } from 'vitest';
import type { MemberJudgement } from '../verdict/verdict.ts';
import { Guard } from './guard.ts';

const MEMBERS = ['a', 'b', 'c', 'd', 'e'] as const;

function judgement(member: string, isPositive: boolean): MemberJudgement {
  const said = isPositive ? 'positive' : 'negative';
  return { member, version: '1.0.0', mode: 'active', judgement: said, score: 0, threshold: 0, timeMs: 0 };
}

/** Feeds a new guard over five members until one is in alarm; `positive` says of each whether it is. */
function firstAlarm(
  rates: { readonly rate: number; readonly ownRate: number },
  limit: number,
  positive: (n: number) => readonly boolean[],
): { example: number; member: string; uniquePositives: number } | null {
  const guard = new Guard({ members: MEMBERS.map((name) => ({ name, version: '1.0.0', ...rates })) });
  for (let n = 1; n <= limit; n++) {
    const said = positive(n);
    const [alarm] = guard.observe(
      `${n}`,
      MEMBERS.map((name, m) => judgement(name, said[m]!)),
    );
    if (alarm !== undefined) return { example: n, member: alarm.member, uniquePositives: alarm.uniquePositives };
  }
  return null;
}

const RATES = { rate: 0.02, ownRate: 0.1 };

describe('Guard', () => {
  it(
    'contains yes to everything within 50 examples, in 2,000 streams each, whoever else is positive',
    { tags: ['slow'] },
    () => {
      const random = createRandom(21);
      for (const others of [0, 0.1, 0.3, 0.5]) {
        for (let stream = 0; stream < 2000; stream++) {
          const alarm = firstAlarm(RATES, 200, () => {
            const isCovered = random() < others;
            return [true, isCovered, isCovered, false, false];
          });
          expect(alarm).toMatchObject({ member: 'a' });
          expect(alarm!.example).toBeLessThanOrEqual(50);
          expect(alarm!.uniquePositives).toBeLessThanOrEqual(7); // containedWithin at .1
        }
      }
    },
  );

  it.each([
    [3, 1500],
    [10, 140],
    [50, 8],
  ])(
    'finds %d times the declared rate within %d examples in most of 300 streams',
    { tags: ['slow'] },
    (times, within) => {
      const random = createRandom(22);
      let found = 0;
      for (let stream = 0; stream < 300; stream++) {
        const alarm = firstAlarm(RATES, within, () => [random() < 0.02 * times, false, false, false, false]);
        if (alarm?.member === 'a') found += 1;
      }
      expect(found).toBeGreaterThan(270);
    },
  );

  it.each([0.3, 0.6, 0.9])(
    'lets a wave over %d of the examples pass that all see, in 1,000 streams',
    { tags: ['slow'] },
    (share) => {
      const random = createRandom(23);
      let alarms = 0;
      for (let stream = 0; stream < 1000; stream++) {
        const alarm = firstAlarm(RATES, 600, (n) => {
          const isWave = n > 100 && n <= 500 && random() < share;
          return MEMBERS.map(() => isWave || random() < 0.01);
        });
        if (alarm !== null) alarms += 1;
      }
      // 3 million examples of a member, at less than the declared rate.
      expect(alarms).toBeLessThanOrEqual(3);
    },
  );
});
