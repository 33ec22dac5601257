/**
 * What an encoder costs: `npm run bench -- encoder`.
 *
 * Texts of 32, 128 and 256 tokens, encoded by `@clamor/onnx` in this thread, by suites with one and two workers and with one
 * and eight members on the encoder, and by Python's onnxruntime from the token ids. All take turns within one run; every row
 * is compared with this thread by the median of the ratios of the same turn. Nothing is remembered: caches are off.
 */
import { encoder } from '@clamor/encoder-minilm';
import { loadOnnxEncoder } from '@clamor/onnx';
import { type RunningSuite, loadSuite } from '@clamor/runtime';
import { createEncoderHost } from '../src/encoder-host.ts';
import { PYTHON, type TurnTime, startPythonEncoder } from '../src/python-encoder.ts';

const TURNS = 7;
/** Lengths in tokens, and how many texts of that length a turn has: some two seconds of work on a slow core. */
const LENGTHS = [
  { tokens: 32, count: 64 },
  { tokens: 128, count: 24 },
  { tokens: 256, count: 12 },
] as const;
/** Each is one token. */
const WORDS =
  'meeting money free please account thursday order list offer click mail the of and to you we not today'.split(' ');
const MEMBERS = 8;

const single = createEncoderHost(1);
const eight = createEncoderHost(MEMBERS);
const options = { deadlineMs: 600_000, encoderDeadlineMs: 600_000, encoderCacheMb: 0 };
const suites: Record<string, RunningSuite> = {
  'suite, 1 member, 1 worker': await loadSuite({ ...options, from: single.dir, workers: 1 }),
  'suite, 1 member, 2 workers': await loadSuite({ ...options, from: single.dir, workers: 2 }),
  [`suite, ${MEMBERS} members, 1 worker`]: await loadSuite({ ...options, from: eight.dir, workers: 1 }),
};
const direct = await loadOnnxEncoder(encoder);
const context = { signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY };

for (const { tokens, count } of LENGTHS) {
  const texts = Array.from({ length: count }, (_, i) => textOf(tokens, i));
  const ids = texts.map((text) => direct.tokenIds(text));
  if (ids.some(({ length }) => length !== tokens)) throw new Error(`A text has not ${tokens} tokens.`);
  const python = await startPythonEncoder(encoder.artifact, ids);
  const rows: [string, () => Promise<TurnTime>][] = [
    ['this thread, from text', () => timed(() => direct.encode(texts, context))],
    ...(python === null
      ? []
      : [
          [`Python's onnxruntime ${python.version}, from ids`, () => python.turn()] as [
            string,
            () => Promise<TurnTime>,
          ],
        ]),
    ...Object.entries(suites).map(([name, suite]): [string, () => Promise<TurnTime>] => [
      name,
      () => timed(async () => assertScored(await suite.judge(texts.map((input, i) => ({ key: `${i}`, input }))))),
    ]),
  ];
  const times = rows.map((): TurnTime[] => []);
  for (let turn = 0; turn <= TURNS; turn++) {
    for (const [r, [, run]] of rows.entries()) {
      const time = await run();
      if (turn > 0) times[r]?.push(time); // The first turn warms up.
    }
  }
  python?.close();
  console.log(
    `${count} texts of ${tokens} tokens, medians of ${TURNS} turns      ms a text   × this thread   CPU ms a text   × CPU`,
  );
  if (new Set(texts).size < count) throw new Error('Two texts are the same, and would be encoded once.');
  for (const [r, [name]] of rows.entries()) console.log(line(name, times[r] ?? [], times[0] ?? [], count));
  if (python === null)
    console.log(`Python skipped: ${PYTHON} is not there, or has no onnxruntime; see tools/benchmarks/requirements.in.`);
}

await Promise.all([direct.close(), ...Object.values(suites).map((suite) => suite.close())]);
for (const host of [single, eight]) host.remove();

async function timed(run: () => Promise<unknown>): Promise<TurnTime> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await run();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000 };
}

function assertScored(verdicts: Awaited<ReturnType<RunningSuite['judge']>>): void {
  if (verdicts.some(({ degraded }) => degraded.length > 0)) throw new Error('A member failed.');
}

/** A text of so many tokens, another one for each seed below the square of the number of words. */
function textOf(tokens: number, seed: number): string {
  const first = [seed, Math.floor(seed / WORDS.length)];
  return Array.from({ length: tokens - 2 }, (_, i) => WORDS[(first[i] ?? i * (seed + 3)) % WORDS.length]).join(' ');
}

function line(name: string, times: readonly TurnTime[], reference: readonly TurnTime[], count: number): string {
  const ratio = (of: keyof TurnTime): string =>
    median(times.map((time, turn) => time[of] / (reference[turn]?.[of] ?? Number.NaN))).toFixed(3);
  const perText = (of: keyof TurnTime): string => (median(times.map((time) => time[of])) / count).toFixed(2);
  return `${name.padEnd(46)}${perText('ms').padStart(10)}${ratio('ms').padStart(16)}${perText('cpuMs').padStart(16)}${ratio('cpuMs').padStart(8)}`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
