import { availableParallelism } from 'node:os';
import type { BreakersOptions } from '../breaker/breakers.ts';
import type { EncodingSource } from '../encoders/encoding-source.ts';
import type { Isolation } from '../execution/engine.ts';
import type { Mode } from '../state/suite-state.ts';
import type { InspectSuiteOptions } from '../versions/inspect-suite.ts';

/** One value for all members, or one by member name; those not named have the default. */
export type PerMember<Value> = Value | { readonly [member: string]: Value };

/** Options of `loadSuite`. */
export interface LoadSuiteOptions extends InspectSuiteOptions {
  /**
   * What a faulty member does. `throw` (default): nothing is loaded and the error lists all faults. `degrade`: the others
   * judge, and every verdict names the faulty one as failed.
   */
  readonly onFault?: 'throw' | 'degrade';
  /**
   * Refuse an installation that differs from its lock: `true` for `clamor.lock.json` beside the package.json of the host,
   * or the path of a lock. Default: not compared. Modes and rollouts do not matter.
   */
  readonly locked?: boolean | string;
  /** Modes by member name to begin with; default all `active`. Not together with `stateDir`, which has them. */
  readonly modes?: { readonly [member: string]: Mode };
  /**
   * Folder of the suite's state: modes and rollouts outlive the process, changes are logged, and those that other
   * processes or people make there are applied. Default: none; the state lives as long as the suite.
   */
  readonly stateDir?: string;
  /** Worker threads that judge at once, ≥ 1; a spare one waits beside them. Default the cores this process may use. */
  readonly workers?: number;
  /** Examples that travel to a worker together, ≥ 1; default 32. */
  readonly batchSize?: number;
  /**
   * Milliseconds from the start of a batch to its verdicts; default 1,000. In batch jobs (`judgeStream`, `score`) per
   * example of the batch.
   */
  readonly deadlineMs?: number;
  /** Milliseconds that a member may take for a batch, counted likewise; default a quarter of `deadlineMs`. */
  readonly memberDeadlineMs?: PerMember<number>;
  /** Milliseconds that an encoder may take for all texts of a batch, counted likewise; default half of `deadlineMs`. */
  readonly encoderDeadlineMs?: number;
  /** MiB of encoded texts that are kept in memory, shared out over the workers and processes; default 64, 0 keeps none. */
  readonly encoderCacheMb?: number;
  /** Where rows of encoders come from and go to besides that memory; default nowhere. */
  readonly encodings?: EncodingSource;
  /** Milliseconds that a member's import, load and samples, or an encoder's import and load, may take; default 10,000. */
  readonly loadDeadlineMs?: number;
  /** Milliseconds that the suite may take to parse one example; default 10,000. */
  readonly parseDeadlineMs?: number;
  /** Where members run: `inline`, `worker` (default) or `process`. A member may ask for stricter, never for looser. */
  readonly isolation?: PerMember<Isolation>;
  /** When a member that fails is left alone, and when it is tried again. */
  readonly breaker?: Pick<BreakersOptions, 'failures' | 'firstProbeMs' | 'maxProbeMs'>;
  /** MiB of JavaScript heap that a worker, and a member's own process, may use; default 512. Native memory is not counted. */
  readonly heapLimitMb?: number;
  /** Examples that may wait for a worker before further online calls are refused, ≥ 1; default 1,024. */
  readonly queueLimit?: number;
  /** Stops the load; the promise rejects with the signal's reason and nothing is left running. */
  readonly signal?: AbortSignal;
}

/** Options with their defaults. */
export interface ResolvedOptions extends LoadSuiteOptions {
  readonly onFault: 'throw' | 'degrade';
  readonly workers: number;
  readonly batchSize: number;
  readonly deadlineMs: number;
  readonly encoderDeadlineMs: number;
  readonly encoderCacheMb: number;
  readonly loadDeadlineMs: number;
  readonly parseDeadlineMs: number;
  readonly queueLimit: number;
}

/** Fills in the defaults. */
export function resolveOptions(options: LoadSuiteOptions): ResolvedOptions {
  return {
    ...options,
    onFault: options.onFault ?? 'throw',
    workers: options.workers ?? availableParallelism(),
    batchSize: options.batchSize ?? 32,
    deadlineMs: options.deadlineMs ?? 1000,
    encoderDeadlineMs: options.encoderDeadlineMs ?? (options.deadlineMs ?? 1000) / 2,
    encoderCacheMb: options.encoderCacheMb ?? 64,
    loadDeadlineMs: options.loadDeadlineMs ?? 10_000,
    parseDeadlineMs: options.parseDeadlineMs ?? 10_000,
    queueLimit: options.queueLimit ?? 1024,
  };
}

/** What holds for one member; `undefined` where it is not named. */
export function forMember<Value extends string | number>(
  values: PerMember<Value> | undefined,
  member: string,
): Value | undefined {
  return typeof values === 'object' ? values[member] : values;
}
