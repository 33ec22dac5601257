import { link, readFile, readdir, stat, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { RuntimeError } from '../errors.ts';
import { ignoreMissing } from './durable-files.ts';
import { type ProcessIdentity, isAlive, ownIdentity } from './process-identity.ts';

const RETRY_MS = 5;
/** How old the lock of a process that cannot be looked at (another container or machine) must be to count as left behind. */
const FOREIGN_STALE_MS = 30_000;

/**
 * Runs work while no other process and no other call holds the lock of a folder.
 *
 * The lock is the file `lock.N` with the highest N. It names the process that holds it and is empty when nobody does; a
 * process that died does not hold it. Whoever wants it creates `lock.N+1`, which only one can. So, unlike with a lock that is
 * deleted and made anew, two processes that find the same lock left behind cannot both take it.
 *
 * @param timeoutMs - How long to wait for whoever holds it.
 * @throws {RuntimeError} `STATE_LOCKED` when it was held all the time; `STATE_IO_FAILED`
 */
export async function withLock<Result>(
  dir: string,
  work: () => Promise<Result>,
  { timeoutMs }: { timeoutMs: number },
): Promise<Result> {
  const file = await acquire(dir, timeoutMs);
  try {
    return await work();
  } finally {
    await truncate(file).catch(ignoreMissing);
  }
}

async function acquire(dir: string, timeoutMs: number): Promise<string> {
  const own = await ownIdentity();
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const generation = (await generations(dir))[0] ?? 0;
    const holder = await holderOf(join(dir, `lock.${generation}`), own);
    if (holder === null && (await claim(dir, generation + 1, own))) return join(dir, `lock.${generation + 1}`);
    if (performance.now() > deadline) throw lockedError(dir, generation, holder);
    if (holder !== null) await wait(RETRY_MS);
  }
}

/** Who holds a lock; `null` when it is free: not there, let go of, or left behind by a process that died. */
async function holderOf(file: string, own: ProcessIdentity): Promise<ProcessIdentity | null> {
  const text = await readFile(file, 'utf8').catch(ignoreMissing);
  if (text === undefined || text === '') return null;
  const holder = parseHolder(text);
  const alive = await isAlive(holder, own);
  if (alive !== null) return alive ? holder : null;
  return (await ageMs(file)) > FOREIGN_STALE_MS ? null : holder;
}

/** After a power cut the name of a lock may be there and what was in it not: nobody can tell then whose it is. */
function parseHolder(text: string): ProcessIdentity {
  try {
    return JSON.parse(text) as ProcessIdentity;
  } catch {
    return { pid: 0, started: null, place: 'a place that the file does not say' };
  }
}

let claims = 0;

/**
 * Takes one generation of the lock; it is held only if no higher one exists.
 *
 * @returns Whether it is held now.
 */
export async function claim(dir: string, generation: number, own: ProcessIdentity): Promise<boolean> {
  const file = join(dir, `lock.${generation}`);
  // A link gives the file its name and its content at once: nobody ever sees a lock that does not say whose it is.
  const draft = join(dir, `lock-${process.pid}-${++claims}.draft`);
  await writeFile(draft, JSON.stringify(own));
  const claimed = await link(draft, file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
  await unlink(draft);
  if (!claimed) return false;
  const all = await generations(dir);
  // Somebody who read the folder long ago may claim a generation that was passed and swept since.
  if (all[0] !== generation) {
    await unlink(file).catch(ignoreMissing);
    return false;
  }
  await sweep(dir, generation);
  return true;
}

/** Removes locks that were passed, and drafts of processes that died before they could. */
async function sweep(dir: string, generation: number): Promise<void> {
  for (const name of await readdir(dir)) {
    const passed = /^lock\.(\d+)$/.exec(name)?.[1];
    const isOld = passed === undefined ? await isLeftDraft(dir, name) : Number(passed) < generation;
    if (isOld) await unlink(join(dir, name)).catch(ignoreMissing);
  }
}

async function isLeftDraft(dir: string, name: string): Promise<boolean> {
  return /^lock-.*\.draft$/.test(name) && (await ageMs(join(dir, name))) > FOREIGN_STALE_MS;
}

async function ageMs(file: string): Promise<number> {
  const { mtimeMs } = (await stat(file).catch(ignoreMissing)) ?? { mtimeMs: Date.now() };
  return Date.now() - mtimeMs;
}

/** The generations that are there, highest first. */
async function generations(dir: string): Promise<number[]> {
  const names = await readdir(dir);
  return names
    .flatMap((name) => /^lock\.(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => b - a);
}

function lockedError(dir: string, generation: number, holder: ProcessIdentity | null): RuntimeError {
  const who = holder === null ? 'others in turn' : `process ${holder.pid} on ${holder.place}`;
  return new RuntimeError(
    'STATE_LOCKED',
    `${join(dir, `lock.${generation}`)} is held by ${who}. Try again; if that process hangs, end it, and if its machine is gone, delete the file.`,
  );
}
