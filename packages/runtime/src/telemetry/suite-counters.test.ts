import { describe, expect, it } from 'vitest';

import { type MemberJudgement, joinJudgements } from '../verdict/verdict.ts';
import { BatchTally } from './batch-tally.ts';
import { SuiteCounters } from './suite-counters.ts';

const RULES = {
  required: new Set<string>(),
  absent: [],
  whenUndetermined: 'negative' as const,
  suiteVersion: 's',
  stateVersion: 't',
};

function said(member: string, more: Partial<MemberJudgement> = {}): MemberJudgement {
  const common = { version: '1.0.0', mode: 'active' as const, judgement: 'positive' as const };
  return { member, ...common, score: 1, threshold: 1, timeMs: 2, ...more };
}

function tallyOf(...examples: MemberJudgement[][]): BatchTally {
  const tally = new BatchTally();
  for (const judgements of examples) tally.add(joinJudgements('k', judgements, RULES));
  return tally;
}

const alarm = (member: string) => ({
  member,
  version: '1.0.0',
  examples: 50,
  uniquePositives: 20,
  declaredRate: 0.01,
  observedRate: 0.4,
  affected: ['mail-1', 'mail-2'],
  affectedTruncated: false,
  action: 'alert' as const,
});

describe('SuiteCounters', () => {
  it('adds up batches', () => {
    const counters = new SuiteCounters();
    counters.addBatch(tallyOf([said('a')], [said('a', { judgement: 'abstained' })]), 5);
    counters.addBatch(
      tallyOf([said('a', { judgement: 'failed', reason: { code: 'MEMBER_THREW', message: 'no' } })]),
      5,
    );
    expect(counters.verdicts).toEqual({ positive: 1, negative: 2, undetermined: 0, unreadable: 0, degraded: 1 });
    expect(counters.version('a', '1.0.0')).toMatchObject({
      judged: 3,
      positives: 1,
      abstained: 1,
      uniquePositives: 1,
      failed: { MEMBER_THREW: 1 },
    });
  });

  it('has times per example', () => {
    const counters = new SuiteCounters();
    counters.addBatch(tallyOf([said('a')], [said('a')]), 5);
    expect(counters.version('a', '1.0.0').timeMs?.p50).toBeCloseTo(2, 1);
    expect(counters.batchMs?.p95).toBeCloseTo(5, 1);
  });

  it('has zeros of a version that never ran', () => {
    expect(new SuiteCounters().version('a', '1.0.0')).toEqual({
      judged: 0,
      positives: 0,
      abstained: 0,
      uniquePositives: 0,
      failed: {},
      losses: { crashes: 0, deadlines: 0 },
      timeMs: null,
    });
  });

  it('counts lost workers by member and cause, and those of nobody apart', () => {
    const counters = new SuiteCounters();
    const lost = { encoder: null, version: '1.0.0', isolation: 'worker' as const, message: '' };
    counters.workerLost({ ...lost, member: 'a', cause: 'crash' });
    counters.workerLost({ ...lost, member: 'a', cause: 'deadline' });
    counters.workerLost({ ...lost, member: null, version: null, cause: 'crash' });
    expect(counters.version('a', '1.0.0').losses).toEqual({ crashes: 1, deadlines: 1 });
    counters.workerLost({ ...lost, member: null, encoder: 'e', isolation: null, cause: 'deadline' });
    expect(counters.losses).toEqual({ crashes: 1, deadlines: 0 });
    expect(counters.encoders.of('e', '1.0.0').losses).toEqual({ crashes: 0, deadlines: 1 });
  });

  it('keeps the last alarms without their keys', () => {
    const counters = new SuiteCounters(() => new Date('2026-01-02T03:04:05.000Z'));
    for (let i = 0; i < 30; i++) counters.guardAlarm(alarm(`m${i}`));
    expect(counters.alarms).toHaveLength(20);
    expect(counters.alarms[0]).toMatchObject({ member: 'm29', affected: 2, at: '2026-01-02T03:04:05.000Z' });
    expect(JSON.stringify(counters.alarms)).not.toContain('mail-1');
  });

  it('forgets versions that are not installed any more', () => {
    const counters = new SuiteCounters();
    counters.addBatch(tallyOf([said('a'), said('b')]), 5);
    counters.keepOnly([{ member: 'b', version: '1.0.0' }]);
    expect([counters.version('a', '1.0.0').judged, counters.version('b', '1.0.0').judged]).toEqual([0, 1]);
  });
});
