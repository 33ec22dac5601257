import { describe, expect, it } from 'vitest';
import { bootstrapFigures, POOLED } from './bootstrap.ts';
import type { Experiment } from './experiment.ts';
import type { StudyMail } from './mails.ts';
import { STATISTICS } from './statistics.ts';
import { measuredOf, sumTally, tallyBase, tallyChange } from './tally.ts';

// Two clusters of the kind with two and one mails, one spam of another kind, two hams; the first mail is not measured.
const mail = (id: string, label: 0 | 1, cluster: string, kind: string | null): StudyMail => ({
  id,
  label,
  cluster,
  kind,
  role: 'measured',
});
const MAILS: StudyMail[] = [
  { ...mail('t', 1, 't', 'loans'), role: 'train' },
  mail('k1', 1, 'a', 'loans'),
  mail('k2', 1, 'a', 'loans'),
  mail('k3', 1, 'b', 'loans'),
  mail('o1', 1, 'c', 'adult'),
  mail('h1', 0, 'd', null),
  mail('h2', 0, 'e', null),
];
const MEASURED = measuredOf(MAILS);
const BEFORE = Uint8Array.of(1, 1, 0, 0, 1, 1, 0);
// k2 is gained, k3 stays unknown, o1 is lost, h1 is no longer wrong, h2 is wrong now.
const AFTER = Uint8Array.of(0, 1, 1, 0, 0, 0, 1);
const BASE = tallyBase(MEASURED, BEFORE, 'loans');
const CHANGE = tallyChange(MEASURED, { before: BEFORE, after: AFTER, kind: 'loans' });

describe('tallyBase', () => {
  it('counts the measured mails', () => {
    expect(sumTally(BASE, null)).toEqual({ kindMails: 3, kindFound: 1, spam: 4, truePositives: 2, falsePositives: 1 });
  });

  it('counts a cluster as often as it is drawn', () => {
    // a twice, b not, c once, d once, e once.
    expect(sumTally(BASE, Float64Array.of(2, 0, 1, 1, 1))).toEqual({
      kindMails: 4,
      kindFound: 2,
      spam: 5,
      truePositives: 3,
      falsePositives: 1,
    });
  });
});

describe('tallyChange', () => {
  it('counts what is gained and lost, apart for the kind, other spam and ham', () => {
    expect(sumTally(CHANGE, null)).toEqual({
      kindGained: 1,
      kindLost: 0,
      newFalse: 1,
      goneFalse: 1,
      otherGained: 0,
      otherLost: 1,
    });
  });
});

describe('STATISTICS', () => {
  it('gives the figures of an addition', () => {
    const [base, change] = [sumTally(BASE, null), sumTally(CHANGE, null)];
    const figures = Object.fromEntries(Object.entries(STATISTICS).map(([name, of]) => [name, of(base, change)]));
    expect(figures).toEqual({
      recallBefore: 1 / 3,
      recallAfter: 2 / 3,
      recallGain: 1 / 3,
      kindLost: 0,
      falseBefore: 1,
      falseAfter: 1,
      newFalse: 1,
      goneFalse: 1,
      othersChanged: 3,
      otherGained: 0,
      otherLost: 1,
      recall: 2 / 4,
      precision: 2 / 3,
    });
  });

  it('is null where there is nothing to divide by', () => {
    const base = { kindMails: 0, kindFound: 0, spam: 0, truePositives: 0, falsePositives: 0 };
    const change = sumTally(tallyChange(MEASURED, { before: BEFORE, after: BEFORE, kind: 'loans' }), null);
    expect(STATISTICS.recallAfter(base, change)).toBeNull();
    expect(STATISTICS.precision(base, change)).toBeNull();
  });
});

describe('bootstrapFigures', () => {
  const none = tallyChange(MEASURED, { before: BEFORE, after: BEFORE, kind: 'loans' });
  const experiment: Experiment = {
    clusterCount: MEASURED.clusterCount,
    bases: new Map([['loans', [{ suite: BASE, joint: BASE }]]]),
    cells: [
      {
        kind: 'loans',
        size: 8,
        runs: [
          { seed: 0, assignment: 0, changes: { suite: CHANGE, joint: none, beside: none } },
          { seed: 1, assignment: 0, changes: { suite: none, joint: none, beside: none } },
        ],
      },
    ],
  };
  const figures = bootstrapFigures(experiment, { draws: 400, seed: 1 });

  it('gives means over the repeats, and paired differences', () => {
    const [cell] = figures;
    expect(cell?.figures.suite.recallAfter.mean).toBeCloseTo((2 / 3 + 1 / 3) / 2, 12);
    expect(cell?.figures.suite.othersChanged.mean).toBe(1.5);
    expect(cell?.figures.joint.othersChanged.mean).toBe(0);
    expect(cell?.figures['suite − joint'].othersChanged.mean).toBe(1.5);
    expect(cell?.figures['suite − joint'].recallGain.mean).toBeCloseTo(1 / 6, 12);
  });

  it('has intervals that hold the mean, and none for what cannot vary', () => {
    const [lower, upper] = figures[0]!.figures.suite.othersChanged.interval!;
    expect(lower).toBeLessThan(1.5);
    expect(upper).toBeGreaterThan(1.5);
    expect(figures[0]?.figures.joint.othersChanged.interval).toEqual([0, 0]);
  });

  it('knows both sources: with one repeat the mails alone make the interval', () => {
    const one = { ...experiment, cells: [{ ...experiment.cells[0]!, runs: [experiment.cells[0]!.runs[0]!] }] };
    const [lower, upper] = bootstrapFigures(one, { draws: 400, seed: 1 })[0]!.figures.suite.othersChanged.interval!;
    expect(lower).toBeLessThan(3);
    expect(upper).toBeGreaterThan(3);
  });

  it('gives kinds the same weight over all kinds: with one kind, its own figures', () => {
    expect(figures[1]).toMatchObject({ kind: POOLED, size: 8 });
    expect(figures[1]?.figures.suite.othersChanged.mean).toBe(1.5);
  });
});
