import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryTable } from '../../test/arbitrary-table.ts';
import { createRandom } from '../statistics/random.ts';
import { estimability } from './estimability.ts';
import type { JudgementTable, Label } from '../table/judgement-table.ts';
import { summarise } from '../summary/summarise.ts';
import { summaryTable } from '../summary/summary-table.ts';

type Row = readonly [count: number, judgements: readonly (0 | 1)[], label: Label, weight?: number];

/** Rows that stand for so many equal examples. */
function tableOf(rows: readonly Row[]): JudgementTable {
  const all = rows.flatMap((row) => Array.from({ length: row[0] }, () => row));
  return {
    labels: all.map(([, , label]) => label),
    weights: all.some((row) => row[3] !== undefined) ? all.map((row) => row[3] ?? 1) : null,
    members: ['words', 'urls'].map((name, j) => ({ name, judgements: all.map(([, judgements]) => judgements[j]!) })),
  };
}

function figuresOf(table: JudgementTable, labelling?: 'random' | 'selective'): string[] {
  return estimability(table, labelling && { labelling }).map(({ figure, member }) => `${member ?? 'suite'} ${figure}`);
}

/** All positives labelled, and one in ten of the negatives, which then have this weight. */
function sampledNegatives(weight: number): JudgementTable {
  return tableOf([
    [200, [1, 1], 1],
    [90, [0, 0], 0, weight],
    [10, [0, 0], 1, weight],
    [900, [0, 0], null],
  ]);
}

const NEED_NEGATIVES = ['suite recall', 'suite f1', 'suite falseNegatives', 'suite trueNegatives'];

describe('estimability', () => {
  it('says nothing of a fully labelled table, whatever is declared', () => {
    fc.assert(
      fc.property(
        arbitraryTable({ unlabelled: false }),
        fc.constantFrom<'random' | 'selective' | undefined>('random', 'selective', undefined),
        (table, labelling) => {
          expect(estimability(table, labelling && { labelling })).toEqual([]);
        },
      ),
    );
  });

  it('names recall, F1 and the negatives when only positives were reviewed', () => {
    const table = tableOf([
      [40, [1, 1], 1],
      [5, [1, 0], 0],
      [900, [0, 0], null],
    ]);
    expect(figuresOf(table)).toEqual(NEED_NEGATIVES);
    expect(estimability(table)[0]!.reason).toBe(
      'Of 900 negative verdicts 0 (0.0 %) have a label, of 45 positive verdicts 45 (100 %), and no weights make up for it; label a random sample of the negative verdicts, or pass 1 ÷ inclusion probability as weights.',
    );
  });

  it('names them when negatives were labelled ten times less often, and not when the weights say so', () => {
    expect(figuresOf({ ...sampledNegatives(1), weights: null })).toEqual(NEED_NEGATIVES);
    expect(figuresOf(sampledNegatives(10))).toEqual([]);
    expect(figuresOf(sampledNegatives(3))).toEqual(NEED_NEGATIVES);
  });

  it('names precision when what one member alone finds was reviewed less often', () => {
    const table = tableOf([
      [100, [1, 1], 1],
      [10, [1, 0], 0],
      [50, [1, 0], null],
      [300, [0, 0], 0],
    ]);
    expect(figuresOf(table)).toEqual(['suite precision', ...NEED_NEGATIVES, 'words precision']);
  });

  it('names unique precision when no unique positive has a label', () => {
    const table = tableOf([
      [20, [1, 1], 1],
      [1, [0, 1], null],
      [20, [0, 0], 0],
    ]);
    expect(estimability(table)).toEqual([
      {
        figure: 'uniquePrecision',
        member: 'urls',
        reason: 'None of the 1 examples that "urls" alone calls positive has a label; label a random sample of them.',
      },
    ]);
  });

  it('lets a small difference pass, however many examples show it', () => {
    const table = tableOf([
      [9600, [1, 1], 1],
      [400, [1, 1], null],
      [9400, [0, 0], 0],
      [600, [0, 0], null],
    ]);
    expect(figuresOf(table)).toEqual([]);
  });

  it('takes the word of who declares labels random, but not for what was never seen', () => {
    const negatives: Row[] = [
      [300, [1, 1], 1],
      [30, [0, 0], 0],
      [300, [0, 0], null],
    ];
    expect(figuresOf(tableOf(negatives))).toEqual(NEED_NEGATIVES);
    expect(figuresOf(tableOf(negatives), 'random')).toEqual([]);
    const unseen: Row[] = [
      [30, [1, 1], 1],
      [30, [0, 0], null],
    ];
    expect(figuresOf(tableOf(unseen), 'random')).toEqual(NEED_NEGATIVES);
  });

  it('estimates of labels declared selective only what is labelled entirely', () => {
    const table = tableOf([
      [30, [1, 1], 1],
      [30, [1, 1], null],
      [10, [1, 0], 0],
      [30, [0, 0], 0],
      [30, [0, 0], null],
    ]);
    const declared = ['suite precision', ...NEED_NEGATIVES, 'words precision', 'urls precision'];
    expect(figuresOf(table, 'selective')).toEqual(declared);
    expect(figuresOf({ ...table, weights: table.labels.map(() => 2) }, 'selective')).toEqual([]);
  });

  it('says that nothing has a label when nothing has', () => {
    const [first] = estimability(tableOf([[3, [1, 1], null]]));
    expect(first).toEqual({
      figure: 'precision',
      member: null,
      reason: 'None of the 3 positive verdicts has a label; label a random sample of them.',
    });
  });

  it('says of a summary what it says of its examples', () => {
    const table = tableOf([
      [40, [1, 1], 1],
      [900, [0, 0], null],
    ]);
    expect(estimability(summaryTable(summarise(table)))).toEqual(estimability(table));
  });

  it('is triggered by chance in less than one table of a hundred', { tags: ['slow'] }, () => {
    const random = createRandom(11);
    let triggered = 0;
    for (let draw = 0; draw < 1000; draw++) {
      const labelledShare = 0.1 + 0.8 * random();
      const rows = Array.from({ length: 400 }, (): Row => {
        const label = random() < labelledShare ? (random() < 0.5 ? 1 : 0) : null;
        return [1, [random() < 0.3 ? 1 : 0, random() < 0.3 ? 1 : 0], label];
      });
      if (estimability(tableOf(rows)).length > 0) triggered += 1;
    }
    // At most 10 are expected; 20 would be three standard deviations above that.
    expect(triggered).toBeLessThan(20);
  });
});
