import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createRandom } from '@clamor/evaluation';
import { type LoadSuiteOptions, type RunningSuite, loadSuite } from '@clamor/runtime';
import { type Traffic, type Workplace, noTraffic, runBatchClient, runOnlineClient } from './clients.ts';
import { SOUND } from './examples.ts';
import { castFaults } from './cast.ts';
import { FAULTS, type Fault } from './faults.ts';
import { type Reading, readGauge, settledGauge } from './gauge.ts';
import { Inspector } from './inspector.ts';
import { Operator, type OperatorCounts } from './operator.ts';
import { askSound } from './oracle.ts';
import { quantiles, runViolations } from './run-violations.ts';
import { drawTexts } from './texts.ts';

/** Options of {@link runLong}. */
export interface LongRunOptions {
  /** Folder of a host that has everything installed, as `installHost` makes it. */
  readonly host: string;
  readonly seconds: number;
  /** A whole number ≥ 1. What is drawn is the same for the same seed; how threads interleave is not. */
  readonly seed: number;
  /** Faults that take part; default all that show on examples. */
  readonly faults?: readonly Fault[];
  /** Called about once per second. */
  readonly onProgress?: (progress: Progress) => void;
}

/** How far a run is. */
export interface Progress {
  readonly secondsDone: number;
  readonly verdicts: number;
  readonly violations: number;
}

/** A promise that was not kept. */
export interface Violation {
  readonly what: string;
  readonly count: number;
  /** The key of the first example, or whoever saw it. */
  readonly first: string;
}

/** What came of a run. */
export interface LongRunReport {
  readonly seconds: number;
  readonly seed: number;
  readonly deadlineMs: number;
  readonly verdicts: number;
  readonly traffic: Omit<Traffic, 'latenciesMs'>;
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly operator: OperatorCounts;
  readonly sound: { readonly judgements: number; readonly late: number };
  /** Times each fault was judged so: fault → positive, negative or the code of the failure → count. */
  readonly outcomes: { readonly [fault: string]: { readonly [outcome: string]: number } };
  readonly before: Reading;
  /** About one per second while it ran. */
  readonly during: readonly Reading[];
  readonly after: Reading;
  /** Empty when everything that is promised was kept. */
  readonly violations: readonly Violation[];
}

const DEADLINE_MS = 1000;
const ONLINE_CLIENTS = 4;
const TEXTS = 1000;
const SOUND_PACKAGES = [...SOUND, 'cash-next'].map((name) => `texts-${name}`);

/**
 * Runs a suite under load for a while, with hostile members coming and going, and holds every verdict against what is known
 * without the runtime.
 */
export async function runLong(options: LongRunOptions): Promise<LongRunReport> {
  const { host, seed, seconds } = options;
  const random = createRandom(seed);
  const cast = castFaults(options.faults ?? FAULTS, random);
  const dir = join(host, `run-${seed}`);
  mkdirSync(dir);
  const declare = (members: readonly string[]): void => declarePackages(dir, members);
  declare([...SOUND, ...cast.switched, ...cast.unloadable]);
  const load = (): Promise<RunningSuite> => loadSuite(suiteOptions(dir, [...cast.switched, ...cast.unloadable]));
  const texts = drawTexts(random, TEXTS);
  const inspector = new Inspector(await askSound(host, SOUND_PACKAGES, texts), options.faults ?? FAULTS);
  try {
    // What is started once and stays, whoever runs: compiled code, threads of the file system.
    await (await load()).close();
    const before = readGauge();
    const suite = await load();
    const operator = new Operator({ suite, inspector, random: createRandom(seed + 1), declare, sound: SOUND, ...cast });
    const traffic = noTraffic();
    const closing = AbortSignal.timeout(seconds * 1000);
    const workplace: Workplace = { suite, inspector, texts, revision: () => operator.revision, closing, traffic };
    const online = Array.from({ length: ONLINE_CLIENTS }, (_, i) =>
      runOnlineClient(`online-${i}`, createRandom(seed + 2 + i), workplace),
    );
    const batch = runBatchClient('batch', createRandom(seed + 2 + ONLINE_CLIENTS), workplace);
    const watch = watchGauge(closing, inspector, options);
    const until = { closing, inspector };
    await Promise.all([
      ...online.map((client) => expectEnd(() => 'an online request', client, until)),
      expectEnd(() => 'a batch request', batch, until),
      expectEnd(() => operator.doing, operator.run(closing), until),
    ]);
    await expectEnd(() => 'the close of the suite', suite.close(), until);
    inspector.end();
    const report = {
      seconds,
      seed,
      deadlineMs: DEADLINE_MS,
      verdicts: inspector.verdictCount,
      traffic: { online: traffic.online, batch: traffic.batch },
      latencyMs: quantiles(traffic.latenciesMs),
      operator: operator.counts,
      sound: inspector.sound,
      outcomes: Object.fromEntries(
        [...inspector.outcomes].map(([fault, counts]) => [fault, Object.fromEntries(counts)]),
      ),
      before,
      during: await watch,
      after: await settledGauge(before),
    };
    for (const violation of runViolations(report)) inspector.report(violation, 'at the end');
    return { ...report, violations: [...inspector.violations].map(([what, seen]) => ({ what, ...seen })) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function suiteOptions(from: string, off: readonly string[]): LoadSuiteOptions {
  return {
    from,
    modes: Object.fromEntries(off.map((member) => [member, 'off' as const])),
    deadlineMs: DEADLINE_MS,
    loadDeadlineMs: 2500,
    workers: 2,
    // Deadlines of streams count per example: a member that hangs takes a quarter of a deadline for each example of a batch.
    batchSize: 8,
  };
}

/** The package.json of the host as an install or uninstall would leave it; what it declares stands in a folder above. */
function declarePackages(dir: string, members: readonly string[]): void {
  const names = ['texts', ...SOUND_PACKAGES, ...members.map((member) => `texts-${member}`)];
  const dependencies = Object.fromEntries(names.map((name) => [name, '*']));
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ name: 'host', version: '1.0.0', dependencies }));
}

// A stream whose batches all run into their deadlines one after the other ends before this.
const END_MS = 45_000;

/** Waits for work that ends soon after it is time to; what does not is reported, not waited for. */
async function expectEnd(
  what: () => string,
  work: Promise<unknown>,
  { closing, inspector }: { closing: AbortSignal; inspector: Inspector },
): Promise<void> {
  const ended = new AbortController();
  const isLate = (async () => {
    if (!closing.aborted) await once(closing, 'abort', ended);
    await wait(END_MS, undefined, ended);
    inspector.report(`${what()} never ended`, 'at the end');
  })().catch(() => {});
  await Promise.race([work, isLate]);
  ended.abort();
}

async function watchGauge(
  closing: AbortSignal,
  inspector: Inspector,
  { onProgress }: LongRunOptions,
): Promise<Reading[]> {
  const readings: Reading[] = [];
  const start = performance.now();
  while (!closing.aborted) {
    await wait(1000, undefined, { signal: closing }).catch(() => {});
    if (!closing.aborted) readings.push(readGauge());
    const secondsDone = (performance.now() - start) / 1000;
    onProgress?.({ secondsDone, verdicts: inspector.verdictCount, violations: inspector.violations.size });
  }
  return readings;
}
