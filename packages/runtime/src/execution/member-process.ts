/**
 * A process's side: one host with the one member that runs in this process.
 */
import { Worker } from 'node:worker_threads';
import { MemberHost } from './member-host.ts';
import type { Activity } from './progress-cell.ts';
import { surviveUncaught } from './uncaught.ts';
import type { LoadResult, ScoreResult, WorkerMessage, WorkerTask } from './worker-protocol.ts';

const send = process.send?.bind(process);
let host: MemberHost | undefined;

/** Runs one task; the pool calls it. The first one is a `load` task with the setup. */
export default async function runTask(task: WorkerTask): Promise<LoadResult | ScoreResult | null> {
  if (task.kind === 'load') {
    if (task.setup !== undefined) host ??= new MemberHost(task.setup, { publish });
    return hostOf().load(task.members);
  }
  if (task.kind === 'score') {
    tellsAll = task.careful;
    return hostOf().score(task);
  }
  await hostOf().close();
  return null;
}

function hostOf(): MemberHost {
  if (host === undefined) throw new Error('The first task of a process brings its setup.');
  return host;
}

let last: Activity = 'idle';
let tellsAll = false;

/** A message is dear: unless it is asked for, it tells that examples are being parsed, and not which (−1). */
function publish(activity: Activity, index = 0): void {
  const told = activity === 'parsing' && !tellsAll ? -1 : index;
  if (tellsAll || activity !== last) tell({ kind: 'progress', activity, index: told });
  last = activity;
}

function tell(message: WorkerMessage): void {
  send?.(message);
}

surviveUncaught(() => host, tell);

// Without its host nobody wants what it does. A member that blocks the main thread would outlive a host that was killed, so another
// thread looks who the parent is.
const watchHost = `setInterval(() => {
  if (process.ppid !== ${process.ppid}) process.kill(process.pid, 'SIGKILL');
}, 1000)`;
new Worker(watchHost, {
  eval: true,
  resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
}).unref();
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
