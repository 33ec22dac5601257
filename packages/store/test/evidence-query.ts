import type { EvidenceQuery } from '../src/evidence-query.ts';

/** A query with some fields of its own. */
export function evidenceQuery(fields: Partial<EvidenceQuery> = {}): EvidenceQuery {
  return {
    kind: 'gate',
    dataset: 'spam@1',
    split: 'test',
    ids: 'i1',
    suiteVersion: 's1',
    who: 'ada',
    when: '2026-05-04T10:00:00.000Z',
    members: ['words'],
    columns: 'c1',
    outcome: { decision: 'pass', uniqueTruePositives: 8 },
    ...fields,
  };
}
