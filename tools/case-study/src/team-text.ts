import { COUNT, type Format, numberText, PERCENT, tableText } from './format.ts';
import type { Spread, TeamCount, TeamRow } from './team-figures.ts';
import { WAY_NAMES } from './team-plot.ts';

const WORK: readonly (readonly [string, TeamCount])[] = [
  ['merged', 'merged'],
  ['closed: fail', 'failed'],
  ['closed: inconclusive', 'inconclusive'],
  ['closed: no effect', 'noEffect'],
  ['redone, waited', 'redone'],
  ['models fitted', 'fits'],
  ['conflicts', 'conflicts'],
  ['alliances', 'alliances'],
];

const VERDICTS: readonly (readonly [string, TeamCount, Format])[] = [
  ['verdicts changed', 'changed', COUNT],
  ['of these on mails nobody meant', 'othersChanged', COUNT],
  ['spam lost', 'spamLost', COUNT],
  ['new false positives', 'newFalse', COUNT],
  ['false positives gone', 'goneFalse', COUNT],
  ['recall on the six kinds before, %', 'recallOnKindsBefore', PERCENT],
  ['after, %', 'recallOnKinds', PERCENT],
  ['recall over all, %', 'recall', PERCENT],
  ['precision over all, %', 'precision', PERCENT],
  ['false positives before', 'falseBefore', COUNT],
  ['after', 'falsePositives', COUNT],
];

/** What the team comes to, as two tables. */
export function teamText(rows: readonly TeamRow[]): string {
  return `Means over ${rows[0]?.orders ?? 0} orders, in brackets the lowest and the highest. Six deliveries each.

**The work**

${tableText(
  ['way of working', ...WORK.map(([name]) => name)],
  rows.map((row) => [nameOf(row), ...WORK.map(([, count]) => spreadText(row.counts[count], COUNT))]),
)}

**The verdicts**, summed over all merges of an order, on \`test\`. *Mails nobody meant* are those not of a kind that was brought with the merge.

${tableText(
  ['way of working', ...VERDICTS.map(([name]) => name)],
  rows.map((row) => [nameOf(row), ...VERDICTS.map(([, count, format]) => spreadText(row.counts[count], format))]),
)}`;
}

function nameOf({ way, accepting }: TeamRow): string {
  return `${WAY_NAMES[way]}, merged ${accepting}`;
}

function spreadText({ mean, lowest, highest }: Spread, format: Format): string {
  if (lowest === highest) return numberText(mean, format);
  return `${numberText(mean, format)} (${numberText(lowest, format)} to ${numberText(highest, format)})`;
}
