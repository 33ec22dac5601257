import { describe, expect, it } from 'vitest';

import { compareBaseline } from './compare-baseline.ts';

const suite = {
  falsePositives: 15,
  precision: 0.985,
  recall: 0.976,
  f1: 0.98,
  precisionInterval: [0.975, 0.991],
  recallInterval: [0.965, 0.984],
} as const;

describe('compareBaseline', () => {
  it('says plainly that a baseline does better on both', () => {
    const joint = { ...suite, precision: 0.989, recall: 0.984, falsePositives: 11 };
    expect(compareBaseline(suite, 'joint model', joint)).toEqual({
      outcome: 'baseline',
      sentence:
        'Joint model does better than the suite here: precision 98.9% against 98.5%, recall 98.4% against 97.6%, ' +
        'FP 11 against 15. The 95% intervals overlap.',
    });
  });

  it('counts better on one and the same on the other as better', () => {
    expect(compareBaseline(suite, 'a', { ...suite, recall: 0.98 }).outcome).toBe('baseline');
    expect(compareBaseline(suite, 'a', { ...suite, recall: 0.97 }).outcome).toBe('suite');
  });

  it('does not say that intervals overlap when they are apart', () => {
    const single = { ...suite, recall: 0.62, recallInterval: [0.59, 0.65] } as const;
    expect(compareBaseline(suite, 'words', single).sentence).not.toContain('overlap');
  });

  it('calls more of one for less of the other mixed, with F1', () => {
    const mixed = compareBaseline(suite, 'stack', { ...suite, precision: 0.99, recall: 0.95, f1: 0.97 });
    expect(mixed.outcome).toBe('mixed');
    expect(mixed.sentence).toContain('F1 97.0% against 98.0%');
  });

  it('calls equal figures the same, and an undefined one not comparable', () => {
    expect(compareBaseline(suite, 'twin', suite).outcome).toBe('same');
    expect(compareBaseline(suite, 'silent', { ...suite, precision: null }).outcome).toBe('unknown');
  });
});
