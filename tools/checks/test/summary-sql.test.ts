import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluate, type JudgementTable, mergeSummaries, type SliceColumn, summarise } from '@clamor/evaluation';
import { readSummary } from '@clamor/store';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../src/postgres-server.ts';
import { readDocument } from '../src/readme.ts';

type Judgement = JudgementTable['members'][number]['judgements'][number];

const MEMBERS = ['headers', 'urls', 'words'];
const EXAMPLES = 500;

/** A table with everything: weights that sum exactly, labels not known, abstentions, failures, slices and none. */
const { table, slice } = makeTable();
const folder = mkdtempSync(join(tmpdir(), 'clamor-summary-'));
beforeAll(writeFiles);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the SQL of docs/summary.md', { tags: ['slow'] }, () => {
  it('makes in DuckDB, from files, a summary with the figures of the same examples', async () => {
    await runDuckDb([...sqlBlocks('duckdb before'), ...sqlBlocks('summary'), ...sqlBlocks('duckdb after')]);
    await expectSameFigures('summary.parquet');
  });

  it('makes it from a column per member', async () => {
    const wide = `CREATE TABLE wide AS FROM 'wide.csv';`;
    const steps = [...sqlBlocks('wide before'), ...sqlBlocks('summary'), ...sqlBlocks('duckdb after')];
    await runDuckDb([wide, ...steps]);
    await expectSameFigures('summary.parquet');
  });

  it('makes it in PostgreSQL, from rows and from a column per member', async ({ skip }) => {
    const server = await startPostgres();
    if (typeof server === 'string') return skip(server);
    try {
      for (const source of ['postgresql before', 'wide before']) {
        const steps = [...sqlBlocks(source), ...sqlBlocks('summary'), ...sqlBlocks('postgresql after')];
        writeFileSync(join(folder, 'summary.csv'), server.run([POSTGRES_TABLES, ...steps].join('\n'), folder));
        await expectSameFigures('summary.csv');
      }
    } finally {
      await server.stop();
    }
  });
});

/** Temporary, so that each session has its own. */
const POSTGRES_TABLES = `
  SET search_path = pg_temp;
  SET client_min_messages = warning;
  CREATE TABLE mails (key text, label smallint, weight double precision, language text);
  CREATE TABLE mail_judgements (key text, member text, judgement text);
  CREATE TABLE wide (key text, label smallint, weight double precision, language text, ${MEMBERS.map((name) => `${name} text`).join(', ')});
  \\copy mails FROM 'examples.csv' CSV HEADER
  \\copy mail_judgements FROM 'judgements.csv' CSV HEADER
  \\copy wide FROM 'wide.csv' CSV HEADER
`;

async function expectSameFigures(file: string): Promise<void> {
  const options = { required: ['urls'], gate: { lossBudget: 0.01, meritFloor: 0.9 } };
  const summary = await readSummary(join(folder, file));
  expect(mergeSummaries(summary)).toEqual(summarise(table, { slice }));
  expect(evaluate(summary, options)).toEqual(evaluate(table, options));
}

/** The blocks of the document whose fence says \`\`\`sql and these words. */
function sqlBlocks(words: string): string[] {
  const { text } = readDocument('docs/summary.md');
  const blocks = [...text.matchAll(/^```sql (.*)\n([\s\S]*?)^```$/gm)].filter((match) => match[1] === words);
  expect(blocks, `a block \`\`\`sql ${words}`).toHaveLength(1);
  return blocks.map((match) => match[2]!);
}

async function runDuckDb(steps: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    // Files are named as in a session that was started in their folder.
    for (const step of steps) await connection.run(step.replaceAll(/'(\w+\.(?:csv|parquet))'/g, `'${folder}/$1'`));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function makeTable(): { table: JudgementTable; slice: SliceColumn } {
  return {
    table: {
      labels: pick([1, 0, 0, null] as const, 0),
      weights: pick([0.5, 1, 2.25], 1),
      members: MEMBERS.map((name, j) => ({
        name,
        judgements: pick<Judgement>([1, 0, 0, 0, null, 'failed'], j + 2),
      })),
    },
    slice: { name: 'slice', values: pick(['de', 'en', null], 5) },
  };
}

/** One of some choices for every example, spread by multiplication (Knuth, TAOCP vol. 3, §6.4): the same in every run. */
function pick<T>(choices: readonly T[], salt: number): T[] {
  return Array.from({ length: EXAMPLES }, (_, i) => {
    const share = (Math.imul(i * 8 + salt + 1, 2654435761) >>> 0) / 2 ** 32;
    return choices[Math.floor(share * choices.length)]!;
  });
}

async function writeFiles(): Promise<void> {
  const examples = table.labels.map((label, i) => [`k${i}`, label, table.weights![i]!, slice.values[i]!]);
  writeCsv('examples.csv', ['key', 'label', 'weight', 'language'], examples);
  writeCsv(
    'judgements.csv',
    ['key', 'member', 'judgement'],
    table.members.flatMap(({ name, judgements }) => judgements.map((judgement, i) => [`k${i}`, name, judgement])),
  );
  writeCsv(
    'wide.csv',
    ['key', 'label', 'weight', 'language', ...MEMBERS],
    examples.map((example, i) => [...example, ...table.members.map(({ judgements }) => judgements[i]!)]),
  );
  await runDuckDb(
    ['examples', 'judgements'].map((name) => `COPY (FROM '${name}.csv') TO '${name}.parquet' (FORMAT parquet);`),
  );
}

function writeCsv(
  name: string,
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): void {
  writeFileSync(join(folder, name), [header, ...rows].map((row) => `${row.join(',')}\n`).join(''));
}
