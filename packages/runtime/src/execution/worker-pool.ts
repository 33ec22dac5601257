import { fileURLToPath } from 'node:url';
import { errorMessage } from '@clamor/contract';
import { Piscina } from 'piscina';
import { SOURCE_CONDITION, isRunningFromSource } from '../discovery/package-entry.ts';
import { ProgressCell, type ProgressReading, createCells } from './progress-cell.ts';
import type { WorkerSetup, WorkerTask } from './worker-protocol.ts';

/** How long a worker may stay in one activity, in milliseconds. */
export interface PoolDeadlines {
  readonly loadMs: number;
  readonly parseMs: number;
}

/** A task before it has a cell to publish its progress in. */
export type TaskRequest = WithoutCell<Extract<WorkerTask, { cell: number }>>;
type WithoutCell<Task> = Task extends unknown ? Omit<Task, 'cell'> : never;

/** A worker that was lost with its task: what it was doing last, and why it was lost. */
export interface Loss {
  readonly during: ProgressReading;
  /** `deadline`: it did not move on in time and was stopped. `crash`: it ended by itself. */
  readonly cause: 'deadline' | 'crash';
  readonly message: string;
}

/** What came of a task. */
export type TaskOutcome<Result> = { readonly result: Result } | { readonly loss: Loss };

// One that runs and one that waits, so that no worker idles between two tasks; further ones queue here.
const TASKS_PER_WORKER = 2;
const WATCH_EVERY_MS = 25;
// A worker says itself that a member is late, when it can; it is stopped only when it cannot.
const GRACE_MS = 250;

/**
 * Worker threads that each hold all members of a suite. The pool is piscina's; this adds the watch: every task publishes
 * what it is doing, and a worker that stays in one activity beyond its deadline is stopped and replaced.
 */
export class WorkerPool {
  readonly size: number;
  readonly #piscina: Piscina<WorkerTask, unknown>;
  readonly #cells: SharedArrayBuffer;
  readonly #freeCells: number[];
  readonly #waiting: ((cell: number) => void)[] = [];
  readonly #watched = new Map<number, (now: number) => void>();
  readonly #deadlines: PoolDeadlines;
  #watch: NodeJS.Timeout | undefined;

  constructor(setup: Omit<WorkerSetup, 'cells'>, size: number, deadlines: PoolDeadlines) {
    this.size = size;
    this.#deadlines = deadlines;
    const cellCount = TASKS_PER_WORKER * size;
    this.#cells = createCells(cellCount);
    this.#freeCells = Array.from({ length: cellCount }, (_, i) => i);
    this.#piscina = new Piscina({
      filename: fileURLToPath(import.meta.resolve(isRunningFromSource ? './worker.ts' : './execution/worker.js')),
      workerData: { ...setup, cells: this.#cells } satisfies WorkerSetup,
      minThreads: size,
      maxThreads: size,
      concurrentTasksPerWorker: 1,
      // A worker that waits on Atomics between tasks would stop its members' timers and sockets.
      atomics: 'disabled',
      ...(isRunningFromSource ? { execArgv: [`--conditions=${SOURCE_CONDITION}`] } : {}),
    });
    // A worker that dies between tasks has nobody to tell; the next task on it runs on its replacement.
    this.#piscina.on('error', () => {});
  }

  /** Runs one task; never rejects for what a member does. */
  async run<Result>(request: TaskRequest): Promise<TaskOutcome<Result>> {
    const index = this.#freeCells.pop() ?? (await new Promise<number>((resolve) => this.#waiting.push(resolve)));
    const cell = new ProgressCell(this.#cells, index);
    cell.publish('idle');
    const controller = new AbortController();
    this.#watchTask(index, cell, controller, request.kind === 'score' ? request.deadlineMs : 0);
    try {
      const task = { ...request, cell: index } as WorkerTask;
      return { result: (await this.#piscina.run(task, { signal: controller.signal })) as Result };
    } catch (error) {
      const during = cell.read();
      return {
        loss: { during, cause: controller.signal.aborted ? 'deadline' : 'crash', message: errorMessage(error) },
      };
    } finally {
      this.#unwatchTask(index);
    }
  }

  /** Closes the members of every worker, then the workers. */
  async close(timeoutMs: number): Promise<void> {
    const closing = Promise.allSettled(
      Array.from({ length: this.size }, () =>
        this.#piscina.run({ kind: 'close' }, { signal: AbortSignal.timeout(timeoutMs) }),
      ),
    );
    await closing;
    await this.#piscina.destroy();
  }

  #watchTask(index: number, cell: ProgressCell, controller: AbortController, scoreMs: number): void {
    const limits = {
      idle: Infinity,
      loading: this.#deadlines.loadMs,
      parsing: this.#deadlines.parseMs,
      scoring: scoreMs,
    };
    this.#watched.set(index, (now) => {
      const { activity, since } = cell.read();
      if (now - since > limits[activity] + GRACE_MS) controller.abort();
    });
    this.#watch ??= setInterval(() => {
      const now = Date.now();
      for (const look of this.#watched.values()) look(now);
    }, WATCH_EVERY_MS);
  }

  #unwatchTask(index: number): void {
    this.#watched.delete(index);
    const next = this.#waiting.shift();
    if (next === undefined) this.#freeCells.push(index);
    else next(index);
    if (this.#watched.size > 0) return;
    clearInterval(this.#watch);
    this.#watch = undefined;
  }
}
