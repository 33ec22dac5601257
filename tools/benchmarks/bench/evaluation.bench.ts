/**
 * Question: what does it cost to measure a suite of 32 members on 10 million examples, and how does that grow?
 *
 * The yardstick is one copy of the same 32 columns of positives. Everything runs on one thread, in turns within one run; what
 * counts is the ratio of medians. Memory is measured in processes of their own. docs/speed.md says what helped.
 *
 *     npm run bench -- evaluation
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scoreColumn } from '@clamor/contract';
import { columnsToTable, countPositives, evaluate, type BitTable, type MemberColumn } from '@clamor/evaluation';
import { countFromSets, createDatabase, groupBySetAndLabel, loadSets } from '../src/duckdb-sets.ts';
import { randomTable, xorshift } from '../src/random-table.ts';
import { takeTurns } from '../src/turns.ts';

const MEMBERS = 32;
const EXAMPLES = 10_000_000;
const TURNS = 5;
/** 32 members at this rate leave 1 % of the examples positive for anyone: 1 − .99^(1/32). */
const RARE_RATE = 1 - 0.99 ** (1 / MEMBERS);
const FREQUENT_RATE = 0.05;
const SIZES = [1_000_000, 3_000_000, 10_000_000];

const size = Number(process.argv[2] ?? Number.NaN);
if (Number.isNaN(size)) await compare();
else console.log(JSON.stringify(measureOne(size)));

async function compare(): Promise<void> {
  const frequent = randomTable({ examples: EXAMPLES, members: MEMBERS, positiveRate: FREQUENT_RATE });
  const rare = randomTable({ examples: EXAMPLES, members: MEMBERS, positiveRate: RARE_RATE });
  const database = await createDatabase();
  await loadSets(database, 'frequent', frequent);
  await loadSets(database, 'rare', rare);
  assert.deepEqual(
    await countFromSets(database, 'frequent', MEMBERS),
    countsOf(frequent),
    'DuckDB counts something else',
  );
  assert.deepEqual(await countFromSets(database, 'rare', MEMBERS), countsOf(rare), 'DuckDB counts something else');
  const columns = frequent.members.map(({ positive }) => positive);
  const copies = columns.map((column) => new Uint32Array(column.length));
  const scored = { labels: labelsOf(frequent), members: randomScores() };

  const rows = await takeTurns(
    [
      { name: 'copy of the bit columns (yardstick)', run: () => copies.map((copy, j) => copy.set(columns[j]!)) },
      { name: 'bits of the columns, counted word by word', run: () => columns.map(countWords) },
      { name: 'counts and unique counts of suite and members', run: () => countPositives(frequent) },
      { name: 'everything, with fair shares and 496 pairs', run: () => evaluate(frequent) },
      { name: 'everything, 1 % positive for anyone', run: () => evaluate(rare) },
      { name: 'scores and thresholds to bit columns', run: () => columnsToTable(scored) },
      { name: 'counts and unique counts, 1 % positive', run: () => countPositives(rare) },
      { name: 'DuckDB: group by set and label', run: () => groupBySetAndLabel(database, 'frequent') },
      { name: 'DuckDB: counts and unique counts from there', run: () => countFromSets(database, 'frequent', MEMBERS) },
      { name: 'DuckDB: counts and unique counts, 1 % positive', run: () => countFromSets(database, 'rare', MEMBERS) },
    ],
    TURNS,
  );
  database.closeSync();

  const [yardstick] = rows;
  console.log(`\n${EXAMPLES.toLocaleString('en')} examples × ${MEMBERS} members, positive rate ${FREQUENT_RATE} each`);
  console.log(`${''.padEnd(48)}${'× copy'.padStart(10)}${'median ms'.padStart(12)}${'CPU ms'.padStart(12)}`);
  for (const { name, medianMs, medianCpuMs } of rows) {
    const ratio = (medianMs / yardstick!.medianMs).toFixed(1).padStart(10);
    console.log(`${name.padEnd(48)}${ratio}${medianMs.toFixed(1).padStart(12)}${medianCpuMs.toFixed(1).padStart(12)}`);
  }

  console.log('\nevaluate, by size: CPU time, best of 3, and the highest resident memory while it runs');
  for (const examples of SIZES) {
    const output = execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), `${examples}`]);
    const { ms, columnBytes, aboveBytes } = JSON.parse(output.toString()) as ReturnType<typeof measureOne>;
    const share = ((columnBytes + aboveBytes) / columnBytes).toFixed(2);
    console.log(
      `${examples.toLocaleString('en').padStart(12)} ${((ms * 1e6) / examples).toFixed(1).padStart(7)} ms per million, ${mebibytes(columnBytes)} of bit columns, ${mebibytes(aboveBytes)} above them: ${share} ×`,
    );
  }
}

/** In the order of `countFromSets`. */
function countsOf(table: BitTable): number[] {
  return countPositives(table).members.flatMap(({ own, unique }) => [
    own.falsePositives,
    unique.falsePositives,
    own.truePositives,
    unique.truePositives,
  ]);
}

/** In a process that has done nothing else: the time of `evaluate`, and its memory beyond the table. */
function measureOne(examples: number): { ms: number; columnBytes: number; aboveBytes: number } {
  const table = randomTable({ examples, members: MEMBERS, positiveRate: FREQUENT_RATE });
  // Pages of zeros that nobody has written to are not resident before the first reading.
  for (const { failed } of table.members) failed.fill(0);
  globalThis.gc?.();
  const before = resetPeak();
  const times = [1, 2, 3].map(() => {
    const start = process.cpuUsage();
    evaluate(table);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  const columnBytes = table.labelledPositive.byteLength * (2 + 3 * MEMBERS);
  const aboveBytes = peakBytes() - before;
  return { ms: Math.min(...times), columnBytes, aboveBytes };
}

/** Forgets the highest resident memory so far (Linux), and returns the present one. */
function resetPeak(): number {
  writeFileSync('/proc/self/clear_refs', '5');
  return peakBytes();
}

function peakBytes(): number {
  return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}

function countWords(column: Uint32Array): number {
  let count = 0;
  for (let w = 0; w < column.length; w++) {
    let bits = column[w]!;
    bits -= (bits >>> 1) & 0x55555555;
    bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
    count += Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}

/** Eight columns of scores are enough to be larger than any cache; four members share each, with thresholds of their own. */
function randomScores(): MemberColumn[] {
  const random = xorshift(7);
  const scored = new Uint8Array(EXAMPLES);
  const columns = Array.from({ length: 8 }, () => scoreColumn(new Float32Array(EXAMPLES).map(random), scored));
  return Array.from({ length: MEMBERS }, (_, j) => ({
    name: `member-${j}`,
    column: columns[j % columns.length]!,
    threshold: 0.95 - j / 1000,
  }));
}

function labelsOf({ examples, labelledPositive }: BitTable): (0 | 1)[] {
  return Array.from({ length: examples }, (_, i) => ((labelledPositive[i >>> 5]! >>> (i & 31)) & 1) as 0 | 1);
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
