import { createRandom } from '@clamor/evaluation';
import type { Judgement } from '@clamor/contract';
import { describe, expect, it } from 'vitest';
import type { MemberJudgement } from '../verdict/verdict.ts';
import { Guard, type GuardAlarm } from './guard.ts';

type Said = Partial<MemberJudgement> & { readonly judgement: Judgement };

function says(member: string, said: Judgement | Said): MemberJudgement {
  const rest: Said = typeof said === 'string' ? { judgement: said } : said;
  const reason = rest.judgement === 'failed' ? { reason: { code: 'MEMBER_THREW', message: 'no' } } : {};
  return { member, version: '1.0.0', mode: 'active', score: null, threshold: 0, timeMs: 0, ...reason, ...rest };
}

/** Observes an example per round, and returns the round of the first alarm of each member. */
function watch(
  guard: Guard,
  rounds: number,
  judge: (n: number) => Record<string, Judgement | Said>,
): Record<string, number> {
  const alarms: Record<string, number> = {};
  for (let n = 1; n <= rounds; n++) {
    const judgements = Object.entries(judge(n)).map(([member, said]) => says(member, said));
    for (const { member } of guard.observe(`key-${n}`, judgements)) alarms[member] ??= n;
  }
  return alarms;
}

function onHalf(n: number): Judgement {
  return n % 2 === 0 ? 'positive' : 'negative';
}

function aSaysYes(): Record<string, Judgement> {
  return { a: 'positive', b: 'negative' };
}

const TWO = [
  { name: 'a', version: '1.0.0', rate: 0.05 },
  { name: 'b', version: '1.0.0', rate: 0.05 },
];
const OUT = { judgement: 'failed', reason: { code: 'MEMBER_BREAKER_OPEN', message: '' } } as const;

describe('Guard', () => {
  it('contains a member that says yes to everything within 50 examples', () => {
    for (const rate of [0, 0.001, 0.05, 0.3, 0.63, 0.76]) {
      const guard = new Guard({ members: [{ name: 'a', version: '1.0.0', rate }, TWO[1]!] });
      expect(watch(guard, 50, aSaysYes).a).toBeLessThanOrEqual(50);
    }
  });

  it('says who, how often, and which verdicts are to be judged again', () => {
    const guard = new Guard({ members: TWO });
    const quiet = watch(guard, 200, (n) => ({ a: n === 20 ? 'positive' : 'negative', b: 'negative' }));
    expect(quiet).toEqual({});
    const alarms = ['v', 'w', 'x', 'y', 'z'].flatMap((key) =>
      guard.observe(key, [says('a', 'positive'), says('b', 'abstained')]),
    );
    expect(alarms).toEqual([
      {
        member: 'a',
        version: '1.0.0',
        examples: 5,
        uniquePositives: 5,
        declaredRate: 0.05,
        observedRate: 1,
        affected: ['v', 'w', 'x', 'y', 'z'],
        affectedTruncated: false,
      },
    ]);
  });

  it('lets a wave pass that two members see', () => {
    const guard = new Guard({ members: TWO });
    expect(watch(guard, 5000, () => ({ a: 'positive', b: 'positive' }))).toEqual({});
    expect(guard.status().map(({ uniquePositives }) => uniquePositives)).toEqual([0, 0]);
  });

  it('counts members that abstain, not those that fail', () => {
    const guard = new Guard({ members: TWO });
    watch(guard, 10, (n) => ({ a: 'abstained', b: n > 4 ? 'failed' : 'negative' }));
    expect(guard.status().map(({ examples, leftOut }) => [examples, leftOut])).toEqual([
      [4, 6],
      [4, 0],
    ]);
  });

  it('leaves an example out for the others when a member failed on it', () => {
    const guard = new Guard({ members: TWO });
    expect(watch(guard, 100, () => ({ a: 'positive', b: 'failed' }))).toEqual({});
    expect(guard.status()[0]).toMatchObject({ examples: 0, uniquePositives: 0, leftOut: 100 });
  });

  it('is not blinded by a member that is out of service', () => {
    expect(watch(new Guard({ members: TWO }), 100, () => ({ a: 'positive', b: OUT })).a).toBeLessThan(10);
  });

  it('holds members against their own rates while one is away that the declared rates rely on', () => {
    const members = [
      { name: 'a', version: '1.0.0', rate: 0.001, ownRate: 0.5 },
      { name: 'b', version: '1.0.0', rate: 0.001, ownRate: 0.5 },
    ];
    const away: [string, Judgement | Said | undefined][] = [
      ['out of service', OUT],
      ['in shadow', { judgement: 'positive', mode: 'shadow' }],
      ['off', undefined],
    ];
    for (const [how, b] of away) {
      const alarms = watch(new Guard({ members }), 2000, (n) => ({ a: onHalf(n), ...(b === undefined ? {} : { b }) }));
      expect({ how, alarms }).toEqual({ how, alarms: {} });
    }
    expect(watch(new Guard({ members }), 2000, (n) => ({ a: onHalf(n), b: 'negative' })).a).toBeLessThan(10);
  });

  it('does not watch shadow members, and they do not make a positive shared', () => {
    const guard = new Guard({ members: TWO });
    const alarms = watch(guard, 50, () => ({ a: 'positive', b: { judgement: 'positive', mode: 'shadow' } }));
    expect(alarms).toEqual({ a: 5 });
    expect(guard.status()[1]).toMatchObject({ examples: 0, leftOut: 0 });
  });

  it('watches each version of a slot on the keys on which it counts', () => {
    const members = [TWO[0]!, { ...TWO[0]!, version: '2.0.0' }];
    const guard = new Guard({ members });
    const alarms = Array.from({ length: 40 }, (_value, n) => {
      const [counts, shadows] = n % 4 === 0 ? ['2.0.0', '1.0.0'] : ['1.0.0', '2.0.0'];
      return guard.observe(`${n}`, [
        says('a', { judgement: counts === '2.0.0' ? 'positive' : 'negative', version: counts }),
        says('a', { judgement: 'positive', version: shadows, mode: 'shadow' }),
      ]);
    }).flat();
    expect(alarms.map(({ version, affected }) => [version, affected])).toEqual([
      ['2.0.0', ['0', '4', '8', '12', '16']],
    ]);
    expect(guard.isAlarmed('a', '2.0.0')).toBe(true);
    expect(guard.isAlarmed('a', '1.0.0')).toBe(false);
    expect(guard.status().map(({ examples }) => examples)).toEqual([30, 5]);
  });

  it('stays in alarm until it is reset, and then watches anew', () => {
    const guard = new Guard({ members: TWO });
    expect(watch(guard, 100, aSaysYes)).toEqual({ a: 5 });
    expect(watch(guard, 100, aSaysYes)).toEqual({});
    expect([guard.isAlarmed('a'), guard.reset('a'), guard.isAlarmed('a')]).toEqual([true, true, false]);
    expect(watch(guard, 100, aSaysYes)).toEqual({ a: 5 });
    expect(guard.reset('b')).toBe(false);
  });

  it('keeps the newest 10,000 keys, and says that there were more', () => {
    // Declared .9997, positive always: it takes long, and all of it is the change.
    const guard = new Guard({ members: [{ name: 'a', version: '1.0.0', rate: 0.9997 }] });
    let alarms: readonly GuardAlarm[] = [];
    for (let n = 1; n <= 100_000 && alarms.length === 0; n++) alarms = guard.observe(`${n}`, [says('a', 'positive')]);
    const alarm = alarms[0]!;
    expect(alarm).toMatchObject({ affectedTruncated: true, affected: { length: 10_000 } });
    expect(alarm.affected.at(-1)).toBe(`${alarm.examples}`);
    expect(alarm.uniquePositives).toBe(alarm.examples);
    expect(guard.status()[0]!.detectable).toBe(false);
  });

  it('ignores versions it was not told of and examples that nobody judged', () => {
    const guard = new Guard({ members: TWO });
    expect(watch(guard, 100, () => ({ c: 'positive' }))).toEqual({});
    expect(guard.observe('unreadable', [])).toEqual([]);
  });

  it(
    'stays silent over thousands of streams at the declared rate, also in a wave that both see',
    { tags: ['slow'] },
    () => {
      const random = createRandom(11);
      let alarms = 0;
      for (let run = 0; run < 2000; run++) {
        const guard = new Guard({ members: TWO });
        const seen = watch(guard, 300, (n) => {
          const wave = n > 100 && n < 250 && random() < 0.6;
          const one = (): Judgement => (wave || random() < 0.05 ? 'positive' : 'negative');
          return { a: one(), b: one() };
        });
        alarms += Object.keys(seen).length;
      }
      // 1.2 million examples of a member: at most 1.2 are expected, and more than 5 have a probability of .002.
      expect(alarms).toBeLessThanOrEqual(5);
    },
  );
});
