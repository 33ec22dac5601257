/**
 * A worker thread's side: one host with all members of a suite that run in threads, so that examples can be sharded over workers
 * and a single one can be split by member.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { MemberHost } from './member-host.ts';
import { limitedOutput } from './output-limit.ts';
import { ProgressCell } from './progress-cell.ts';
import { surviveUncaught } from './uncaught.ts';
import type { HostSetup, LastPart, LoadResult, ScoreResult, WorkerMessage, WorkerTask } from './worker-protocol.ts';

let cell: ProgressCell | undefined;
let host: MemberHost | undefined;

/** Runs one task; the pool calls it. The first one is a `load` task with the memory that the worker publishes in. */
export default async function runTask(task: WorkerTask): Promise<LoadResult | LastPart | null> {
  if (task.kind === 'load') {
    cell ??= new ProgressCell(task.memory);
    host ??= new MemberHost(workerData as HostSetup, cell);
    return host.load(task.members);
  }
  if (host === undefined || cell === undefined) throw new Error('The first task of a worker loads members.');
  if (task.kind === 'close') {
    await host.close();
    return null;
  }
  const { id } = task;
  let partsBefore = 0;
  const onPart = (part: ScoreResult): void => {
    partsBefore += 1;
    tell({ kind: 'part', task: id, part });
  };
  const result = await host.score(task, { onPart, isOver: cell.isGivenUp.bind(cell, id) });
  return { ...result, partsBefore };
}

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message); // oxlint-disable-line unicorn/require-post-message-target-origin -- a port, not a window
}

surviveUncaught(() => host, tell);

// Who ends the worker says so first: the pool only sees that it ended.
const exit = process.exit.bind(process);
process.exit = (code) => {
  if (host?.caller !== undefined) cell?.blame(host.caller);
  return exit(code);
};

// Whatever members print goes to stderr, a bounded part of it: stdout is the host's, and may be read by a program.
const print = limitedOutput(process.stderr.write.bind(process.stderr));
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk: Uint8Array | string, ...rest: unknown[]): boolean => {
    print(chunk);
    const done = rest.find((argument) => typeof argument === 'function');
    if (done !== undefined) process.nextTick(done);
    return true;
  };
}
