import { fileURLToPath } from 'node:url';
import { type Piscina, queueOptionsSymbol } from 'piscina';
import { SOURCE_CONDITION, isRunningFromSource } from '../discovery/package-entry.ts';
import type { HostSetup, WorkerTask } from './worker-protocol.ts';

type PiscinaOptions = NonNullable<ConstructorParameters<typeof Piscina>[0]>;

/** What piscina is started with: workers that stay, one task each, and every task for the thread that was chosen for it. */
export function threadOptions(
  setup: HostSetup,
  { size, heapLimitMb }: { readonly size: number; readonly heapLimitMb: number },
): PiscinaOptions {
  return {
    filename: fileURLToPath(import.meta.resolve(isRunningFromSource ? './worker.ts' : './execution/worker.js')),
    workerData: setup,
    minThreads: size,
    maxThreads: size,
    idleTimeout: Infinity,
    concurrentTasksPerWorker: 1,
    // A worker that waits on Atomics between tasks would stop its members' timers and sockets.
    atomics: 'disabled',
    recordTiming: false,
    // At the limit Node ends the worker, with 16 MiB to spare: a larger young generation, promoted at once, overruns them and
    // V8 ends the whole process.
    resourceLimits: { maxOldGenerationSizeMb: heapLimitMb, maxYoungGenerationSizeMb: 8 },
    loadBalancer: (task, workers) => workers.find(({ id }) => id === chosenThread(task)) ?? null,
    ...(isRunningFromSource ? { execArgv: [`--conditions=${SOURCE_CONDITION}`] } : {}),
  };
}

/** A task for one thread and no other. */
export function aimedAt(threadId: number, task: WorkerTask): WorkerTask {
  return Object.assign(task, { [queueOptionsSymbol]: { threadId } });
}

function chosenThread(task: { readonly [queueOptionsSymbol]: object | null }): number | undefined {
  return (task[queueOptionsSymbol] as { readonly threadId: number } | null)?.threadId;
}
