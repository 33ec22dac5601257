import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { BitTable } from '@clamor/evaluation';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

const LINES = 100_000;

/** A database on one thread, as everything it is compared with runs on one. */
export async function createDatabase(): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  return await instance.connect();
}

/**
 * Loads who is positive on each example as one 32-bit number, with the label: the form that DuckDB groups fastest. For up to
 * 32 members; building that number out of a column per member is not counted against it.
 */
export async function loadSets(database: DuckDBConnection, name: string, table: BitTable): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'clamor-bench-'));
  const file = join(folder, 'sets.csv');
  const stream = createWriteStream(file);
  for (let from = 0; from < table.examples; from += LINES) {
    const lines: string[] = [];
    for (let i = from; i < Math.min(from + LINES, table.examples); i++) lines.push(lineOf(table, i));
    if (!stream.write(lines.join(''))) await once(stream, 'drain');
  }
  await finished(stream.end());
  const columns = "{'positives': 'UINTEGER', 'label': 'UTINYINT'}";
  await database.run(
    `CREATE TABLE ${name} AS FROM read_csv('${file}', header = false, auto_detect = false, columns = ${columns})`,
  );
  await rm(folder, { recursive: true });
}

function lineOf({ members, labelledPositive }: BitTable, i: number): string {
  const [w, bit] = [i >>> 5, i & 31];
  let set = 0;
  for (const [j, { positive }] of members.entries()) set |= ((positive[w]! >>> bit) & 1) << j;
  return `${set >>> 0},${(labelledPositive[w]! >>> bit) & 1}\n`;
}

/** Counts the examples of every set and label inside the database; no row of the result reaches JavaScript. */
export async function groupBySetAndLabel(database: DuckDBConnection, name: string): Promise<unknown> {
  const sets = `SELECT positives, label, count(*) AS n FROM ${name} GROUP BY positives, label`;
  return await database.runAndReadAll(`SELECT count(*), sum(n) FROM (${sets})`);
}

/**
 * The same counts that `countPositives` gives, from the sets.
 *
 * @returns Per member: own false positives, unique false positives, own true positives, unique true positives.
 */
export async function countFromSets(database: DuckDBConnection, name: string, members: number): Promise<number[]> {
  const counts = Array.from({ length: members }, (_, j) =>
    [0, 1].flatMap((label) => [
      `coalesce(sum(n) FILTER (label = ${label} AND positives >> ${j} & 1 = 1), 0)`,
      `coalesce(sum(n) FILTER (label = ${label} AND positives = ${2 ** j}), 0)`,
    ]),
  );
  const sets = `SELECT positives, label, count(*) AS n FROM ${name} GROUP BY positives, label`;
  const result = await database.runAndReadAll(`SELECT ${counts.flat().join(', ')} FROM (${sets})`);
  return result.getRows()[0]!.map(Number);
}
