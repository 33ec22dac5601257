import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a process holds at one moment. */
export interface Reading {
  /** Megabytes of the main heap that are alive, after a full collection. */
  readonly heapMb: number;
  /** Megabytes of memory of the process, all threads together. */
  readonly rssMb: number;
  /** Timers, sockets, ports and whatever else keeps the process alive, by kind. */
  readonly handles: { readonly [kind: string]: number };
  /** Threads of the process; `null` where the system does not tell. */
  readonly threads: number | null;
  /** Processes that it started and that are still there; `null` where the system does not tell. */
  readonly children: number | null;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Collects garbage, then reads. */
export function readGauge(): Reading {
  collectGarbage();
  return {
    heapMb: getHeapStatistics().used_heap_size / 2 ** 20,
    rssMb: process.memoryUsage.rss() / 2 ** 20,
    handles: count(process.getActiveResourcesInfo()),
    threads: list('/proc/self/task')?.length ?? null,
    children: children(),
  };
}

const SETTLE_MS = 5000;

/** Reads again and again until nothing is held that was not held before, or for five seconds: what ends may take a moment. */
export async function settledGauge(before: Reading): Promise<Reading> {
  const start = performance.now();
  for (;;) {
    const reading = readGauge();
    if (!holdsMore(reading, before) || performance.now() - start > SETTLE_MS) return reading;
    await wait(100);
  }
}

function holdsMore(reading: Reading, before: Reading): boolean {
  const more = Object.entries(reading.handles).some(([kind, held]) => held > (before.handles[kind] ?? 0));
  return more || (reading.threads ?? 0) > (before.threads ?? 0) || (reading.children ?? 0) > (before.children ?? 0);
}

function children(): number | null {
  const threads = list('/proc/self/task');
  if (threads === null) return null;
  return threads.flatMap((thread) => read(`/proc/self/task/${thread}/children`).split(' ').filter(Boolean)).length;
}

function list(dir: string): string[] | null {
  try {
    return readdirSync(dir);
  } catch {
    return null;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // A thread that ended in between.
  }
}

function count(kinds: readonly string[]): { [kind: string]: number } {
  const counts: { [kind: string]: number } = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
