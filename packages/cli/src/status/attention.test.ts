import type { AlarmStatus, MemberStatus, ServiceStatus, SuiteStatus } from '@clamor/runtime';
import { describe, expect, it } from 'vitest';

import { attention } from './attention.ts';

const NOW = new Date('2026-01-02T03:04:05.000Z');
const EXPECTED = { suiteVersion: 's', stateVersion: 't', now: NOW };

const MEMBER: MemberStatus = {
  member: 'urls',
  version: '1.0.0',
  package: 'spam-urls',
  alias: null,
  mode: 'active',
  rollout: 100,
  isolation: 'worker',
  fault: null,
  breaker: { state: 'closed', failuresInARow: 0, nextProbeAt: null },
  judged: 1000,
  positives: 10,
  abstained: 0,
  uniquePositives: 1,
  failed: {},
  losses: { crashes: 0, deadlines: 0 },
  timeMs: null,
  guard: { declaredRate: 0.01, observedRate: 0.001, alarmed: false },
};

const STATUS: SuiteStatus = {
  name: 'spam',
  suiteVersion: 's',
  stateVersion: 't',
  since: '2026-01-02T00:00:00.000Z',
  workers: 2,
  queue: { online: 0, batch: 500, limit: 1024, refused: 0 },
  verdicts: { positive: 10, negative: 990, undetermined: 0, unreadable: 0, degraded: 0 },
  batchMs: null,
  losses: { crashes: 0, deadlines: 0 },
  members: [MEMBER],
  encoders: [],
  guardAlarms: [],
  lastChanges: [],
  stateRefusal: null,
  lock: 'matches',
};

function lines(status: Partial<SuiteStatus>, service: Partial<ServiceStatus> = {}): string[] {
  const common = { file: '/x', at: '2026-01-02T03:04:03.000Z', pid: 42, place: 'a', isAlive: true };
  return attention({ ...common, ...service, status: { ...STATUS, ...status } }, EXPECTED);
}

const ofMember = (more: Partial<MemberStatus>): string[] => lines({ members: [{ ...MEMBER, ...more }] });

const ALARM: AlarmStatus = {
  member: 'urls',
  version: '1.0.0',
  examples: 50,
  uniquePositives: 20,
  declaredRate: 0.01,
  observedRate: 0.4,
  affected: 20,
  affectedTruncated: false,
  action: 'shadow',
  at: '2026-01-02T02:52:05.000Z',
};

describe('attention', () => {
  it('has nothing to say when all is well', () => {
    expect(lines({})).toEqual([]);
  });

  it('says that a process is gone, and nothing else of it', () => {
    expect(lines({ suiteVersion: 'other' }, { isAlive: false })).toEqual([
      'gone without closing the suite: it crashed or was killed; what follows is 2 s old',
    ]);
  });

  it('says that a status is old', () => {
    expect(lines({}, { at: '2026-01-02T03:03:05.000Z' })).toEqual([expect.stringContaining('1 min old')]);
  });

  it('says that a service runs other versions than those installed and stated', () => {
    expect(lines({ suiteVersion: 'a', stateVersion: 'b', lock: 'differs' })).toEqual([
      'it runs suite version a, and s is installed: reload or restart it',
      'it judges by state version b, and the state directory has t',
      expect.stringContaining('differs from clamor.lock.json') as string,
    ]);
  });

  it('says that a change of the state was refused', () => {
    expect(lines({ stateRefusal: { code: 'STATE_FILE_INVALID', message: 'no JSON' } })).toEqual([
      'the state is not taken over, the old one goes on: [STATE_FILE_INVALID] no JSON',
    ]);
  });

  it('says an alarm that nobody answered, with what was done and what is to do', () => {
    const guard = { declaredRate: 0.01, observedRate: 0.4, alarmed: true };
    expect(lines({ guardAlarms: [ALARM], members: [{ ...MEMBER, guard }] })).toEqual([
      'ALARM urls 1.0.0: alone positive on 40 % of its examples, declared 1.0 %, 12 min ago; it is in shadow now; 20 verdicts to judge again',
    ]);
    expect(lines({ guardAlarms: [ALARM] })).toEqual([]);
  });

  it('says that a breaker is open, and when the member is tried again', () => {
    const breaker = { state: 'open' as const, failuresInARow: 7, nextProbeAt: NOW.getTime() + 12_000 };
    expect(ofMember({ breaker })).toEqual([
      'urls 1.0.0: breaker open after 7 failed batches in a row, tried again in 12 s',
    ]);
  });

  it('says that a member failed, when it is more than 1 % of its examples', () => {
    expect(ofMember({ failed: { MEMBER_DEADLINE: 2, MEMBER_THREW: 9 } })).toEqual([
      'urls 1.0.0 failed on 11 of 1,000 examples: MEMBER_THREW 9, MEMBER_DEADLINE 2',
    ]);
    expect(ofMember({ failed: { MEMBER_THREW: 10 } })).toEqual([]);
  });

  it('says faults and lost workers, and nothing of a member that is off', () => {
    const wrong = { fault: 'MEMBER_IMPORT_FAILED', losses: { crashes: 2, deadlines: 1 } };
    expect(ofMember(wrong)).toEqual([
      'urls 1.0.0 does not run: MEMBER_IMPORT_FAILED',
      'urls 1.0.0 cost 3 worker(s): 2 crashed, 1 blocked and stopped',
    ]);
    expect(ofMember({ ...wrong, mode: 'off' })).toEqual([]);
  });

  it('says of an encoder what is wrong with it, and how many members that is', () => {
    const encoder = {
      encoder: '@x/encoder-e',
      version: '2.0.0',
      hash: 'h',
      members: [
        { member: 'a', version: '1.0.0' },
        { member: 'b', version: '1.0.0' },
      ],
      breaker: { state: 'open' as const, failuresInARow: 5, nextProbeAt: NOW.getTime() + 12_000 },
      hits: 50,
      misses: 50,
      failed: { ENCODER_DEADLINE: 4 },
      losses: { crashes: 1, deadlines: 0 },
      timeMs: null,
    };
    expect(lines({ encoders: [encoder] })).toEqual([
      'encoder @x/encoder-e 2.0.0: breaker open after 5 failed batches in a row, tried again in 12 s; 2 member(s) on it',
      'encoder @x/encoder-e 2.0.0 cost 1 worker(s): 1 crashed, 0 blocked and stopped',
      'encoder @x/encoder-e 2.0.0 failed on 4 of 100 texts: ENCODER_DEADLINE 4; 2 member(s) on it',
    ]);
    const well = { ...encoder, breaker: { state: 'closed' as const, failuresInARow: 0, nextProbeAt: null } };
    expect(lines({ encoders: [{ ...well, failed: {}, losses: { crashes: 0, deadlines: 0 } }] })).toEqual([]);
  });

  it('says overload, degraded and undetermined verdicts', () => {
    expect(
      lines({
        queue: { online: 600, batch: 0, limit: 1024, refused: 5 },
        verdicts: { positive: 0, negative: 95, undetermined: 5, unreadable: 2, degraded: 20 },
      }),
    ).toEqual([
      '5 examples were refused: more came than it can judge in time',
      '600 examples wait, of 1,024 at most',
      '20 % of the verdicts are without a member that failed',
      '3 verdicts are undetermined: a required member failed',
    ]);
  });
});
