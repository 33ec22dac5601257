// Question: how often has this evidence been asked already? Every look spends some of it.
// Source: Dwork et al., The reusable holdout, Science 349, 2015, doi:10.1126/science.aaa9375: adaptive queries wear it out.

import type { EvidenceQuery, QueryKind } from './evidence-query.ts';

/** The kinds of query whose answer decides something: who joins, who goes, who is replaced, where a threshold lies. */
export const DECIDING_KINDS = [
  'gate',
  'change',
  'joint',
  'advice',
  'tune',
  'compare',
] as const satisfies readonly QueryKind[];

/** Which evidence: a split of a dataset. */
export interface EvidencePlace {
  /** Name and version of the dataset, for example `spam@1`. */
  readonly dataset: string;
  readonly split: string;
}

/** How far evidence has been used. */
export interface EvidenceUse {
  /** Number of deciding queries. */
  readonly queries: number;
  /** Number of different candidates among them, by the hash of their columns and thresholds; at most `queries`. */
  readonly columns: number;
}

/**
 * Counts the deciding queries on one evidence, and how many different candidates they asked about.
 *
 * Asking twice about the same columns is no second chance; a hundred candidates at the boundary are a hundred.
 *
 * @param queries - Of any dataset and split, in any order.
 * @returns Zeros when nobody has asked.
 * @example countQueries([], { dataset: 'spam@1', split: 'test' }) // { queries: 0, columns: 0 }
 */
export function countQueries(queries: readonly EvidenceQuery[], evidence: EvidencePlace): EvidenceUse {
  const asked = queries.filter(
    ({ kind, ...query }) => DECIDING_KINDS.some((deciding) => deciding === kind) && isOn(query, evidence),
  );
  return { queries: asked.length, columns: new Set(asked.map(({ columns }) => columns)).size };
}

/**
 * The openings of a split: the first for every suite version, in the order of time.
 *
 * @param queries - Of any dataset and split, in any order.
 * @returns Empty when the split has not been opened.
 */
export function openingsOf(queries: readonly EvidenceQuery[], evidence: EvidencePlace): readonly EvidenceQuery[] {
  const openings = queries
    .filter((query) => query.kind === 'opening' && isOn(query, evidence))
    .toSorted((a, b) => (a.when < b.when ? -1 : a.when > b.when ? 1 : 0));
  return openings.filter(
    ({ suiteVersion }, i) => openings.findIndex((opening) => opening.suiteVersion === suiteVersion) === i,
  );
}

function isOn(query: EvidencePlace, { dataset, split }: EvidencePlace): boolean {
  return query.dataset === dataset && query.split === split;
}
