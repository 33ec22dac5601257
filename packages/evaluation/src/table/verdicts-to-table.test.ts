import { describe, expect, it } from 'vitest';
import { evaluate } from '../figures/evaluate.ts';
import { type JudgedExample, verdictsToTable } from './verdicts-to-table.ts';

type Said = JudgedExample['judgements'][number];

function said(member: string, judgement: Said['judgement'], mode: Said['mode'] = 'active'): Said {
  return { member, judgement, mode };
}

function verdict(key: string, ...judgements: Said[]): JudgedExample {
  return { key, full: true, judgements };
}

describe('verdictsToTable', () => {
  it('has a column per active member, abstained where it was not active', () => {
    const verdicts = [
      verdict('1', said('a', 'positive'), said('b', 'negative')),
      verdict('2', said('a', 'failed'), said('b', 'positive', 'shadow')),
      verdict('3', said('a', 'abstained')),
    ];
    expect(verdictsToTable(verdicts, [1, 0, null])).toEqual({
      labels: [1, 0, null],
      members: [
        { name: 'a', judgements: [1, 'failed', null] },
        { name: 'b', judgements: [0, null, null] },
      ],
    });
  });

  it('takes the version that counts of a member with several', () => {
    const two = verdict('1', said('a', 'negative', 'shadow'), said('a', 'positive'), said('a', 'negative', 'shadow'));
    expect(verdictsToTable([two], [1]).members).toEqual([{ name: 'a', judgements: [1] }]);
  });

  it('has everybody fail on what could not be read', () => {
    const unreadable = { ...verdict('2'), error: { code: 'EXAMPLE_INVALID', message: '' } };
    expect(verdictsToTable([verdict('1', said('a', 'positive')), unreadable], [1, 1]).members).toEqual([
      { name: 'a', judgements: [1, 'failed'] },
    ]);
  });

  it('gives figures', () => {
    const table = verdictsToTable([verdict('1', said('a', 'positive')), verdict('2', said('a', 'positive'))], [1, 0]);
    expect(evaluate(table).suite.precision).toBe(0.5);
  });

  it('refuses verdicts that may have stopped early, all of them at once', () => {
    const stopped = { ...verdict('2', said('a', 'positive')), full: false };
    expect(() => verdictsToTable([verdict('1', said('a', 'positive')), stopped, stopped], [1, 1, 0])).toThrow(
      expect.objectContaining({ code: 'EVAL_EARLY_STOPPED', faults: expect.objectContaining({ length: 2 }) }),
    );
  });

  it('refuses labels of another number', () => {
    expect(() => verdictsToTable([verdict('1')], [])).toThrow(
      expect.objectContaining({ code: 'EVAL_LENGTH_MISMATCH' }),
    );
  });
});
