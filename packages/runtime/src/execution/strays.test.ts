import { describe, expect, it } from 'vitest';
import type { Culprit } from './culprit.ts';
import { LossLedger, type LossLedgers } from './loss-ledger.ts';
import { Strays } from './strays.ts';

const ledgers = (): LossLedgers => ({ member: new LossLedger(), encoder: new LossLedger(undefined, 'encoder') });
const members = (...indices: number[]): Culprit[] => indices.map((index) => ({ kind: 'member', index }));

describe('Strays', () => {
  it('asks nobody on their own before a worker was lost', () => {
    expect(new Strays(ledgers()).split([0, 1])).toEqual({ apart: [], together: [0, 1] });
  });

  it('asks each on their own that may have done it, until the next loss names one', () => {
    const both = ledgers();
    const strays = new Strays(both);
    strays.lost(members(1, 2), 'deadline');
    expect(strays.split([0, 1, 2])).toEqual({ apart: [1, 2], together: [0] });
    expect(both.member.losses.size).toBe(0);
    strays.lost(members(2), 'deadline');
    expect(both.member.losses).toEqual(new Map([[2, { crashes: 0, deadlines: 1 }]]));
    expect(strays.split([0, 1, 2])).toEqual({ apart: [], together: [0, 1, 2] });
  });

  it('asks them together again after twenty batches without a loss', () => {
    const strays = new Strays(ledgers());
    strays.lost(members(1, 2), 'crash');
    for (let i = 0; i < 20; i++) expect(strays.split([1, 2]).apart).toEqual([1, 2]);
    expect(strays.split([1, 2]).apart).toEqual([]);
  });

  it('blames nobody for a worker that had asked nobody', () => {
    const both = ledgers();
    new Strays(both).lost([], 'crash');
    expect(both.member.losses.size).toBe(0);
  });

  it('charges an encoder that ended its worker in its own name, and no member', () => {
    const both = ledgers();
    new Strays(both).lost([{ kind: 'encoder', index: 0 }], 'crash');
    expect(both.encoder.losses).toEqual(new Map([[0, { crashes: 1, deadlines: 0 }]]));
    expect(both.member.losses.size).toBe(0);
  });
});
