import { describe, expect, it } from 'vitest';

import { assertMayEvaluate, type FittedOn } from './evidence.ts';
import { idSetRecord, type Split } from './splits.ts';

const train: Split = { name: 'train', roles: ['fit'], ids: ['a', 'b'], description: '' };
const valid: Split = { name: 'valid', roles: ['explore'], ids: ['c'], description: '' };
const test: Split = { name: 'test', roles: ['test'], ids: ['d'], description: '' };
const splits = [train, valid, test];
const words: FittedOn = {
  name: 'words',
  fit: { weights: idSetRecord([train]), threshold: idSetRecord([train, valid]) },
  outOfFold: false,
};

describe('assertMayEvaluate', () => {
  it('allows examples that were used for nothing, without a mark', () => {
    expect(assertMayEvaluate(words, ['d'], splits)).toEqual([]);
  });

  it('refuses a single example that the weights were fitted on', () => {
    expect(() => assertMayEvaluate(words, ['d', 'b'], splits)).toThrow(
      expect.objectContaining({ code: 'EVAL_TRAINED_ON' }),
    );
    expect(() => assertMayEvaluate(words, ['d', 'b'], splits)).toThrow('1 of the 2 examples');
  });

  it('marks examples that the threshold was chosen on', () => {
    expect(assertMayEvaluate(words, ['c', 'd'], splits)).toEqual(['threshold in sample']);
  });

  it('allows fitted examples out of fold', () => {
    expect(assertMayEvaluate({ ...words, outOfFold: true }, ['a'], splits)).toEqual(['threshold in sample']);
  });

  it('says so when a fitted id set cannot be resolved: another hash, or a split that is not there', () => {
    const grown = [{ ...train, ids: ['a', 'b', 'x'] }, valid, test];
    expect(() => assertMayEvaluate(words, ['d'], grown)).toThrow(
      expect.objectContaining({ code: 'STORE_ID_SET_UNKNOWN' }),
    );
    expect(() => assertMayEvaluate(words, ['d'], [valid, test])).toThrow(
      expect.objectContaining({ code: 'STORE_ID_SET_UNKNOWN' }),
    );
  });

  it('allows anything when nothing was fitted', () => {
    const plain: FittedOn = {
      name: 'caps',
      fit: { weights: idSetRecord([]), threshold: idSetRecord([]) },
      outOfFold: false,
    };
    expect(assertMayEvaluate(plain, ['a', 'd'], splits)).toEqual([]);
  });
});
