import { readFileSync } from 'node:fs';

import { hashDataset, type Split, type SplitRole } from '@clamor/store';

import { DatasetError } from './errors.ts';

/** One mail of the dataset: a line of data/spam-split-v1.tsv. */
export interface SpamEntry {
  /** Folder and number in the corpus: `easy-ham-1/00001`. */
  readonly id: string;
  /** Of the mail's bytes, lower-case hex. */
  readonly md5: string;
  readonly label: 0 | 1;
  /** Near-duplicates, threads and mails of one subject share a cluster; no cluster straddles the id split. */
  readonly cluster: string;
  readonly split: 'train' | 'valid' | 'test';
  /** By date of receipt; `drop` shares a cluster with a mail of train or valid. */
  readonly timeSplit: 'train' | 'valid' | 'test' | 'drop';
}

interface SplitDefinition {
  readonly name: string;
  readonly column: 'split' | 'timeSplit';
  readonly value: string;
  readonly roles: readonly SplitRole[];
  readonly description: string;
}

const DEFINITIONS: readonly SplitDefinition[] = [
  {
    name: 'train',
    column: 'split',
    value: 'train',
    roles: ['fit'],
    description: 'Mails that weights are fitted on.',
  },
  {
    name: 'valid',
    column: 'split',
    value: 'valid',
    roles: ['explore'],
    description: 'Mails that thresholds are chosen on, together with train; they may be read.',
  },
  {
    name: 'test',
    column: 'split',
    value: 'test',
    roles: ['gate', 'test'],
    description: 'Mails for figures only; none is a near-duplicate of a mail in train or valid.',
  },
  {
    name: 'later-train',
    column: 'timeSplit',
    value: 'train',
    roles: ['fit'],
    description: 'Mails received before 2002-08-16, for the fit that is measured on later mail.',
  },
  {
    name: 'later-valid',
    column: 'timeSplit',
    value: 'valid',
    roles: ['explore'],
    description: 'Mails received from 2002-08-16 until 2002-08-31, for the thresholds of that fit.',
  },
  {
    name: 'later',
    column: 'timeSplit',
    value: 'test',
    roles: ['test'],
    description: 'Mails received from 2002-09-01 on: they have drifted, and fewer are spam.',
  },
];

// Above what is read at import, which needs them.
const HEADING = 'id\tmd5\tlabel\tcluster\tsplit\ttime_split';
const ID = /^[a-z0-9-]+\/\d{5}$/;
const SPLITS: readonly string[] = ['train', 'valid', 'test'];
const TABLE = new URL('../data/spam-split-v1.tsv', import.meta.url);

/** All mails of the dataset by id, in the order of the table. */
export const spamEntries: ReadonlyMap<string, SpamEntry> = new Map(
  parseSplitTable(readFileSync(TABLE, 'utf8')).map((entry) => [entry.id, entry]),
);

/** Hash of all mails with their labels. */
export const spamDatasetHash: string = hashDataset(spamEntries.values());

/** The splits of the dataset: train, valid and test by cluster; later-train, later-valid and later by date. */
export const spamSplits: readonly Split[] = splitsOf([...spamEntries.values()]);

/**
 * The splits that a table of mails holds.
 *
 * A mail is in at most one split by cluster and in at most one by date, and often in both: a fit on one kind of split is
 * not to be measured on the other.
 *
 * @param entries - Shape [n].
 * @returns Ids in the order of the entries.
 */
export function splitsOf(entries: readonly SpamEntry[]): Split[] {
  return DEFINITIONS.map(({ name, column, value, roles, description }) => ({
    name,
    roles,
    ids: entries.filter((entry) => entry[column] === value).map((entry) => entry.id),
    description,
  }));
}

/**
 * Reads the table of splits.
 *
 * @param text - Tab-separated, one heading line.
 * @throws {DatasetError} `DATASET_SPLIT_INVALID`, naming the line.
 */
export function parseSplitTable(text: string): SpamEntry[] {
  const [heading, ...lines] = text.trimEnd().split('\n');
  if (heading !== HEADING) throw invalid(1, `The heading is "${heading?.slice(0, 80)}"; it must be "${HEADING}".`);
  const seen = new Set<string>();
  return lines.map((line, i) => {
    const entry = parseLine(line, i + 2);
    if (seen.has(entry.id)) throw invalid(i + 2, `The id "${entry.id}" stands there a second time.`);
    seen.add(entry.id);
    return entry;
  });
}

function parseLine(line: string, lineNumber: number): SpamEntry {
  const [id = '', md5 = '', label = '', cluster = '', split = '', timeSplit = '', ...rest] = line.split('\t');
  const isValid =
    rest.length === 0 &&
    ID.test(id) &&
    /^[0-9a-f]{32}$/.test(md5) &&
    (label === '0' || label === '1') &&
    cluster !== '' &&
    SPLITS.includes(split) &&
    (timeSplit === 'drop' || SPLITS.includes(timeSplit));
  if (!isValid)
    throw invalid(lineNumber, `It reads "${line.slice(0, 120)}"; wanted: ${HEADING.split('\t').join(', ')}.`);
  return { id, md5, label: label === '1' ? 1 : 0, cluster, split, timeSplit } as SpamEntry;
}

function invalid(lineNumber: number, problem: string): DatasetError {
  return new DatasetError(
    'DATASET_SPLIT_INVALID',
    `Line ${lineNumber} of the split table: ${problem} Restore the file.`,
  );
}
