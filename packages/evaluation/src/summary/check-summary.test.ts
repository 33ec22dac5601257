import { describe, expect, it } from 'vitest';
import type { EvaluationError } from '../errors.ts';
import { evaluate } from '../figures/evaluate.ts';
import type { Summary, SummaryJudged, SummarySet } from './summary.ts';

const set: SummarySet = { positive: ['a'], failed: [], label: 1, slice: null, count: 4, weight: 8, squares: 20 };
const judged: SummaryJudged = { member: 'a', label: 1, slice: null, judged: 8, failed: 0 };
const summary: Summary = { kind: 'summary', members: ['a', 'b'], slice: null, sets: [set], judged: [judged] };

/** The codes of everything that is wrong with a summary. */
function faultsOf(wrong: unknown): string[] {
  try {
    evaluate(wrong as Summary);
    return [];
  } catch (error) {
    return (error as EvaluationError).faults.map(({ code }) => code);
  }
}

describe('evaluate', () => {
  it('takes a summary whose sums some table has', () => {
    expect(faultsOf(summary)).toEqual([]);
  });

  it.each([
    ['a set with an unknown member', { sets: [{ ...set, positive: ['a', 'c'] }] }, 'EVAL_MEMBER_UNKNOWN'],
    ['judgements of an unknown member', { judged: [judged, { ...judged, member: 'c' }] }, 'EVAL_MEMBER_UNKNOWN'],
    ['a member listed twice', { members: ['a', 'b', 'b'] }, 'EVAL_MEMBER_DUPLICATE'],
    ['a member that is positive and failed', { sets: [{ ...set, failed: ['a'] }] }, 'EVAL_SUMMARY_INVALID'],
    ['a negative count', { sets: [{ ...set, count: -4 }] }, 'EVAL_COUNT_INVALID'],
    ['a count that is no whole number', { sets: [{ ...set, count: 4.5 }] }, 'EVAL_COUNT_INVALID'],
    ['no example in a row', { sets: [{ ...set, count: 0 }] }, 'EVAL_COUNT_INVALID'],
    ['a weight of 0', { sets: [{ ...set, weight: 0 }] }, 'EVAL_COUNT_INVALID'],
    // Four weights that sum to 8 have squares of at least 8²/4 = 16, and of less than 8² = 64.
    ['squares below weight² ÷ count', { sets: [{ ...set, squares: 15 }] }, 'EVAL_COUNT_INVALID'],
    ['squares above weight²', { sets: [{ ...set, squares: 65 }] }, 'EVAL_COUNT_INVALID'],
    ['fewer judged than are positive', { judged: [{ ...judged, judged: 7 }] }, 'EVAL_COUNT_INVALID'],
    ['no judgements where there are positives', { judged: [] }, 'EVAL_COUNT_INVALID'],
    ['more judged than there are', { judged: [{ ...judged, judged: 9 }] }, 'EVAL_COUNT_INVALID'],
    ['judged below 0', { judged: [judged, { ...judged, member: 'b', judged: -1 }] }, 'EVAL_COUNT_INVALID'],
    [
      'failures that no set holds',
      { judged: [judged, { ...judged, member: 'b', judged: 0, failed: 1 }] },
      'EVAL_COUNT_INVALID',
    ],
    [
      'a set twice',
      {
        sets: [
          { ...set, count: 2, weight: 4, squares: 10 },
          { ...set, count: 2, weight: 4, squares: 10 },
        ],
      },
      'EVAL_SUMMARY_ROW_DUPLICATE',
    ],
    [
      'judgements twice',
      {
        judged: [
          { ...judged, judged: 4 },
          { ...judged, judged: 4 },
        ],
      },
      'EVAL_SUMMARY_ROW_DUPLICATE',
    ],
    ['a label of 2', { sets: [{ ...set, label: 2 }] }, 'EVAL_LABEL_INVALID'],
    ['a count that is text', { sets: [{ ...set, count: '4' }] }, 'EVAL_COUNT_INVALID'],
    ['an infinite weight', { sets: [{ ...set, weight: Number.POSITIVE_INFINITY }] }, 'EVAL_COUNT_INVALID'],
    ['a set that is text', { sets: [{ ...set, positive: 'a' }] }, 'EVAL_SUMMARY_INVALID'],
    ['a row that is null', { sets: [null] }, 'EVAL_SUMMARY_INVALID'],
    ['no members', { members: undefined }, 'EVAL_SUMMARY_INVALID'],
  ])('refuses %s', (_, part, code) => {
    expect(faultsOf({ ...summary, ...part })).toContain(code);
  });

  it('reports everything that is wrong together, with its place', () => {
    const wrong = {
      ...summary,
      sets: [
        { ...set, positive: ['c'] },
        { ...set, label: 0, squares: -1 },
      ],
    } as Summary;
    expect(() => evaluate(wrong)).toThrow(/sets\[0\] names "c"[^]*sets\[1\] has weight 8 and squares -1/);
  });
});
