import { describe, expect, it, vi } from 'vitest';

import { type MemberJudgement, joinJudgements } from '../verdict/verdict.ts';
import { BatchTally } from './batch-tally.ts';
import type { BatchJudgedEvent, MemberFailedEvent } from './events.ts';
import { SuiteTelemetry } from './suite-telemetry.ts';

const RULES = {
  required: new Set<string>(),
  absent: [],
  whenUndetermined: 'negative' as const,
  suiteVersion: 's',
  stateVersion: 't',
};

const JUDGEMENT = { version: '1.0.0', mode: 'active' as const, score: 1, threshold: 1, timeMs: 2 };

function failed(member: string, code: string): MemberJudgement {
  return { ...JUDGEMENT, member, judgement: 'failed', score: null, reason: { code, message: `said ${code}` } };
}

function tallyOf(...examples: MemberJudgement[][]): BatchTally {
  const tally = new BatchTally();
  for (const judgements of examples) tally.add(joinJudgements('k', judgements, RULES));
  return tally;
}

describe('SuiteTelemetry', () => {
  it('tells of a batch what was judged and how long each version took', () => {
    const telemetry = new SuiteTelemetry({ suite: 'spam' });
    const told: BatchJudgedEvent[] = [];
    telemetry.events.on('batchJudged', (event) => void told.push(event));
    const a: MemberJudgement = { ...JUDGEMENT, member: 'a', judgement: 'positive' };
    telemetry.batchJudged(tallyOf([a], [a]), { durationMs: 5, priority: 'online' });
    const memberTimesMs = [{ member: 'a', version: '1.0.0', timeMs: 4 }];
    const counts = { examples: 2, positives: 2, undetermined: 0, degraded: 0 };
    expect(told).toEqual([{ ...counts, durationMs: 5, priority: 'online', memberTimesMs }]);
  });

  it('tells failures once per member and code of a batch', () => {
    const telemetry = new SuiteTelemetry({ suite: 'spam' });
    const told: MemberFailedEvent[] = [];
    telemetry.events.on('memberFailed', (event) => void told.push(event));
    const late = failed('a', 'MEMBER_DEADLINE');
    telemetry.batchJudged(tallyOf([late], [late, failed('b', 'ECONNREFUSED')]), { durationMs: 5, priority: 'batch' });
    expect(told).toEqual([
      { member: 'a', version: '1.0.0', code: 'MEMBER_DEADLINE', message: 'said MEMBER_DEADLINE', examples: 2 },
      { member: 'b', version: '1.0.0', code: 'ECONNREFUSED', message: 'said ECONNREFUSED', examples: 1 },
    ]);
  });

  it.each(['MEMBER_BREAKER_OPEN', 'MEMBER_IMPORT_FAILED', 'SUITE_OVERLOADED', 'STATE_VERSION_UNKNOWN'])(
    'tells nothing of a member that was not asked (%s), and counts it',
    (code) => {
      const telemetry = new SuiteTelemetry({ suite: 'spam' });
      const listener = vi.fn<() => void>();
      telemetry.events.on('memberFailed', listener);
      telemetry.batchJudged(tallyOf([failed('a', code)]), { durationMs: 5, priority: 'batch' });
      expect(listener).not.toHaveBeenCalled();
      expect(telemetry.counters.version('a', '1.0.0').failed).toEqual({ [code]: 1 });
    },
  );

  it('counts what it tells', () => {
    const telemetry = new SuiteTelemetry({ suite: 'spam' });
    const told = vi.fn<() => void>();
    telemetry.events.on('overloaded', told);
    telemetry.tell('overloaded', { waiting: 9, limit: 8, examples: 3 });
    expect([telemetry.counters.refused, told.mock.calls.length]).toEqual([3, 1]);
  });

  it('takes listeners off when it is closed', () => {
    const telemetry = new SuiteTelemetry({ suite: 'spam' });
    telemetry.events.on('overloaded', () => {});
    telemetry.close();
    expect(telemetry.events.listenerCount('overloaded')).toBe(0);
  });
});
