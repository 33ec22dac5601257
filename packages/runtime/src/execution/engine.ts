import type { CheckedMember } from '../discovery/check-member.ts';
import { BatchScorer } from './batch-scorer.ts';
import { type LoadedMembers, loadMembers } from './load-members.ts';
import { WorkerPool } from './worker-pool.ts';
import type { ExampleInput, ScoreResult, WorkerMember } from './worker-protocol.ts';

/** Where a member runs: on the host's main thread, in a worker thread, or in a process of its own. */
export type Isolation = 'inline' | 'worker' | 'process';

/** What an {@link Engine} is asked. */
export interface ScoreRequest {
  readonly examples: readonly ExampleInput[];
  /** Indices of the members to run. */
  readonly members: readonly number[];
  /** Milliseconds from now until the answer. */
  readonly deadlineMs: number;
  /** Milliseconds that one member may take for the batch. */
  readonly memberDeadlineMs: (member: number) => number;
  /** Workers that would otherwise have nothing to do while this batch runs, its own included. */
  readonly spareWorkers: number;
  readonly signal?: AbortSignal;
}

/** What an {@link Engine} is made of. */
export interface EngineOptions {
  readonly suite: { readonly name: string; readonly entry: string };
  readonly members: readonly CheckedMember[];
  readonly workers: number;
  readonly loadDeadlineMs: number;
  readonly parseDeadlineMs: number;
}

/** Loads members and scores batches by them; one per plan. Members are known by their place in `members`. */
export class Engine {
  /** Worker threads that work at once. */
  readonly size: number;
  readonly #pool: WorkerPool;
  readonly #members: readonly CheckedMember[];
  readonly #scorer: BatchScorer;

  constructor({ suite, members, workers, loadDeadlineMs, parseDeadlineMs }: EngineOptions) {
    this.size = workers;
    this.#members = members;
    const setup = { suite, members: members.map(toWorkerMember), loadDeadlineMs };
    this.#pool = new WorkerPool(setup, workers, { loadMs: loadDeadlineMs, parseMs: parseDeadlineMs });
    this.#scorer = new BatchScorer(this.#pool);
  }

  /** Imports, loads and tries members in every worker. */
  async load(members: readonly number[]): Promise<LoadedMembers> {
    const loaded = await loadMembers(this.#pool, this.#members, members);
    this.#scorer.expectCosts(loaded.costsMs);
    return loaded;
  }

  /** Scores a batch; never rejects for what a member does. */
  score({ examples, members, memberDeadlineMs, spareWorkers }: ScoreRequest): Promise<ScoreResult> {
    const deadlineMs = Math.max(0, ...members.map(memberDeadlineMs));
    return this.#scorer.score(examples, members, spareWorkers, deadlineMs);
  }

  /** Closes the members, then the workers. */
  close({ timeoutMs }: { timeoutMs: number }): Promise<void> {
    return this.#pool.close(timeoutMs);
  }
}

function toWorkerMember({
  name,
  package: found,
  version,
  dir,
  entry,
  record,
  contentHash,
}: CheckedMember): WorkerMember {
  return { name, package: found, version, dir, entry, record, contentHash };
}
