import { describe, expect, it } from 'vitest';
import { declaredRates } from './declared-rates.ts';

const member = (name: string, high: number) =>
  ({ name, version: '1.0.0', record: { positiveRateBand: [0, high] } }) as const;

describe('declaredRates', () => {
  it('takes the upper end of the band, unless the policy declares less', () => {
    expect(declaredRates([member('a', 0.2), member('b', 0.3)], { action: 'alert', rates: { b: 0.01 } })).toEqual([
      { name: 'a', version: '1.0.0', rate: 0.2, ownRate: 0.2 },
      { name: 'b', version: '1.0.0', rate: 0.01, ownRate: 0.3 },
    ]);
    expect(declaredRates([member('a', 0.2)], undefined)[0]!.rate).toBe(0.2);
  });

  it('cuts a rate above the band, since a member is never alone more often than it is positive', () => {
    expect(declaredRates([member('a', 0.2)], { action: 'shadow', rates: { a: 0.9 } })[0]!.rate).toBe(0.2);
  });

  it('leaves out a member without a record and a name that is not installed', () => {
    const none = { name: 'a', version: '1.0.0', record: null };
    expect(declaredRates([none], { action: 'alert', rates: { c: 0.1 } })).toEqual([]);
  });
});
