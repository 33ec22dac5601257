// Question: what are the figures of an addition?
import type { BaseCounts, ChangeCounts } from './tally.ts';

/** Figures of one addition on the measured mails. Shares are `null` where there is nothing to divide by. */
export const STATISTICS = {
  /** Recall on the kind before and after, and the difference. */
  recallBefore: (base: BaseCounts) => share(base.kindFound, base.kindMails),
  recallAfter: (base: BaseCounts, { kindGained, kindLost }: ChangeCounts) =>
    share(base.kindFound + kindGained - kindLost, base.kindMails),
  recallGain: (base: BaseCounts, { kindGained, kindLost }: ChangeCounts) =>
    share(kindGained - kindLost, base.kindMails),
  /** Mails of the kind that were found before and are not any more. */
  kindLost: (_: BaseCounts, { kindLost }: ChangeCounts) => kindLost,
  /** Hams. */
  falseBefore: (base: BaseCounts) => base.falsePositives,
  falseAfter: (base: BaseCounts, { newFalse, goneFalse }: ChangeCounts) => base.falsePositives + newFalse - goneFalse,
  newFalse: (_: BaseCounts, { newFalse }: ChangeCounts) => newFalse,
  goneFalse: (_: BaseCounts, { goneFalse }: ChangeCounts) => goneFalse,
  /** Mails that are not of the kind and get another verdict; spam among them that is found, and that is lost. */
  othersChanged: (_: BaseCounts, { newFalse, goneFalse, otherGained, otherLost }: ChangeCounts) =>
    newFalse + goneFalse + otherGained + otherLost,
  otherGained: (_: BaseCounts, { otherGained }: ChangeCounts) => otherGained,
  otherLost: (_: BaseCounts, { otherLost }: ChangeCounts) => otherLost,
  /** Of all measured mails, after. */
  recall: (base: BaseCounts, change: ChangeCounts) => share(trueAfter(base, change), base.spam),
  precision: (base: BaseCounts, change: ChangeCounts) => {
    const found = trueAfter(base, change);
    return share(found, found + base.falsePositives + change.newFalse - change.goneFalse);
  },
} as const satisfies { readonly [name: string]: (base: BaseCounts, change: ChangeCounts) => number | null };

/** Name of a figure. */
export type StatisticName = keyof typeof STATISTICS;

/** All names, in order. */
export const STATISTIC_NAMES = Object.keys(STATISTICS) as StatisticName[];

function trueAfter(base: BaseCounts, { kindGained, kindLost, otherGained, otherLost }: ChangeCounts): number {
  return base.truePositives + kindGained - kindLost + otherGained - otherLost;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
