/**
 * What running a suite costs beside calling its members: `npm run bench -- runtime`.
 *
 * Every round runs all rows in turn, so that a busy machine slows all of them; rows are compared by the median of their
 * ratios to the yardstick of the same round. The yardstick calls the members' work directly, in one thread.
 */
import { hash as cryptoHash } from 'node:crypto';
import { loadSuite } from '../src/index.ts';
import { RECORD, createHost, memberPackage, suitePackage } from '../test/host-fixture.ts';

const MEMBERS = 8;
const EXAMPLES = 2_000;
const ROUNDS = 9;
/**
 * Some 20 µs per example and member in native code. A loop in JavaScript would measure the compiler: the same loop ran at
 * two speeds in two workers, depending on when it was optimised.
 */
const WORK = "(hash, text) => Number.parseInt(hash('sha256', text.repeat(1000)).slice(0, 6), 16)";
// oxlint-disable-next-line typescript/no-implied-eval -- the members get the same source, as text
const hashText = new Function(`return ${WORK}`)() as (hash: typeof cryptoHash, text: string) => number;
const work = (text: string): number => hashText(cryptoHash, text);

/** Positive on a quarter of the examples; all members on the same, so that one of them ends the asking or none does. */
const record = { ...RECORD, threshold: 0.75 * 16 ** 6 };
const samples = [{ key: 's', input: 'x', score: work('x') }];
const load = `async () => { const { hash } = await import('node:crypto'); const work = ${WORK}; return { score: (examples) => column(examples, ({ text }) => work(hash, text)), close() {} }; }`;
const host = createHost({
  texts: suitePackage(),
  ...Object.fromEntries(
    Array.from({ length: MEMBERS }, (_, i) => [`texts-m${i}`, memberPackage(`texts-m${i}`, load, { samples, record })]),
  ),
});
const examples = Array.from({ length: EXAMPLES }, (_, i) => ({ key: `${i}`, input: `a text to judge, number ${i}` }));
const one = await loadSuite({ from: host.dir, workers: 1 });
const two = await loadSuite({ from: host.dir, workers: 2 });

let sink = 0;
const yardstick = 'the members called directly, one thread';
const rows: Record<string, () => Promise<unknown> | void> = {
  [yardstick]: () => {
    for (const { input } of examples) for (let m = 0; m < MEMBERS; m++) sink += work(input);
  },
  'judge, 1 worker': () => one.judge(examples),
  'judge, 2 workers': () => two.judge(examples),
  'judge, 1 worker, until the first positive': () => one.judge(examples, { mode: 'first', fullShare: 0 }),
  'judge, 1 worker, the same but a tenth in full': () => one.judge(examples, { mode: 'first' }),
  'judge one at a time, 1 worker (first 200)': async () => {
    for (const example of examples.slice(0, 200)) await one.judge([example]);
  },
};

const times = new Map(Object.keys(rows).map((name) => [name, [] as number[]]));
for (let round = 0; round <= ROUNDS; round++) {
  for (const [name, run] of Object.entries(rows)) {
    const start = performance.now();
    await run();
    if (round > 0) times.get(name)?.push(performance.now() - start); // The first round warms up.
  }
}
const stopped = await one.judge(examples, { mode: 'first', fullShare: 0 });
const asked = stopped.reduce((sum, { judgements }) => sum + judgements.length, 0) / EXAMPLES;
await Promise.all([one.close(), two.close()]);
host.remove();

const reference = times.get(yardstick) ?? [];
console.log(
  `${MEMBERS} members, ${EXAMPLES} examples, median of ${ROUNDS} rounds in turns (checksum ${sink.toFixed(3)})`,
);
for (const [name, measured] of times) {
  const ratios = measured.map((ms, round) => ms / (reference[round] ?? Number.NaN));
  console.log(`${name.padEnd(44)} ${median(measured).toFixed(1).padStart(9)} ms   × ${median(ratios).toFixed(2)}`);
}
console.log(
  `Until the first positive ${asked.toFixed(2)} of ${MEMBERS} members are asked; somebody is positive on a quarter.`,
);

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
