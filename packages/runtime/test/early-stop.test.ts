import { verdictsToTable } from '@clamor/evaluation';
import { afterEach, describe, expect, it } from 'vitest';
import { type LoadSuiteOptions, type RunningSuite, type Verdict, isAskedInFull, loadSuite } from '../src/index.ts';
import { POLICY, type PackageFiles, createHost, memberPackage, suitePackage } from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A member that is positive on texts with the word and takes some milliseconds for each, so that asking it matters. */
function slow(name: string, word: string, costMs = 2): PackageFiles {
  return memberPackage(
    `texts-${name}`,
    `() => {
      const cell = new Int32Array(new SharedArrayBuffer(4));
      const judge = ({ text }) => (Atomics.wait(cell, 0, 0, ${costMs}), text.includes('${word}') ? 2 : 0);
      return { score: (examples) => column(examples, judge), close() {} };
    }`,
  );
}

async function load(packages: { [name: string]: PackageFiles }, options: LoadSuiteOptions = {}): Promise<RunningSuite> {
  const host = createHost({ texts: suitePackage(), ...packages });
  cleanups.push(() => host.remove());
  const deadlines = { deadlineMs: 20_000, memberDeadlineMs: 10_000 };
  const suite = await loadSuite({ from: host.dir, workers: 1, ...deadlines, ...options });
  cleanups.push(() => suite.close());
  return suite;
}

const MEMBERS = { 'texts-a': slow('a', 'A'), 'texts-b': slow('b', 'B'), 'texts-c': slow('c', 'C') };
const TEXTS = ['A', 'B', 'C', 'C', 'AB', 'C', 'none', 'C', 'C', 'BC'];
const examples = Array.from({ length: 100 }, (_, i) => ({ key: `${i}`, input: TEXTS[i % TEXTS.length]! }));

const asked = ({ judgements }: Verdict): string => judgements.map(({ member }) => member).join('');
const outcomes = (verdicts: readonly Verdict[]): string[] => verdicts.map(({ outcome }) => outcome);

describe('judge in mode first', () => {
  it('asks until one is positive, with the outcomes of asking all', { tags: ['slow'] }, async () => {
    const suite = await load(MEMBERS);
    const full = await suite.judge(examples); // Tells what members cost.
    const first = await suite.judge(examples, { mode: 'first', fullShare: 0 });
    expect(outcomes(first)).toEqual(outcomes(full));
    expect(new Set(full.map((verdict) => verdict.full))).toEqual(new Set([true]));
    expect(new Set(first.map((verdict) => verdict.full))).toEqual(new Set([false]));
    // C is positive on six texts in ten, so it was learned to come first.
    for (const [i, verdict] of first.entries()) {
      const { input } = examples[i]!;
      expect(verdict.positives.length).toBe(input === 'none' ? 0 : 1);
      expect(asked(verdict) === 'c').toBe(input.includes('C'));
      if (input === 'none') expect(asked(verdict)).toBe('abc'); // oxlint-disable-line vitest/no-conditional-expect -- a row of the table
    }
  });

  it('loses no positive when the one that ended the asking stops counting meanwhile', { tags: ['slow'] }, async () => {
    const suite = await load(MEMBERS);
    const inputs = examples.map(({ key }, i) => ({ key, input: ['AC', 'BC', 'C'][i % 3]! }));
    await suite.judge(inputs);
    const judging = suite.judge(inputs, { mode: 'first', fullShare: 0 });
    await suite.control({ member: 'c', mode: 'shadow', by: 'ann', why: 'a test' });
    const verdicts = await judging;
    for (const [i, { outcome }] of verdicts.entries()) {
      expect(inputs[i]!.input === 'C' || outcome === 'positive').toBe(true);
    }
  });

  it('asks a share in full, chosen by the key, shadow members on that share only', { tags: ['slow'] }, async () => {
    const suite = await load(MEMBERS, { modes: { c: 'shadow' } });
    await suite.judge(examples);
    const first = await suite.judge(examples, { mode: 'first', fullShare: 0.3 });
    expect(first.map(({ key, full }) => [key, full])).toEqual(first.map(({ key }) => [key, isAskedInFull(key, 0.3)]));
    for (const verdict of first) {
      expect(asked(verdict).includes('c')).toBe(verdict.full);
      expect(asked(verdict).length).toBeLessThanOrEqual(verdict.full ? 3 : 2);
    }
    const share = first.filter(({ full }) => full).length;
    expect(share).toBeGreaterThan(15);
    expect(share).toBeLessThan(45);
  });

  it('lets a member stop the asking only on the keys on which it counts', { tags: ['slow'] }, async () => {
    const suite = await load({ 'texts-a': slow('a', 'A'), 'texts-b': slow('b', 'A') });
    await suite.control({ member: 'a', rollout: 50, by: 'ann', why: 'a test' });
    const inputs = examples.map(({ key }) => ({ key, input: 'A' }));
    await suite.judge(inputs);
    const first = await suite.judge(inputs, { mode: 'first', fullShare: 0 });
    expect(new Set(outcomes(first))).toEqual(new Set(['positive']));
    for (const { judgements, positives } of first) {
      expect(positives).toHaveLength(1);
      const [said] = judgements.filter(({ judgement }) => judgement === 'positive');
      expect(said).toMatchObject({ mode: 'active' });
    }
  });

  it('says of what cannot be read what it always says', async () => {
    const suite = await load(MEMBERS);
    const [bad] = await suite.judge([{ key: 'k', input: '' }], { mode: 'first', fullShare: 0 });
    expect(bad).toMatchObject({ outcome: 'undetermined', error: { code: 'EXAMPLE_INVALID' }, judgements: [] });
  });

  it('is undetermined when a required member failed and nobody was positive', async () => {
    const broken = memberPackage('texts-a', "() => ({ score() { throw new Error('no'); }, close() {} })");
    const texts = suitePackage({ ...POLICY, required: ['texts-a'] });
    const suite = await load({ ...MEMBERS, texts, 'texts-a': broken });
    const [none, positive] = await suite.judge(
      [
        { key: '1', input: 'none' },
        { key: '2', input: 'C' },
      ],
      { mode: 'first' },
    );
    expect([none!.outcome, positive!.outcome]).toEqual(['undetermined', 'positive']);
  });

  it('shows the guard the full share only', { tags: ['slow'] }, async () => {
    const suite = await load({
      ...MEMBERS,
      'texts-wild': memberPackage('texts-wild', '() => ({ score: (all) => column(all, () => 2), close() {} })', {
        record: { positiveRateBand: [0, 0.01] },
      }),
    });
    const none = Array.from({ length: 60 }, (_, i) => ({ key: `n${i}`, input: 'none' }));
    await suite.judge(none, { mode: 'first', fullShare: 0 });
    expect(suite.guardAlarms).toEqual([]);
    await suite.judge(none, { mode: 'first', fullShare: 1 });
    expect(suite.guardAlarms.map(({ member }) => member)).toEqual(['wild']);
  });

  it('gives verdicts that no figure is computed from', async () => {
    const suite = await load(MEMBERS);
    const verdicts = await Array.fromAsync(suite.judgeStream(examples.slice(0, 4), { mode: 'first', fullShare: 0 }));
    expect(() => verdictsToTable(verdicts, [1, 1, 1, 1])).toThrow(
      expect.objectContaining({ code: 'EVAL_EARLY_STOPPED' }),
    );
    expect(verdictsToTable(await suite.judge(examples.slice(0, 1)), [1]).members).toHaveLength(3);
  });

  it.each([-0.1, 10, Number.NaN])('refuses to ask a share of %d in full', async (fullShare) => {
    const suite = await load({ 'texts-a': slow('a', 'A') });
    await expect(suite.judge(examples, { mode: 'first', fullShare })).rejects.toMatchObject({
      code: 'SUITE_FULL_SHARE_RANGE',
    });
  });
});
