import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { errorCode, errorMessage } from '@clamor/contract';

import { StoreError } from './errors.ts';
import { type EvidenceQuery, parseQuery, queryFaults, queryFile, queryText } from './evidence-query.ts';

/**
 * Writes one query into a log of evidence: a file of its own, so that two branches never conflict.
 *
 * The file is there as a whole or not at all, and none is ever overwritten. Logging the same query twice leaves one file.
 *
 * @param folder - Made when it is not there.
 * @returns Name of the file: `<when>-<kind>-<member or suite>-<8 hex of the content's hash>.json`.
 * @throws {StoreError} `STORE_QUERY_INVALID` when a field cannot be logged; `STORE_LOG_UNUSABLE` when the folder cannot be
 * written.
 */
export async function logQuery(folder: string, query: EvidenceQuery): Promise<string> {
  const faults = queryFaults(query);
  if (faults.length > 0) throw invalid('The query cannot be logged', faults, 'Correct it where it is made.');
  const name = queryFile(query);
  const text = queryText(query);
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(temporary, text);
    await linkOnce(temporary, join(folder, name), text);
  } catch (cause) {
    throw unusable(folder, 'written', cause);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
  return name;
}

/** A link, unlike a rename, refuses a name that is taken. */
async function linkOnce(from: string, to: string, text: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (errorCode(error) === 'EEXIST' && (await readFile(to, 'utf8')) === text) return;
    throw error;
  }
}

/**
 * Reads every query of a log.
 *
 * @returns Sorted by time, then by file name. Empty when there is no such folder.
 * @throws {StoreError} `STORE_QUERY_INVALID`, naming every file that is not a query or is not what it was when it was
 * logged; `STORE_LOG_UNUSABLE` when the folder cannot be read.
 */
export async function readQueries(folder: string): Promise<readonly EvidenceQuery[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    if (errorCode(cause) === 'ENOENT') return [];
    throw unusable(folder, 'read', cause);
  });
  const queries: EvidenceQuery[] = [];
  const faults: string[] = [];
  for (const name of names.filter((entry) => /^[^.].*\.json$/.test(entry)).toSorted()) {
    const read = await readQuery(folder, name);
    if (typeof read === 'string') faults.push(`"${name}": ${read}`);
    else queries.push(read);
  }
  if (faults.length > 0) {
    throw invalid(`The log of evidence "${folder}" is broken`, faults, 'Restore the files from version control.');
  }
  return queries.toSorted((a, b) => (a.when < b.when ? -1 : a.when > b.when ? 1 : 0));
}

/** @returns The query, or what is wrong with the file. */
async function readQuery(folder: string, name: string): Promise<EvidenceQuery | string> {
  const text = await readFile(join(folder, name), 'utf8').catch((cause: unknown) => ({ cause }));
  return typeof text === 'string' ? parseQuery(name, text) : `it cannot be read: ${errorMessage(text.cause)}`;
}

function invalid(what: string, faults: readonly string[], next: string): StoreError {
  return new StoreError('STORE_QUERY_INVALID', `${what}: ${faults.join('; ')}.\n${next}`);
}

function unusable(folder: string, what: string, cause: unknown): StoreError {
  return new StoreError(
    'STORE_LOG_UNUSABLE',
    `The log of evidence "${folder}" cannot be ${what}: ${errorMessage(cause)}.\nA query that is not logged is not answered: make the folder usable.`,
    { cause },
  );
}
