import { describe, expect, it } from 'vitest';
import { LossLedger } from './loss-ledger.ts';

/** A ledger, and a clock that stands until it is moved. */
function fixture(): { ledger: LossLedger; pass: (ms: number) => void } {
  let now = 0;
  return { ledger: new LossLedger(() => now), pass: (ms) => (now += ms) };
}

describe('LossLedger', () => {
  it('counts workers by what was done to them', () => {
    const { ledger } = fixture();
    ledger.lost(4, 'crash');
    ledger.lost(4, 'deadline');
    ledger.uncaught(4);
    expect(ledger.losses).toEqual(new Map([[4, { crashes: 2, deadlines: 1 }]]));
  });

  it('rests a member that cost three workers in a row, for a second', () => {
    const { ledger, pass } = fixture();
    ledger.lost(0, 'crash');
    ledger.lost(0, 'crash');
    expect(ledger.restOf(0)).toBeNull();
    ledger.lost(0, 'crash');
    expect(ledger.restOf(0)).toMatchObject({ code: 'MEMBER_STOPPED' });
    pass(1000);
    expect(ledger.restOf(0)).toBeNull();
  });

  it('rests it twice as long every further time, a minute at most', () => {
    const { ledger, pass } = fixture();
    for (let i = 0; i < 3; i++) ledger.lost(0, 'deadline');
    pass(1000);
    ledger.lost(0, 'deadline');
    pass(1999);
    expect(ledger.restOf(0)).not.toBeNull();
    pass(1);
    expect(ledger.restOf(0)).toBeNull();
    for (let i = 0; i < 30; i++) ledger.lost(0, 'deadline');
    pass(60_000);
    expect(ledger.restOf(0)).toBeNull();
  });

  it('begins anew after an answer', () => {
    const { ledger } = fixture();
    ledger.lost(0, 'crash');
    ledger.lost(0, 'crash');
    expect(ledger.isSuspect(0)).toBe(true);
    ledger.answered(0);
    expect(ledger.isSuspect(0)).toBe(false);
    ledger.lost(0, 'crash');
    expect(ledger.restOf(0)).toBeNull();
  });

  it('rests a member that costs a worker out of turn for the second time, whatever it answered between', () => {
    const { ledger } = fixture();
    ledger.wentAstray(0, 'deadline');
    ledger.answered(0);
    expect(ledger.restOf(0)).toBeNull();
    ledger.wentAstray(0, 'deadline');
    ledger.answered(0);
    expect(ledger.restOf(0)).toMatchObject({ code: 'MEMBER_STOPPED' });
  });

  it('does not rest a member for errors that were survived', () => {
    const { ledger } = fixture();
    for (let i = 0; i < 99; i++) ledger.uncaught(0);
    expect(ledger.restOf(0)).toBeNull();
  });
});
