import type { MemberJudgement, Verdict } from '@clamor/runtime';
import { describe, expect, it } from 'vitest';
import { DEFAULT_WISH, type SlotWish, type World, verdictViolations } from './check-verdict.ts';
import { FAULTS } from './faults.ts';

const cash: MemberJudgement = {
  member: 'cash',
  version: '1.0.0',
  mode: 'active',
  judgement: 'positive',
  score: 2,
  threshold: 1,
  timeMs: 0,
};
const nan: MemberJudgement = {
  ...cash,
  member: 'nan',
  judgement: 'failed',
  score: null,
  reason: { code: 'MEMBER_SCORE_NOT_FINITE', message: '' },
};
const right: Verdict = {
  key: 'k',
  outcome: 'positive',
  decision: true,
  positives: [{ member: 'cash', version: '1.0.0', score: 2, threshold: 1 }],
  judgements: [cash, nan],
  degraded: [{ member: 'nan', reason: { code: 'MEMBER_SCORE_NOT_FINITE', message: '' } }],
  suiteVersion: '',
  stateVersion: '',
  full: true,
};

function world(wishes: { readonly [member: string]: Partial<SlotWish> } = {}): World {
  return {
    installed: new Map([
      ['cash', ['1.0.0']],
      ['nan', ['1.0.0']],
    ]),
    wishes: new Map(Object.entries(wishes).map(([member, wish]) => [member, { ...DEFAULT_WISH, ...wish }])),
    answerOf: () => ({ judgement: 'positive', score: 2 }),
    faults: new Map(FAULTS.map((fault) => [fault.name, fault])),
    isPoison: false,
  };
}

/** The verdict when the sound member fails. */
function failed(code: string): Verdict {
  return {
    ...right,
    outcome: 'negative',
    decision: false,
    positives: [],
    judgements: [{ ...cash, judgement: 'failed', score: null, reason: { code, message: '' } }, nan],
    degraded: [{ member: 'cash', reason: { code, message: '' } }, ...right.degraded],
  };
}

describe('verdictViolations', () => {
  it('finds nothing wrong with a verdict that is right', () => {
    expect(verdictViolations(right, world())).toEqual([]);
  });

  it('finds a sound judgement that is another than without the runtime', () => {
    const verdict = { ...right, judgements: [{ ...cash, score: 3 }, nan] };
    expect(verdictViolations(verdict, world())).toEqual(['cash@1.0.0 says positive 3; by itself it says positive 2']);
  });

  it('lets a sound member be late, and fail for nothing else', () => {
    expect(verdictViolations(failed('SUITE_DEADLINE'), world())).toEqual([]);
    expect(verdictViolations(failed('MEMBER_CRASHED'), world())).toHaveLength(1);
  });

  it('finds a hostile member that fails for another reason than its own', () => {
    const crashed = { code: 'MEMBER_CRASHED', message: '' };
    const verdict = { ...right, judgements: [cash, { ...nan, reason: crashed }] };
    expect(verdictViolations(verdict, world())).toEqual([expect.stringContaining('nan says MEMBER_CRASHED')]);
  });

  it('finds a member that runs though it is off, and one that is missing', () => {
    expect(verdictViolations(right, world({ nan: { mode: 'off' } }))).toEqual(['has nan@1.0.0 active too much']);
    const lacking = { ...right, judgements: [cash], degraded: [] };
    expect(verdictViolations(lacking, world())).toEqual(['lacks nan@1.0.0 active']);
  });

  it('finds a member that counts where a rollout does not reach', () => {
    const expected = ['lacks cash@1.0.0 shadow', 'has cash@1.0.0 active too much'];
    expect(verdictViolations(right, world({ cash: { rollout: 0 } }))).toEqual(expected);
  });

  it('lets a hostile member be demoted to shadow, never a sound one', () => {
    const demoted = { ...right, judgements: [cash, { ...nan, mode: 'shadow' as const }], degraded: [] };
    expect(verdictViolations(demoted, world())).toEqual([]);
    const sound = { ...right, outcome: 'negative' as const, decision: false, positives: [] };
    const verdict = { ...sound, judgements: [{ ...cash, mode: 'shadow' as const }, nan] };
    expect(verdictViolations(verdict, world())).toHaveLength(2);
  });

  it('finds an outcome, a positive or a failure that does not follow from the judgements', () => {
    expect(verdictViolations({ ...right, outcome: 'negative' }, world())).toEqual(['is negative (true), not positive']);
    expect(verdictViolations({ ...right, positives: [] }, world())).toEqual(['names  positive, not cash']);
    expect(verdictViolations({ ...right, degraded: [] }, world())).toEqual(['names  failed, not nan']);
  });
});
