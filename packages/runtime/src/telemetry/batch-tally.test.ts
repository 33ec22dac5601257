import type { Judgement } from '@clamor/contract';
import { describe, expect, it } from 'vitest';

import { type MemberJudgement, joinJudgements, unreadableVerdict } from '../verdict/verdict.ts';
import { BatchTally } from './batch-tally.ts';

const RULES = {
  required: new Set(['needed']),
  absent: [],
  whenUndetermined: 'negative' as const,
  suiteVersion: 's',
  stateVersion: 't',
};

function said(member: string, judgement: Judgement, more: Partial<MemberJudgement> = {}): MemberJudgement {
  const reason = judgement === 'failed' ? { reason: { code: 'MEMBER_THREW', message: 'no' } } : {};
  return { member, version: '1.0.0', mode: 'active', judgement, score: 1, threshold: 1, timeMs: 2, ...reason, ...more };
}

function tallyOf(...examples: MemberJudgement[][]): BatchTally {
  const tally = new BatchTally();
  for (const judgements of examples) tally.add(joinJudgements('k', judgements, RULES));
  return tally;
}

const uniqueOf = (tally: BatchTally): object =>
  Object.fromEntries(tally.versions.map((version) => [version.member, version.uniquePositives]));

describe('BatchTally', () => {
  it('counts verdicts by outcome', () => {
    const tally = tallyOf([said('a', 'positive')], [said('a', 'negative')], [said('needed', 'failed')], []);
    expect(tally).toMatchObject({ examples: 4, positives: 1, negatives: 2, undetermined: 1, degraded: 1 });
  });

  it('counts an example that nobody could read as undetermined, and for no member', () => {
    const tally = new BatchTally();
    tally.add(unreadableVerdict('k', { code: 'EXAMPLE_INVALID', message: 'no' }, RULES));
    expect(tally).toMatchObject({ examples: 1, undetermined: 1, unreadable: 1, degraded: 0, versions: [] });
  });

  it('keeps versions and modes apart', () => {
    const next = { version: '1.1.0', mode: 'shadow' as const };
    const tally = tallyOf(
      [said('a', 'positive'), said('a', 'negative', next)],
      [said('a', 'negative', { mode: 'shadow' }), said('a', 'positive', { ...next, mode: 'active' })],
    );
    expect(tally.versions).toMatchObject([
      { version: '1.0.0', active: { positive: 1 }, shadow: { negative: 1 } },
      { version: '1.1.0', active: { positive: 1 }, shadow: { negative: 1 } },
    ]);
  });

  it('finds a version wherever it stands in the next verdict', () => {
    const tally = tallyOf([said('a', 'positive'), said('b', 'negative')], [said('b', 'negative')]);
    expect(tally.versions).toMatchObject([{ active: { positive: 1 } }, { active: { negative: 2 } }]);
  });

  it('adds up the time of a version over the batch', () => {
    expect(tallyOf([said('a', 'positive')], [said('a', 'positive')]).versions[0]?.timeMs).toBe(4);
  });

  it('counts a positive as unique when no other active member is positive', () => {
    const shadow = said('b', 'positive', { mode: 'shadow' });
    const tally = tallyOf([said('a', 'positive'), shadow], [said('a', 'positive'), said('b', 'positive')]);
    expect(uniqueOf(tally)).toEqual({ a: 1, b: 0 });
  });

  it('does not count it when an active member failed that might have been positive', () => {
    expect(uniqueOf(tallyOf([said('a', 'positive'), said('b', 'failed')]))).toEqual({ a: 0, b: 0 });
  });

  it('counts it when the one that failed is out of service', () => {
    const open = said('b', 'failed', { reason: { code: 'MEMBER_BREAKER_OPEN', message: '' } });
    expect(uniqueOf(tallyOf([said('a', 'positive'), open]))).toEqual({ a: 1, b: 0 });
  });

  it('does not count it when the asking ended with it', () => {
    const tally = new BatchTally();
    tally.add({ ...joinJudgements('k', [said('a', 'positive')], RULES), full: false });
    expect([tally.positives, uniqueOf(tally)]).toEqual([1, { a: 0 }]);
  });

  it('counts failures by code', () => {
    const late = said('a', 'failed', { reason: { code: 'MEMBER_DEADLINE', message: '' } });
    const tally = tallyOf([said('a', 'failed')], [late], [late]);
    expect(tally.versions[0]?.failures.toObject()).toEqual({ MEMBER_THREW: 1, MEMBER_DEADLINE: 2 });
  });
});
