import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** What this process holds, by kind: `threads`, `children`, `files`, and each kind of handle that Node knows of. */
export type Resources = { readonly [kind: string]: number };

/** Counts what this process holds right now. Threads, children and files are counted where there is a /proc. */
export function countResources(): Resources {
  const handles = Map.groupBy(process.getActiveResourcesInfo(), (kind) => kind);
  return {
    ...Object.fromEntries([...handles].map(([kind, found]) => [`handles: ${kind}`, found.length])),
    threads: entries('/proc/self/task').length,
    children: childPids().length,
    files: entries('/proc/self/fd').length,
  };
}

/** The processes that this one has started and that have not ended. */
function childPids(): string[] {
  return entries('/proc/self/task').flatMap((thread) =>
    read(`/proc/self/task/${thread}/children`)
      .split(' ')
      .filter((pid) => pid !== ''),
  );
}

const SETTLE_MS = 10_000;

/**
 * What a piece of work leaves behind: the kinds of which there is more after several runs than there was after the first, which
 * alone fills pools and caches. Waits for threads and processes that are about to end.
 */
export async function leftBehind(work: () => Promise<unknown>, runs = 3): Promise<Resources> {
  await work();
  const before = await settled();
  for (let i = 1; i < runs; i++) await work();
  const until = Date.now() + SETTLE_MS;
  let more = surplus(before, countResources());
  while (Object.keys(more).length > 0 && Date.now() < until) {
    await delay(20);
    more = surplus(before, countResources());
  }
  return more;
}

/** Counts again until nothing changes any more. */
async function settled(): Promise<Resources> {
  let last = countResources();
  for (let calm = 0; calm < 5;) {
    await delay(20);
    const now = countResources();
    calm = JSON.stringify(now) === JSON.stringify(last) ? calm + 1 : 0;
    last = now;
  }
  return last;
}

function surplus(before: Resources, after: Resources): Resources {
  const kinds = Object.entries(after).map(([kind, count]) => [kind, count - (before[kind] ?? 0)] as const);
  return Object.fromEntries(kinds.filter(([, more]) => more > 0));
}

function entries(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
