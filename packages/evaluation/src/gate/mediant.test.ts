import { describe, expect, it } from 'vitest';
import { mediant } from './mediant.ts';

const counts = (truePositives: number, falsePositives: number) => ({ truePositives, falsePositives });

describe('mediant', () => {
  it('puts the precision with a member between its unique precision and that of the others', () => {
    expect(mediant({ unique: counts(3, 1), others: counts(4, 4) })).toEqual({
      uniquePrecision: 3 / 4,
      precisionWithout: 1 / 2,
      precision: 7 / 12,
      uniqueShare: 1 / 3,
      effect: 'raises',
    });
  });

  it('keeps the precision at equal shares of different size', () => {
    expect(mediant({ unique: counts(1, 2), others: counts(100, 200) }).effect).toBe('keeps');
    expect(mediant({ unique: counts(1, 2), others: counts(101, 200) }).effect).toBe('lowers');
  });

  it('has no effect without unique positives', () => {
    expect(mediant({ unique: counts(0, 0), others: counts(4, 4) })).toMatchObject({
      uniquePrecision: null,
      precision: 1 / 2,
      uniqueShare: 0,
      effect: 'none',
    });
  });

  it('is the first when nobody else has positives', () => {
    expect(mediant({ unique: counts(3, 1), others: counts(0, 0) })).toMatchObject({
      precisionWithout: null,
      precision: 3 / 4,
      uniqueShare: 1,
      effect: 'first',
    });
  });

  it('is null throughout when there are no positives', () => {
    expect(mediant({ unique: counts(0, 0), others: counts(0, 0) })).toEqual({
      uniquePrecision: null,
      precisionWithout: null,
      precision: null,
      uniqueShare: null,
      effect: 'none',
    });
  });

  it('refuses a negative count', () => {
    expect(() => mediant({ unique: counts(-1, 2), others: counts(0, 0) })).toThrow(
      expect.objectContaining({ code: 'EVAL_COUNT_INVALID' }),
    );
  });
});
