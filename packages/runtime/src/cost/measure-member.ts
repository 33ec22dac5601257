import type { CheckedMember } from '../discovery/check-member.ts';
import { isRunningFromSource } from '../discovery/package-entry.ts';
import { killGroup, startDetached } from '../execution/detached-process.ts';
import type { CheckedSuite, SuiteInspection } from '../versions/inspect-suite.ts';
import { readMessage } from './measure-message.ts';
import type { MeasurePhase, MeasureProblem, MeasureResult, MeasureTask } from './measure-protocol.ts';

/** What one member costs, loaded alone in a process of its own. */
export interface MemberCost {
  /** Milliseconds to import its code. */
  readonly importMs: number;
  /** Milliseconds to load the engine that it needs, which members share; `null` when it needs none. */
  readonly engineMs: number | null;
  /** Milliseconds to load it: artifact, session, and the checks of its files. */
  readonly loadMs: number;
  /** Milliseconds for the first example, parsing not included; `null` when it brings no sample. */
  readonly firstScoreMs: number | null;
  /** Resident bytes that came with it, without the engine. A few MiB of it are noise. */
  readonly memberBytes: number;
  /** Resident bytes that came with the engine. */
  readonly engineBytes: number;
}

/** How the measuring of one member went. */
export interface MemberMeasurement {
  readonly member: string;
  readonly package: string;
  readonly version: string;
  /** Bytes of its artifact; `null` when it has none. */
  readonly artifactBytes: number | null;
  readonly cost: MemberCost | null;
  /** Why there is no cost: what went wrong, and in which step. */
  readonly problem: (MeasureProblem & { readonly phase: MeasurePhase }) | null;
  /** Bytes that it printed, which nobody asked for; what was still under way at the end is not in it. */
  readonly outputBytes: number;
}

/** What every member shares. */
export interface BaselineMeasurement {
  /** Milliseconds from starting a process to its first answer, and to import the suite. */
  readonly startMs: number;
  readonly suiteMs: number;
  /** Resident bytes of a process with the runtime and the suite, and no member. */
  readonly emptyBytes: number;
}

/** Options of {@link measureMembers}. */
export interface MeasureMembersOptions {
  /** Milliseconds that one member may take for everything; default 10,000. */
  readonly deadlineMs?: number;
  /** Ends the measuring; what runs is killed and the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called before each member. */
  readonly onMember?: (member: string) => void;
}

/**
 * Measures what each member costs in start-up and memory, one after the other, each alone in a fresh process that is killed
 * afterwards. A member that hangs, ends its process, throws or floods its output has a problem instead of a cost; the others are
 * measured all the same.
 *
 * @param inspection - As `inspectSuite` gives it; its members are measured.
 * @returns The members in their order; `baseline` is `null` when not even the suite can be imported, and then no member is measured.
 * @example
 * // const { members } = await measureMembers(await inspectSuite({ suite: 'spam' }));
 */
export async function measureMembers(
  inspection: Pick<SuiteInspection, 'name' | 'suite' | 'members'>,
  options: MeasureMembersOptions = {},
): Promise<{
  readonly baseline: BaselineMeasurement | null;
  readonly problem: MeasureProblem | null;
  readonly members: readonly MemberMeasurement[];
}> {
  const suite = contentOf(inspection.name, inspection.suite);
  const startedAt = performance.now();
  const empty = await runMeasure({ suite, member: null }, options);
  if ('problem' in empty) return { baseline: null, problem: empty.problem, members: [] };
  const { suiteMs, emptyBytes } = empty.result;
  const startMs = Math.max(0, performance.now() - startedAt - suiteMs);
  const members: MemberMeasurement[] = [];
  for (const member of inspection.members) {
    options.onMember?.(member.name);
    members.push(await measureOne(suite, member, options));
  }
  return { baseline: { startMs, suiteMs, emptyBytes }, problem: null, members };
}

const DEADLINE_MS = 10_000;

async function measureOne(
  suite: MeasureTask['suite'],
  member: CheckedMember,
  options: MeasureMembersOptions,
): Promise<MemberMeasurement> {
  const { name, package: fullName, version, dir, entry, record, contentHash } = member;
  // Alone a member loads a copy of its encoder for itself, so its cost has the encoder's in it.
  const encoder = member.encoder === null ? null : { index: 0, entry: member.encoder.entry };
  const task = { suite, member: { name, package: fullName, version, dir, entry, record, contentHash, encoder } };
  const run = await runMeasure(task, options);
  return {
    member: name,
    package: fullName,
    version,
    artifactBytes: record.artifact?.sizeBytes ?? null,
    cost: 'result' in run ? costOf(run.result) : null,
    problem: 'problem' in run ? { ...run.problem, phase: run.phase } : null,
    outputBytes: run.outputBytes,
  };
}

function costOf({ importMs, engineMs, loadMs, firstScoreMs, memberBytes, engineBytes }: MeasureResult): MemberCost {
  return { importMs, engineMs, loadMs, firstScoreMs, memberBytes, engineBytes };
}

type MeasureRun = { readonly outputBytes: number } & (
  { readonly result: MeasureResult } | { readonly problem: MeasureProblem; readonly phase: MeasurePhase }
);

async function runMeasure(
  task: Omit<MeasureTask, 'deadline'>,
  { deadlineMs = DEADLINE_MS, signal }: MeasureMembersOptions,
): Promise<MeasureRun> {
  signal?.throwIfAborted();
  const file = isRunningFromSource ? './measure-process.ts' : './cost/measure-process.js';
  const child = startDetached(import.meta.resolve(file), ['--expose-gc']);
  let outputBytes = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (outputBytes += chunk.byteLength));
  }
  let phase: MeasurePhase = 'start';
  const ended = Promise.withResolvers<{ result: MeasureResult } | { problem: MeasureProblem }>();
  child.on('message', (sent: unknown) => {
    const message = readMessage(sent);
    if (message?.kind === 'phase') phase = message.phase;
    else if (message !== null) ended.resolve(message);
  });
  child.once('error', (error) => ended.resolve({ problem: { code: 'MEMBER_CRASHED', message: error.message } }));
  child.once('exit', (code, by) => ended.resolve({ problem: crashed(code, by) }));
  const timer = setTimeout(() => ended.resolve({ problem: late(deadlineMs) }), deadlineMs);
  const abort = (): void => ended.reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    child.send({ ...task, deadline: Date.now() + deadlineMs } satisfies MeasureTask, () => {});
    const end = await ended.promise;
    return 'result' in end ? { result: end.result, outputBytes } : { problem: end.problem, phase, outputBytes };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    await killGroup(child);
  }
}

function crashed(code: number | null, signal: NodeJS.Signals | null): MeasureProblem {
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
  return { code: 'MEMBER_CRASHED', message: `its process ended ${how}` };
}

function late(deadlineMs: number): MeasureProblem {
  return { code: 'MEMBER_LOAD_TIMEOUT', message: `no end within ${deadlineMs} ms; its process was killed` };
}

function contentOf(name: string, { package: { dir }, entry, contentHash }: CheckedSuite): MeasureTask['suite'] {
  return { name, dir, entry, contentHash };
}
