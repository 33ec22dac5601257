import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSuite, type Verdict, loadSuite } from '../src/index.ts';
import { LENGTHS, encodedMember, encoderHost, encoderPackage } from './encoder-fixture.ts';
import { type HostFixture, contains, memberPackage } from './host-fixture.ts';

// The suite invariant, in a suite that runs: whoever is switched on beside others, on whatever encoder, changes no judgement of theirs;
// a broken encoder changes no verdict but by its own members, which are named.

/** Encoders by what they do; `moody` fails on some texts only. */
const ENCODERS = {
  sound: LENGTHS,
  second: '(texts) => rowsOf(texts, (text) => [0, text.length > 2 ? 1 : 0])',
  throws: `() => { throw new Error('no') }`,
  short: '() => new Float32Array(1)',
  nan: '(texts) => rowsOf(texts, () => [NaN, 0])',
  moody: `(texts) => { if (texts.some((text) => text.includes('b'))) throw new Error('no'); return (${LENGTHS})(texts); }`,
};
const BROKEN: ReadonlySet<string> = new Set(['throws', 'short', 'nan']);
/** Members by name: the encoder that they read, `null` for none. Two on each encoder that is sound now and then. */
const MEMBERS: { readonly [member: string]: keyof typeof ENCODERS | null } = {
  cash: null,
  one: 'sound',
  two: 'sound',
  three: 'second',
  four: 'throws',
  five: 'short',
  six: 'nan',
  seven: 'moody',
  eight: 'moody',
};
const NAMES = Object.keys(MEMBERS);
const TEXTS = ['a', 'x', 'cash', 'ab', 'bx', 'cash x', 'long text'];

let host: HostFixture;
let suite: RunningSuite;

beforeAll(async () => {
  host = encoderHost({
    ...Object.fromEntries(
      Object.entries(ENCODERS).map(([name, encode]) => [`enc-${name}`, encoderPackage(`enc-${name}`, encode)]),
    ),
    ...Object.fromEntries(
      Object.entries(MEMBERS).map(([name, encoder]) => [
        `texts-${name}`,
        encoder === null
          ? memberPackage(`texts-${name}`, contains('cash'))
          : encodedMember(`texts-${name}`, `enc-${encoder}`),
      ]),
    ),
  });
  // No breaker opens and nothing is late: then what a member says depends on the example alone, which is what is tested here.
  suite = await loadSuite({ from: host.dir, workers: 2, deadlineMs: 60_000, breaker: { failures: 1e9 } });
}, 120_000);
afterAll(async () => {
  await suite.close();
  host.remove();
});

/** Judges with these members and no others. */
async function judge(members: ReadonlySet<string>, texts: readonly string[]): Promise<Verdict[]> {
  for (const member of NAMES)
    await suite.control({ member, mode: members.has(member) ? 'active' : 'off', by: 'test', why: 'property' });
  return suite.judge(texts.map((input, i) => ({ key: `k${i}`, input })));
}

/** What is said of a member, without what it took. */
function saidBy(verdict: Verdict | undefined, member: string): unknown {
  const judgement = verdict?.judgements.find((each) => each.member === member);
  return judgement === undefined ? null : { ...judgement, timeMs: 0 };
}

const SUITES = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 6 });
const BATCHES = fc.array(fc.constantFrom(...TEXTS), { minLength: 1, maxLength: 4 });

describe('the suite invariant with encoders', () => {
  it(
    'holds: a member that is added on an encoder changes nobody else’s judgement and takes no positive away (property)',
    { tags: ['slow'] },
    () =>
      fc.assert(
        fc.asyncProperty(SUITES, fc.constantFrom(...NAMES), BATCHES, async (names, added, texts) => {
          const others = new Set(names.filter((name) => name !== added));
          const before = await judge(others, texts);
          const after = await judge(new Set([...others, added]), texts);
          for (const [i, verdict] of before.entries()) {
            for (const name of others) expect(saidBy(after[i], name)).toEqual(saidBy(verdict, name));
            const isPositive = verdict.outcome === 'positive' || saidIs(after[i], added, 'positive');
            expect(after[i]?.outcome).toBe(isPositive ? 'positive' : 'negative');
          }
        }),
        { numRuns: 40 },
      ),
  );

  it(
    'holds: members on a broken encoder change no verdict of the others, and are named (property)',
    { tags: ['slow'] },
    () =>
      fc.assert(
        fc.asyncProperty(SUITES, BATCHES, async (names, texts) => {
          const broken = names.filter((name) => BROKEN.has(MEMBERS[name] ?? ''));
          const sound = names.filter((name) => !broken.includes(name));
          const without = await judge(new Set(sound), texts);
          const beside = await judge(new Set(names), texts);
          for (const [i, verdict] of without.entries()) {
            expect(beside[i]).toMatchObject({ outcome: verdict.outcome, decision: verdict.decision });
            const failed = beside[i]?.degraded.map(({ member, reason }) => [member, reason.code.split('_')[0]]) ?? [];
            for (const name of broken) expect(failed).toContainEqual([name, 'ENCODER']);
            expect(failed).toHaveLength(verdict.degraded.length + broken.length);
          }
        }),
        { numRuns: 40 },
      ),
  );

  it(
    'holds: what a member says does not depend on the batch, the order, or who else asked its encoder (property)',
    { tags: ['slow'] },
    () =>
      fc.assert(
        fc.asyncProperty(SUITES, BATCHES, async (names, texts) => {
          const together = await judge(new Set(names), texts);
          const backwards = await judge(new Set(names), texts.toReversed());
          for (const [i, verdict] of together.entries())
            for (const name of names) expect(saidBy(backwards.toReversed()[i], name)).toEqual(saidBy(verdict, name));
        }),
        { numRuns: 20 },
      ),
  );
});

function saidIs(verdict: Verdict | undefined, member: string, judgement: string): boolean {
  return verdict?.judgements.some((each) => each.member === member && each.judgement === judgement) === true;
}
