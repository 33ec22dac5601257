/**
 * The worker's side: imports the suite and its members, parses, computes features, scores. One copy per thread, each
 * with all members, so examples can be sharded and a single one can be split by member.
 */
import { workerData } from 'node:worker_threads';
import { FAILED, type FailureReason, type LoadedClassifier, type Suite, errorMessage } from '@clamor/contract';
import { importSuite } from './import-suite.ts';
import { MemberProblemError, loadMember } from './load-member.ts';
import { parseExample } from './parse-example.ts';
import { ProgressCell } from './progress-cell.ts';
import { scoreMember } from './score-member.ts';
import { trySamples } from './try-samples.ts';
import type { LoadResult, MemberLoad, MemberScores, ScoreResult, WorkerSetup, WorkerTask } from './worker-protocol.ts';

const setup = workerData as WorkerSetup;
const loads = new Map<number, Promise<MemberLoad>>();
const loaded = new Map<number, LoadedClassifier<unknown>>();
let suite: Promise<Suite> | undefined;

/** Runs one task; the pool calls it. */
export default async function runTask(task: WorkerTask): Promise<LoadResult | ScoreResult | null> {
  if (task.kind === 'close') return closeMembers();
  const cell = new ProgressCell(setup.cells, task.cell);
  try {
    return task.kind === 'load' ? await runLoad(task, cell) : await runScore(task, cell);
  } finally {
    cell.publish('idle');
  }
}

async function runLoad(task: WorkerTask & { kind: 'load' }, cell: ProgressCell): Promise<LoadResult> {
  try {
    await getSuite();
  } catch (error) {
    return { suiteProblem: errorMessage(error), loads: [] };
  }
  const results: MemberLoad[] = [];
  for (const member of task.members) results.push(await ensureLoaded(member, cell));
  return { suiteProblem: null, loads: results };
}

async function runScore(task: WorkerTask & { kind: 'score' }, cell: ProgressCell): Promise<ScoreResult> {
  const start = performance.now();
  const examples: unknown[] = [];
  const places: number[] = [];
  const unreadable = new Map<number, FailureReason>();
  for (const [i, { input }] of task.examples.entries()) {
    cell.publish('parsing', i);
    const parsed = await parseExample(await getSuite(), input);
    if ('error' in parsed) unreadable.set(i, parsed.error);
    else {
      examples.push(parsed.example);
      places.push(i);
    }
  }
  const parseTimeMs = performance.now() - start;
  Object.freeze(examples);
  const columns: MemberScores[] = [];
  for (const member of task.members) columns.push(await scoreOne(member, task, examples, places, unreadable, cell));
  return { columns, unreadable, parseTimeMs };
}

async function scoreOne(
  member: number,
  task: WorkerTask & { kind: 'score' },
  examples: readonly unknown[],
  places: readonly number[],
  unreadable: ReadonlyMap<number, FailureReason>,
  cell: ProgressCell,
): Promise<MemberScores> {
  const n = task.examples.length;
  const scores = new Float32Array(n).fill(Number.NaN);
  const status = new Uint8Array(n).fill(FAILED);
  const reasons = new Map(unreadable);
  const { problem } = await ensureLoaded(member, cell);
  const classifier = loaded.get(member);
  if (problem !== null || classifier === undefined) {
    const reason = {
      code: problem?.code ?? 'MEMBER_LOAD_FAILED',
      message: problem?.found ?? 'The member is not loaded.',
    };
    for (const place of places) reasons.set(place, reason);
    return { member, column: { scores, status, reasons }, timeMs: 0 };
  }
  cell.publish('scoring', member);
  const start = performance.now();
  const mayAbstain = setup.members[member]?.record.abstains ?? false;
  const column = await scoreMember(classifier, examples, { mayAbstain, deadline: Date.now() + task.deadlineMs });
  const timeMs = performance.now() - start;
  for (const [row, place] of places.entries()) {
    scores[place] = column.scores[row] ?? Number.NaN;
    status[place] = column.status[row] ?? FAILED;
    const reason = column.reasons.get(row);
    if (reason !== undefined) reasons.set(place, reason);
  }
  return { member, column: { scores, status, reasons }, timeMs };
}

function getSuite(): Promise<Suite> {
  suite ??= importSuite(setup.suite.entry, setup.suite.name);
  return suite;
}

function ensureLoaded(member: number, cell: ProgressCell): Promise<MemberLoad> {
  let load = loads.get(member);
  if (load === undefined) {
    cell.publish('loading', member);
    load = loadAndTry(member);
    loads.set(member, load);
  }
  return load;
}

async function loadAndTry(index: number): Promise<MemberLoad> {
  const member = setup.members[index];
  if (member === undefined) throw new RangeError(`There is no member ${index}.`);
  const deadline = Date.now() + setup.loadDeadlineMs;
  try {
    const classifier = await within(loadMember(member), deadline);
    const costMs = await within(trySamples(classifier, member, await getSuite(), deadline), deadline);
    loaded.set(index, classifier);
    return { member: index, problem: null, costMs };
  } catch (error) {
    if (error instanceof MemberProblemError) return { member: index, problem: error.problem, costMs: null };
    throw error;
  }
}

/** A promise under a deadline: an import can hang without blocking the thread. */
async function within<Value>(promise: Promise<Value>, deadline: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(loadTimeout(setup.loadDeadlineMs)), deadline - Date.now());
  });
  promise.catch(() => {}); // When the deadline wins, a later rejection belongs to nobody.
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function loadTimeout(deadlineMs: number): MemberProblemError {
  return new MemberProblemError(
    'MEMBER_LOAD_TIMEOUT',
    `no end of import, load or samples within ${deadlineMs} ms`,
    'a member that loads in time',
    'Report it to its owner, or raise loadDeadlineMs.',
  );
}

async function closeMembers(): Promise<null> {
  await Promise.allSettled([...loaded.values()].map(async (classifier) => classifier.close()));
  loaded.clear();
  loads.clear();
  return null;
}
