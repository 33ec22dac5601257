import { describe, expect, it } from 'vitest';
import { kindOf } from './kinds.ts';

describe('kindOf', () => {
  it('finds each kind by two of its signs', () => {
    expect(kindOf({ subject: 'Urgent business', text: 'I am the next of kin of the late president.' })).toBe(
      'advance-fee',
    );
    expect(kindOf({ subject: 'xxx', text: 'Sexy pictures of babes' })).toBe('adult');
    expect(kindOf({ subject: 'Lose weight', text: 'Ask your doctor about our pills.' })).toBe('health');
    expect(kindOf({ subject: 'Refinance now', text: 'Mortgage lenders compete.' })).toBe('loans');
    expect(kindOf({ subject: 'For agents', text: 'A new annuity' })).toBe('insurance');
    expect(kindOf({ subject: 'Work from home', text: 'and earn!' })).toBe('money-making');
  });

  it('takes one sign for none, however often it is there', () => {
    expect(kindOf({ subject: 'Loan', text: 'loans, a loan, LOANS' })).toBe('other');
    expect(kindOf({ subject: 'Loan', text: 'loans without credit reports and debts' })).toBe('loans');
  });

  it('takes the first kind of which there is enough', () => {
    expect(kindOf({ subject: 'Loans', text: 'A mortgage, an annuity and insurance' })).toBe('loans');
  });

  it('finds whole words only, across line ends and in any case', () => {
    expect(kindOf({ subject: 'spills', text: 'the sexual-ish undoctored' })).toBe('other');
    expect(kindOf({ subject: 'VIAGRA', text: 'weight\n  LOSS' })).toBe('health');
  });

  it('reads the first 8,000 characters', () => {
    const padding = 'a '.repeat(4000);
    expect(kindOf({ subject: 'loan', text: `${padding}mortgage` })).toBe('other');
    expect(kindOf({ subject: 'loan', text: `${padding.slice(20)}mortgage` })).toBe('loans');
  });

  it('is other for a mail without words', () => {
    expect(kindOf({ subject: '', text: '' })).toBe('other');
  });
});
