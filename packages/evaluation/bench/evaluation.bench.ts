/**
 * Question: what does it cost to evaluate 1 million examples × 32 members?
 *
 * The yardstick is one copy of the same bit columns. All contestants take turns within one run, so that a busy machine slows
 * them alike; what is printed is the ratio of the medians, which travels between machines as milliseconds do not.
 *
 *     npm run bench -w @clamor/evaluation
 */
import { evaluate, fairShares, positiveSets, type BitColumn, type BitTable } from '../src/index.ts';
import { overlapFigures } from '../src/figures/overlaps.ts';
import { positivePlanes, positivesOf } from '../src/table/positives.ts';

const EXAMPLES = 1_000_000;
const MEMBERS = 32;
const TURNS = 9;
const RATE = { label: 0.3, positive: 0.05, silent: 0.01 };

const table = randomTable();
const columns = table.members.map((member) => member.positive);
const words = Math.ceil(EXAMPLES / 32);
const positives = positivesOf(table);
const copies = columns.map((column) => new Uint32Array(column.length));

const contestants: { readonly [name: string]: () => unknown } = {
  'copy of the bit columns (yardstick)': () => copies.map((copy, j) => copy.set(columns[j]!)),
  'any, two or more, three or more': () => positivePlanes(columns, words),
  'fair shares': () => fairShares(table),
  'all 496 overlaps': () => overlapFigures(positives),
  'positive sets': () => positiveSets(table),
  'evaluate, without a gate policy': () => evaluate(table),
  'evaluate, with it': () => evaluate(table, { gate: { lossBudget: 0.005, meritFloor: 0.9 } }),
};

const times = new Map(Object.keys(contestants).map((name) => [name, [] as number[]]));
for (let turn = 0; turn <= TURNS; turn++) {
  for (const [name, run] of Object.entries(contestants)) {
    const start = performance.now();
    run();
    // The first turn warms up.
    if (turn > 0) times.get(name)!.push(performance.now() - start);
  }
}

const yardstick = median([...times.values()][0]!);
console.log(`${EXAMPLES.toLocaleString('en')} examples × ${MEMBERS} members, median of ${TURNS} turns`);
for (const [name, samples] of times) {
  const ms = median(samples);
  console.log(`${name.padEnd(38)}${(ms / yardstick).toFixed(1).padStart(8)} ×${ms.toFixed(2).padStart(12)} ms`);
}

function median(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[samples.length >> 1]!;
}

function randomTable(): BitTable {
  const random = xorshift(20);
  const label = randomColumn(random, RATE.label);
  return {
    kind: 'bits',
    examples: EXAMPLES,
    labelledPositive: label,
    labelledNegative: label.map((word) => ~word),
    weights: null,
    members: Array.from({ length: MEMBERS }, (_, j) => {
      const positive = randomColumn(random, RATE.positive);
      const abstained = randomColumn(random, RATE.silent).map((word, w) => word & ~positive[w]!);
      return { name: `member-${j}`, positive, abstained, failed: new Uint32Array(positive.length) };
    }),
  };
}

function randomColumn(random: () => number, rate: number): BitColumn {
  const column = new Uint32Array(Math.ceil(EXAMPLES / 32));
  for (let i = 0; i < EXAMPLES; i++) if (random() < rate) column[i >>> 5]! |= 1 << (i & 31);
  return column;
}

/** Marsaglia, Xorshift RNGs, 2003: the same table in every run. */
function xorshift(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
