import { createHash } from 'node:crypto';

import { errorMessage, type ScoreColumn } from '@clamor/contract';

/**
 * What may be asked of evidence, in the words of the commands. `opening`: the figures of a split with the role test;
 * `evaluate`: those of one that only gates.
 */
export const QUERY_KINDS = [
  'opening',
  'evaluate',
  'gate',
  'change',
  'joint',
  'advice',
  'tune',
  'label',
  'compare',
] as const;

/** A word of {@link QUERY_KINDS}. */
export type QueryKind = (typeof QUERY_KINDS)[number];

/** One look at evidence: who asked what of which examples, and what came out. */
export interface EvidenceQuery {
  readonly kind: QueryKind;
  /** Name and version of the dataset, for example `spam@1`. */
  readonly dataset: string;
  readonly split: string;
  /** Hash of the ids of the examples asked, as `hashIds` makes it. */
  readonly ids: string;
  readonly suiteVersion: string;
  /** Whoever asked, for people: a user name, or the name of a job. */
  readonly who: string;
  /** When, in UTC, as `Date.prototype.toISOString` writes it. */
  readonly when: string;
  /** Short names of the candidates; empty when the whole suite was asked about. */
  readonly members: readonly string[];
  /** Hash of the candidates' columns and thresholds, as {@link hashColumns} makes it; for an opening, of all members'. */
  readonly columns: string;
  /** What was answered: decision, counts, rounded figures. Numbers are finite. */
  readonly outcome: { readonly [name: string]: string | number | boolean | null };
}

/** What {@link hashColumns} reads of a column. */
export interface ColumnIdentity {
  /** Short name of the member. */
  readonly name: string;
  /** score ≥ threshold is positive; read as float32. */
  readonly threshold: number;
  /** Shape [n], in the order of the examples asked. */
  readonly column: ScoreColumn;
}

const TEXT = ['dataset', 'split', 'ids', 'suiteVersion', 'who', 'when', 'columns'] as const;

/**
 * SHA-256 over columns with their names and thresholds: the same candidate on the same examples has the same hash.
 *
 * A NaN where nothing was scored counts by its place only, whatever its bits.
 *
 * @returns Lower-case hex; the order of the columns does not matter, that of the examples does.
 */
export function hashColumns(columns: readonly ColumnIdentity[]): string {
  const hash = createHash('sha256');
  for (const { name, threshold, column } of columns.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    hash.update(`${JSON.stringify(name)} ${column.scores.length}\n`);
    hash.update(Float32Array.of(threshold));
    // Assigning NaN gives the canonical one.
    hash.update(column.scores.map((score) => (Number.isNaN(score) ? Number.NaN : score)));
    hash.update(column.status);
  }
  return hash.digest('hex');
}

/** The query as it stands in its file: fields in one order, outcome sorted by name. */
export function queryText(query: EvidenceQuery): string {
  const { kind, dataset, split, ids, suiteVersion, who, when, members, columns } = query;
  const outcome = Object.fromEntries(Object.entries(query.outcome).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const fields = { kind, dataset, split, ids, suiteVersion, who, when, members, columns, outcome };
  return `${JSON.stringify(fields, null, 2)}\n`;
}

/**
 * Name of the query's file: when, kind, who was asked about, and the start of the content's hash.
 *
 * @example
 * // queryFile(query) // '2026-05-04T10-00-00-000Z-gate-words-1f0c9a3b.json'
 */
export function queryFile(query: EvidenceQuery): string {
  const [first = 'suite', ...others] = query.members;
  const subject = first
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40);
  const about = others.length === 0 ? subject : `${subject}-and-${others.length}`;
  const hash = createHash('sha256').update(queryText(query)).digest('hex').slice(0, 8);
  return `${query.when.replaceAll(/[:.]/g, '-')}-${query.kind}-${about}-${hash}.json`;
}

/**
 * A query from the text of its file.
 *
 * @param name - Name of the file: one that was edited or renamed since it was logged is refused.
 * @returns What is wrong with it, as text, when it is no query.
 * @example
 * // parseQuery('x.json', '{') // what JSON.parse says of it
 */
export function parseQuery(name: string, text: string): EvidenceQuery | string {
  let query: unknown;
  try {
    query = JSON.parse(text);
  } catch (cause) {
    return `it cannot be read: ${errorMessage(cause)}`;
  }
  const faults = queryFaults(query);
  if (faults.length > 0) return faults.join(', ');
  const logged = queryFile(query as EvidenceQuery);
  return logged === name ? (query as EvidenceQuery) : `its content is that of "${logged}": it was edited or renamed`;
}

/**
 * What is wrong with the fields of a query.
 *
 * @returns One phrase per fault; empty when it can be logged or counted.
 */
export function queryFaults(query: unknown): string[] {
  if (typeof query !== 'object' || query === null) return ['it is not an object'];
  const fields = query as { readonly [name: string]: unknown };
  const { kind, when, members, outcome } = fields;
  return [
    ...(QUERY_KINDS.some((known) => known === kind) ? [] : [`"kind" is ${JSON.stringify(kind)}`]),
    ...TEXT.filter((name) => typeof fields[name] !== 'string').map((name) => `"${name}" is not text`),
    ...(typeof when === 'string' && !isTime(when) ? [`"when" is ${JSON.stringify(when)}, not a time in UTC`] : []),
    ...(Array.isArray(members) && members.every((name) => typeof name === 'string')
      ? []
      : ['"members" is not a list of names']),
    ...outcomeFaults(outcome),
  ];
}

function isTime(text: string): boolean {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString() === text;
}

function outcomeFaults(outcome: unknown): string[] {
  if (typeof outcome !== 'object' || outcome === null || Array.isArray(outcome)) return ['"outcome" is not an object'];
  return Object.entries(outcome)
    .filter(([, value]) => !isPlain(value))
    .map(([name]) => `"outcome.${name}" is not text, a finite number, true, false or null`);
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}
