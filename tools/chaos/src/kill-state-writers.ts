import { createRandom, type Random } from '@clamor/evaluation';
import { type AuditEntry, readAuditLog, StateStore, type SuiteState } from '@clamor/runtime';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Options of {@link killStateWriters}. */
export interface KillStateWritersOptions {
  /** The state directory; empty or not there. */
  readonly dir: string;
  /** How often all writers are killed, ≥ 1. */
  readonly kills: number;
  /** A whole number from 1 to 2³² − 1. */
  readonly seed: number;
  /** Processes that write at once, ≥ 1; default 2. */
  readonly writers?: number;
}

/** What was found. */
export interface StateKills {
  readonly kills: number;
  /** Changes that writers were told are made. */
  readonly acknowledged: number;
  /** Changes in the log at the end: those, and what was killed between the log and the acknowledgement. */
  readonly logged: number;
  /** Kills that left a line which does not end. */
  readonly tornLines: number;
  /** Kills that left a state.json one change behind the log. */
  readonly filesBehind: number;
  /** Everything that was lost, half-written or out of order; empty when what is promised holds. */
  readonly problems: readonly string[];
}

const WRITER = fileURLToPath(new URL('state-writer.ts', import.meta.url));
/** Changes that are acknowledged before a kill: from none, so that opening is hit too. */
const MOST_CHANGES = 12;
/** Longer than a change takes on a slow disk, so that a kill may hit any part of one. */
const LONGEST_WAIT_MS = 30;

/**
 * Kills processes that change a state directory, again and again, at moments drawn from a seed, and looks at what is left.
 *
 * After every kill: state.json can be read and is the state after the last change or before it; once opened, every change
 * that was acknowledged is in the log under its revision, numbers have no gap, every state follows from the one before,
 * and state.json says what the log says.
 */
export async function killStateWriters(options: KillStateWritersOptions): Promise<StateKills> {
  const { dir, kills, seed, writers = 2 } = options;
  const random = createRandom(seed);
  const acknowledged = new Map<number, string>();
  const problems: string[] = [];
  const left = { logged: 0, tornLines: 0, filesBehind: 0 };
  for (let kill = 1; kill <= kills; kill++) {
    const note = (problem: string): number => problems.push(`kill ${kill}: ${problem}`);
    await writeUntilKilled(dir, { writers, random, acknowledged, note });
    try {
      await lookAtWhatIsLeft(dir, left, { acknowledged, note });
    } catch (error) {
      note(`the directory cannot be opened: ${String(error)}`);
      break;
    }
  }
  return { kills, acknowledged: acknowledged.size, ...left, problems };
}

async function lookAtWhatIsLeft(
  dir: string,
  left: { logged: number; tornLines: number; filesBehind: number },
  { acknowledged, note }: Pick<Run, 'acknowledged' | 'note'>,
): Promise<void> {
  const state = readJson(read(join(dir, 'state.json')), note);
  const text = read(join(dir, 'audit.jsonl')) ?? '';
  if (text !== '' && !text.endsWith('\n')) left.tornLines += 1;
  await using store = await StateStore.open({ dir, slots: [], watch: false });
  const log = await readAuditLog(dir);
  left.logged = log.length;
  if (state !== null && sameText(state, log.at(-1)?.before)) left.filesBehind += 1;
  else if (state !== null && !sameText(state, log.at(-1)?.after)) note('state.json was neither old nor new');
  checkLog(log, acknowledged, note);
  const opened = readJson(read(join(dir, 'state.json')), note);
  if (log.length > 0 && !sameText(opened, store.current)) note('state.json is not the state after opening');
  if (store.refusal !== null) note(`refused: ${store.refusal.message}`);
}

interface Run {
  readonly writers: number;
  readonly random: Random;
  /** Revision → why, of every change that was acknowledged. */
  readonly acknowledged: Map<number, string>;
  readonly note: (problem: string) => void;
}

async function writeUntilKilled(dir: string, { writers, random, acknowledged, note }: Run): Promise<void> {
  const changes = Math.floor(random() * MOST_CHANGES);
  const waitMs = random() * LONGEST_WAIT_MS;
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  let seen = 0;
  const running = Array.from({ length: writers }, (_, w) => {
    const child = spawn(process.execPath, ['--conditions=@clamor/source', WRITER, dir, `writer-${w}`], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = endOf(child, (line) => {
      const [revision = '', ...why] = line.split(' ');
      if (acknowledged.has(Number(revision))) note(`revision ${revision} was acknowledged twice`);
      acknowledged.set(Number(revision), why.join(' '));
      seen += 1;
      if (seen >= changes) resolve();
    });
    return { child, ended };
  });
  const anyEnd = Promise.race(running.map(({ ended }) => ended));
  await Promise.race([changes === 0 ? Promise.resolve() : enough, anyEnd]);
  await wait(waitMs);
  for (const { child } of running) child.kill('SIGKILL');
  for (const message of await Promise.all(running.map(({ ended }) => ended))) if (message !== '') note(message);
}

/** Reads a writer's lines to the last; resolves with what it complained about, which is nothing when it was killed. */
async function endOf(child: ChildProcess, onLine: (line: string) => void): Promise<string> {
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  if (child.stdout !== null) createInterface(child.stdout).on('line', onLine);
  await new Promise((resolve) => child.once('close', resolve));
  return child.signalCode === 'SIGKILL' ? '' : `a writer ended by itself: ${complaint}`;
}

function checkLog(log: readonly AuditEntry[], acknowledged: ReadonlyMap<number, string>, note: Run['note']): void {
  const whys = new Map(log.map((entry) => [entry.after.revision, entry.why]));
  for (const [revision, why] of acknowledged) {
    if (whys.get(revision) !== why)
      note(`revision ${revision} was acknowledged as "${why}", and is ${whys.get(revision)}`);
  }
  for (const [i, { seq, before, after }] of log.entries()) {
    if (seq !== i + 1) note(`entry ${i + 1} has the number ${seq}`);
    if (i > 0 && !sameText(before, log[i - 1]?.after)) note(`entry ${seq} does not follow from the one before`);
    if (after.revision !== before.revision + 1) note(`entry ${seq} goes from ${before.revision} to ${after.revision}`);
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null; // No change came as far as this file.
  }
}

function readJson(text: string | null, note: Run['note']): SuiteState | null {
  if (text === null) return null;
  try {
    return JSON.parse(text) as SuiteState;
  } catch {
    note(`state.json is half-written: ${text}`);
    return null;
  }
}

function sameText(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
