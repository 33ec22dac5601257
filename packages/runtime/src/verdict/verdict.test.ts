import type { Judgement } from '@clamor/contract';
import { describe, expect, it } from 'vitest';
import { type MemberJudgement, type VerdictRules, joinJudgements } from './verdict.ts';
import type { Mode } from '../state/suite-state.ts';

const RULES: VerdictRules = {
  required: new Set(['needed']),
  absent: [],
  whenUndetermined: 'positive',
  suiteVersion: 's',
  stateVersion: 't',
};

function judgement(member: string, said: Judgement, mode: Mode = 'active'): MemberJudgement {
  const score = said === 'positive' ? 2 : said === 'negative' ? 0 : null;
  const reason = said === 'failed' ? { reason: { code: 'MEMBER_THREW', message: 'no' } } : {};
  return { member, version: '1.0.0', mode, judgement: said, score, threshold: 1, timeMs: 0, ...reason };
}

// DESIGN: any positive → positive; otherwise a required member failed → undetermined; otherwise negative.
const TABLE: [needed: Judgement, other: Judgement, outcome: string, decision: boolean, degraded: string[]][] = [
  ['positive', 'positive', 'positive', true, []],
  ['positive', 'negative', 'positive', true, []],
  ['positive', 'abstained', 'positive', true, []],
  ['positive', 'failed', 'positive', true, ['other']],
  ['negative', 'positive', 'positive', true, []],
  ['negative', 'negative', 'negative', false, []],
  ['negative', 'abstained', 'negative', false, []],
  ['negative', 'failed', 'negative', false, ['other']],
  ['abstained', 'positive', 'positive', true, []],
  ['abstained', 'negative', 'negative', false, []],
  ['abstained', 'abstained', 'negative', false, []],
  ['abstained', 'failed', 'negative', false, ['other']],
  ['failed', 'positive', 'positive', true, ['needed']],
  ['failed', 'negative', 'undetermined', true, ['needed']],
  ['failed', 'abstained', 'undetermined', true, ['needed']],
  ['failed', 'failed', 'undetermined', true, ['needed', 'other']],
];

describe('joinJudgements', () => {
  it.each(TABLE)('required %s, other %s → %s', (needed, other, outcome, decision, degraded) => {
    const verdict = joinJudgements('k', [judgement('needed', needed), judgement('other', other)], RULES);
    expect(verdict).toMatchObject({ key: 'k', outcome, decision, full: true, suiteVersion: 's', stateVersion: 't' });
    expect(verdict.degraded.map((entry) => entry.member)).toEqual(degraded);
  });

  it('decides an undetermined example as the policy says', () => {
    const verdict = joinJudgements('k', [judgement('needed', 'failed')], { ...RULES, whenUndetermined: 'negative' });
    expect(verdict).toMatchObject({ outcome: 'undetermined', decision: false });
  });

  it('names the positives with the widest margin first', () => {
    const wide = { ...judgement('wide', 'positive'), score: 9 };
    const verdict = joinJudgements('k', [judgement('narrow', 'positive'), wide], RULES);
    expect(verdict.positives.map((positive) => positive.member)).toEqual(['wide', 'narrow']);
  });

  it('counts neither positives nor failures of shadow members', () => {
    const verdict = joinJudgements(
      'k',
      [judgement('needed', 'failed', 'shadow'), judgement('other', 'positive', 'shadow')],
      RULES,
    );
    expect(verdict).toMatchObject({ outcome: 'negative', positives: [], degraded: [] });
  });

  it('is undetermined without a positive when a required member is absent', () => {
    const absent = [{ member: 'lost', required: true, reason: { code: 'MEMBER_REQUIRED_MISSING', message: '' } }];
    expect(joinJudgements('k', [judgement('a', 'negative')], { ...RULES, absent }).outcome).toBe('undetermined');
    expect(joinJudgements('k', [judgement('a', 'positive')], { ...RULES, absent }).outcome).toBe('positive');
  });
});
