import type { CellFigures, Compared } from './bootstrap.ts';
import { signOf, tableText } from './format.ts';
import type { StatisticName } from './statistics.ts';

const STATISTICS_TOLD: readonly (readonly [string, StatisticName, 'more' | 'less'])[] = [
  ['gain of recall on the kind', 'recallGain', 'more'],
  ['recall on the kind after', 'recallAfter', 'more'],
  ['new false positives', 'newFalse', 'less'],
  ['others changed', 'othersChanged', 'less'],
  ['spam lost', 'otherLost', 'less'],
  ['recall over all', 'recall', 'more'],
  ['precision over all', 'precision', 'more'],
];

const COMPARISONS: readonly (readonly [Compared, string])[] = [
  ['suite − joint', 'suite'],
  ['beside − joint', 'beside'],
];

/** Of each comparison against retraining at each size: who does better, where the interval leaves 0 out. */
export function waysText(cells: readonly CellFigures[]): string {
  const rows = STATISTICS_TOLD.flatMap(([name, statistic, better]) =>
    COMPARISONS.map(([compared, first]) => [
      name,
      first === 'suite' ? 'new member in the suite' : 'new member beside the joint model',
      ...cells.map(({ figures }) => {
        const sign = signOf(figures[compared][statistic]);
        if (sign === null) return 'not shown';
        return sign === better ? 'adding' : '**retraining**';
      }),
    ]),
  );
  const head = ['figure', 'against retraining', ...cells.map(({ size }) => (size === 'all' ? 'all' : `${size} mails`))];
  return `Who does better over all kinds, where the interval of the difference leaves 0 out. Of the figures over all mails, most was there before
the addition: the suite and the joint model begin apart.

${tableText(head, rows)}`;
}
