import type { ChildProcess } from 'node:child_process';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { errorMessage } from '@clamor/contract';
import { Tinypool } from 'tinypool';
import { SOURCE_CONDITION, isRunningFromSource } from '../discovery/package-entry.ts';
import { type Culprit, culpritOf } from './culprit.ts';
import { inheritedArguments } from './inherited-arguments.ts';
import { limitedOutput } from './output-limit.ts';
import type { ProgressReading } from './progress-cell.ts';
import type { ActivityLimits, Watch } from './watch.ts';
import { within } from './within.ts';
import type { WorkerMessage, WorkerTask } from './worker-protocol.ts';
import type { Outcome } from './workplace.ts';

const PIPES_TIMEOUT_MS = 200;

/** Options of {@link ProcessSeat}. */
export interface ProcessSeatOptions {
  /** MiB of JavaScript heap. */
  readonly heapLimitMb: number;
  readonly watch: Watch;
  /** Called when an error of the member or its encoder came up where nobody waits for it, and was survived. */
  readonly onUncaught: (culprit: Culprit) => void;
  /** Called when the process has ended while it had no task. */
  readonly onIdleExit: () => void;
}

/**
 * One child process. It starts with its first task and is never replaced by itself.
 *
 * It is a tinypool of one: that forks, hands over tasks and brings answers back. What tinypool does not do is done here: the watch,
 * SIGKILL, the reason of an end, and the bound on what is printed.
 */
export class ProcessSeat {
  readonly #options: ProcessSeatOptions;
  readonly #pool: Tinypool;
  readonly #channel = { postMessage: (message: WorkerMessage) => this.#onMessage(message) };
  readonly #exit = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<void>();
  #child: ChildProcess | undefined;
  #reading: ProgressReading = { activity: 'idle', index: 0, since: 0 };
  #isRunning = false;
  #isKilled = false;
  #end: string | null = null;

  constructor(options: ProcessSeatOptions) {
    this.#options = options;
    this.#pool = new Tinypool({
      runtime: 'child_process',
      filename: fileURLToPath(
        import.meta.resolve(isRunningFromSource ? './member-process.ts' : './execution/member-process.js'),
      ),
      // No process before it is asked for, and no other one when it has ended.
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: 2 ** 31 - 1,
      serialization: 'advanced',
      env: process.env as Record<string, string>,
      execArgv: execArguments(options.heapLimitMb),
    });
    this.#pool.on('error', () => {}); // Its exit is seen below.
  }

  read(): ProgressReading {
    return this.#reading;
  }

  get hasEnded(): boolean {
    return this.#end !== null;
  }

  /** Runs one task under watch; a process that is late is killed. */
  async run<Result>(task: WorkerTask, limits: ActivityLimits): Promise<Outcome<Result>> {
    this.#reading = { activity: 'idle', index: 0, since: Date.now() };
    this.#isRunning = true;
    const unwatch = this.#options.watch.watch(
      () => this.#reading,
      limits,
      () => this.#kill(),
    );
    try {
      const running = this.#pool.run(task, { channel: this.#channel }) as Promise<Result>;
      this.#child ??= this.#adopt();
      // The pool forgets a task whose process ends before it is ready.
      const ended = this.#exit.promise.then(() => Promise.reject(new Error('The process ended.')));
      return { kind: 'done', result: await Promise.race([running, ended]) };
    } catch (error) {
      await turn();
      if (this.#end === null && this.#child?.connected === true) return { kind: 'refused', error };
      const { activity, index } = this.#reading;
      const message = this.#end ?? errorMessage(error);
      const cause = this.#isKilled ? 'deadline' : 'crash';
      const guilty = culpritOf(this.#reading);
      const isKnown = task.kind === 'score' && (task.careful || task.examples.length === 1);
      const example = activity === 'parsing' && isKnown ? Math.max(0, index) : null;
      return { kind: 'lost', loss: { during: this.#reading, cause, message, guilty, example } };
    } finally {
      this.#isRunning = false;
      unwatch();
    }
  }

  /** Ends the process; settles when it is gone. */
  async end(): Promise<void> {
    if (this.#child !== undefined) {
      this.#kill();
      await this.#exit.promise;
      // Its pipes end a little later; a process that it started itself may hold them open for ever.
      await within(this.#closed.promise, PIPES_TIMEOUT_MS);
    }
    await this.#pool.destroy();
    await turn(); // The pool closes its port and its timer on its own.
  }

  #kill(): void {
    this.#isKilled = true;
    this.#child?.kill('SIGKILL');
  }

  /** Takes the child from the pool: to know how it ends, and to bound what it prints. */
  #adopt(): ChildProcess | undefined {
    const [worker] = this.#pool.threads as unknown as readonly { readonly process: ChildProcess }[];
    const child = worker?.process;
    child?.once('exit', (code, signal) => {
      this.#end = signal === null ? `its process ended with exit code ${code}` : `its process was ended by ${signal}`;
      this.#exit.resolve();
      if (!this.#isRunning && !this.#isKilled) this.#options.onIdleExit();
    });
    child?.once('close', () => this.#closed.resolve());
    // The pool pipes both to those of the host, where stdout may be read by a program.
    const print = limitedOutput((chunk) => process.stderr.write(chunk));
    child?.stdout?.unpipe(process.stdout).on('data', print).resume();
    child?.stderr?.unpipe(process.stderr).on('data', print).resume();
    return child;
  }

  #onMessage(message: WorkerMessage): void {
    if (message.kind === 'progress') {
      this.#reading = { activity: message.activity, index: message.index, since: Date.now() };
    }
    if (message.kind === 'uncaught') this.#options.onUncaught(message.culprit);
  }
}

function execArguments(heapLimitMb: number): string[] {
  const source = isRunningFromSource ? [`--conditions=${SOURCE_CONDITION}`] : [];
  return [...inheritedArguments(process.execArgv), ...source, `--max-old-space-size=${heapLimitMb}`];
}
