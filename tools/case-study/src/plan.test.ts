import { describe, expect, it } from 'vitest';
import type { StudyMail } from './mails.ts';
import { knownWithout, planRuns, REPEATS, shuffled } from './plan.ts';

const mail = (id: number, fields: Partial<StudyMail>): StudyMail => ({
  id: String(id),
  label: 1,
  cluster: `c${id}`,
  role: 'train',
  kind: 'other',
  ...fields,
});

describe('knownWithout', () => {
  it('leaves out the kind, and spam that shares a cluster with it, and keeps ham', () => {
    const mails = [
      mail(0, { kind: 'loans', cluster: 'a' }),
      mail(1, { cluster: 'a' }),
      mail(2, { label: 0, kind: null, cluster: 'a' }),
      mail(3, { kind: 'adult' }),
      mail(4, { role: 'valid', kind: 'loans' }),
      mail(5, { role: 'valid' }),
      mail(6, { role: 'measured' }),
    ];
    expect([...knownWithout(mails, ['loans'])]).toEqual([0, 0, 1, 1, 0, 1, 0]);
    expect([...knownWithout(mails, ['loans', 'adult'])]).toEqual([0, 0, 1, 0, 0, 1, 0]);
    expect([...knownWithout(mails, [])]).toEqual([1, 1, 1, 1, 1, 1, 0]);
  });
});

describe('planRuns', () => {
  const mails = [
    ...Array.from({ length: 30 }, (_, i) => mail(i, { kind: 'loans' })),
    mail(30, { kind: 'loans', role: 'valid' }),
    mail(31, { kind: 'adult' }),
  ];
  const runs = planRuns(mails, 'loans', REPEATS);
  const added = (size: number | 'all', seed: number) =>
    runs.find((run) => run.size === size && run.seed === seed)!.added;

  it('draws 20 times for 8 and 16 mails, and takes all of train once per assignment of folds', () => {
    expect(runs.filter(({ size }) => size === 8)).toHaveLength(20);
    expect(runs.filter(({ size }) => size === 16)).toHaveLength(20);
    expect(runs.filter(({ size }) => size === 'all')).toHaveLength(5);
    expect(added('all', 0)).toEqual(Array.from({ length: 30 }, (_, i) => i));
  });

  it('adds 8 different mails that are among the 16 of the same seed, and others with another seed', () => {
    for (let seed = 0; seed < 20; seed++) {
      expect(new Set(added(8, seed)).size).toBe(8);
      expect(added(16, seed)).toEqual(expect.arrayContaining([...added(8, seed)]));
    }
    expect(added(8, 0)).not.toEqual(added(8, 1));
  });

  it('gives the seeds the assignments of folds in turn', () => {
    expect(runs.filter(({ size }) => size === 8).map(({ assignment }) => assignment)).toEqual([
      0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4,
    ]);
  });
});

describe('shuffled', () => {
  it('keeps every item and gives the same order for the same seed', () => {
    const items = [1, 2, 3, 4, 5, 6];
    expect(shuffled(items, 7).toSorted((a, b) => a - b)).toEqual(items);
    expect(shuffled(items, 7)).toEqual(shuffled(items, 7));
    expect(shuffled(items, 7)).not.toEqual(shuffled(items, 8));
  });
});
