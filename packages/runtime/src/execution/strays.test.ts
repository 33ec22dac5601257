import { describe, expect, it } from 'vitest';
import { LossLedger } from './loss-ledger.ts';
import { Strays } from './strays.ts';

describe('Strays', () => {
  it('asks nobody on their own before a worker was lost', () => {
    expect(new Strays(new LossLedger()).split([0, 1])).toEqual({ apart: [], together: [0, 1] });
  });

  it('asks each on their own that may have done it, until the next loss names one', () => {
    const ledger = new LossLedger();
    const strays = new Strays(ledger);
    strays.lost([1, 2], 'deadline');
    expect(strays.split([0, 1, 2])).toEqual({ apart: [1, 2], together: [0] });
    expect(ledger.losses.size).toBe(0);
    strays.lost([2], 'deadline');
    expect(ledger.losses).toEqual(new Map([[2, { crashes: 0, deadlines: 1 }]]));
    expect(strays.split([0, 1, 2])).toEqual({ apart: [], together: [0, 1, 2] });
  });

  it('asks them together again after twenty batches without a loss', () => {
    const strays = new Strays(new LossLedger());
    strays.lost([1, 2], 'crash');
    for (let i = 0; i < 20; i++) expect(strays.split([1, 2]).apart).toEqual([1, 2]);
    expect(strays.split([1, 2]).apart).toEqual([]);
  });

  it('blames nobody for a worker that had asked nobody', () => {
    const ledger = new LossLedger();
    new Strays(ledger).lost([], 'crash');
    expect(ledger.losses.size).toBe(0);
  });
});
