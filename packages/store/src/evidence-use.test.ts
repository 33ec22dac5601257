import { describe, expect, it } from 'vitest';

import { evidenceQuery } from '../test/evidence-query.ts';
import { countQueries, openingsOf } from './evidence-use.ts';

const evidence = { dataset: 'spam@1', split: 'test' };

describe('countQueries', () => {
  it('counts deciding queries on the same dataset and split, and their different columns', () => {
    const queries = [
      evidenceQuery({ columns: 'a' }),
      evidenceQuery({ columns: 'a', kind: 'change' }),
      evidenceQuery({ columns: 'b', kind: 'joint' }),
      evidenceQuery({ columns: 'c', kind: 'tune' }),
      evidenceQuery({ columns: 'd', split: 'valid' }),
      evidenceQuery({ columns: 'e', dataset: 'spam@2' }),
      evidenceQuery({ columns: 'f', kind: 'opening' }),
      evidenceQuery({ columns: 'g', kind: 'advice' }),
      evidenceQuery({ columns: 'h', kind: 'label' }),
    ];
    expect(countQueries(queries, evidence)).toEqual({ queries: 5, columns: 4 });
  });

  it('is zero when nobody has asked', () => {
    expect(countQueries([], evidence)).toEqual({ queries: 0, columns: 0 });
  });
});

describe('openingsOf', () => {
  it('gives the first opening of every suite version on the split, by time', () => {
    const opening = { kind: 'opening', members: [] } as const;
    const first = evidenceQuery({ ...opening, suiteVersion: 's1', when: '2026-01-01T00:00:00.000Z' });
    const again = evidenceQuery({ ...opening, suiteVersion: 's1', when: '2026-03-01T00:00:00.000Z' });
    const second = evidenceQuery({ ...opening, suiteVersion: 's2', when: '2026-02-01T00:00:00.000Z' });
    const elsewhere = evidenceQuery({ ...opening, suiteVersion: 's3', split: 'later' });
    expect(openingsOf([again, second, elsewhere, evidenceQuery(), first], evidence)).toEqual([first, second]);
  });
});
