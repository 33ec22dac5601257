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

  it('rests a member that cost three workers without an answer, for a second', () => {
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
    ledger.lost(0, 'deadline'); // Under way already: no rest of its own.
    pass(1999);
    expect(ledger.restOf(0)).not.toBeNull();
    pass(1);
    expect(ledger.restOf(0)).toBeNull();
    for (let i = 0; i < 30; i++) {
      ledger.lost(0, 'deadline');
      pass(60_000);
      expect(ledger.restOf(0)).toBeNull();
    }
  });

  it('makes a loss good by twenty answers', () => {
    const { ledger } = fixture();
    for (let i = 0; i < 9; i++) {
      ledger.lost(0, 'crash');
      expect(ledger.isSuspect(0)).toBe(true);
      for (let j = 0; j < 20; j++) ledger.answered(0);
      expect(ledger.isSuspect(0)).toBe(false);
    }
    expect(ledger.restOf(0)).toBeNull();
  });

  it('rests a member that costs workers faster than it makes that good, though it answers between', () => {
    const { ledger } = fixture();
    // 20, 30, 40, 50, then 60.
    for (let i = 0; i < 5; i++) {
      expect(ledger.restOf(0)).toBeNull();
      ledger.lost(0, 'crash');
      for (let j = 0; j < 10; j++) ledger.answered(0);
    }
    expect(ledger.restOf(0)).toMatchObject({ code: 'MEMBER_STOPPED' });
  });

  it('rests a member that costs workers out of turn sooner', () => {
    const { ledger } = fixture();
    ledger.wentAstray(0, 'deadline');
    expect(ledger.restOf(0)).toBeNull();
    ledger.wentAstray(0, 'deadline');
    expect(ledger.restOf(0)).toMatchObject({ code: 'MEMBER_STOPPED' });
  });

  it('does not charge twice for one batch', () => {
    const { ledger } = fixture();
    ledger.lost(0, 'crash');
    for (let i = 0; i < 9; i++) ledger.lostAgain(0, 'crash');
    expect(ledger.restOf(0)).toBeNull();
    expect(ledger.losses.get(0)).toEqual({ crashes: 10, deadlines: 0 });
  });

  it('runs one that was late after the others, until it answers', () => {
    const { ledger } = fixture();
    ledger.wasLate(0);
    expect(ledger.isSuspect(0)).toBe(true);
    ledger.answered(0);
    expect(ledger.isSuspect(0)).toBe(false);
  });

  it('does not rest a member for errors that were survived', () => {
    const { ledger } = fixture();
    for (let i = 0; i < 99; i++) ledger.uncaught(0);
    expect(ledger.restOf(0)).toBeNull();
  });

  it('tells every loss', () => {
    const { ledger } = fixture();
    const told: unknown[] = [];
    ledger.onLoss = (...loss) => told.push(loss);
    ledger.lost(1, 'crash');
    ledger.wentAstray(2, 'deadline');
    expect(told).toEqual([
      [1, 'crash'],
      [2, 'deadline'],
    ]);
  });
});
