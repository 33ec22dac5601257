import type { Isolation } from '@clamor/contract';
import type { CheckedMember } from '../discovery/check-member.ts';
import { awake } from './awake.ts';
import { dealMembers } from './batches.ts';
import { BatchRun } from './batch-run.ts';
import { InlinePlace } from './inline-place.ts';
import { type LoadedMembers, toLoadedMembers } from './loaded-members.ts';
import { type LossCause, LossLedger, type MemberLosses } from './loss-ledger.ts';
import { ProcessPool } from './process-pool.ts';
import { Strays } from './strays.ts';
import { ThreadPool } from './thread-pool.ts';
import { Watch } from './watch.ts';
import type { ExampleInput, HostSetup, ScoreResult, WorkerMember } from './worker-protocol.ts';
import type { Workplace } from './workplace.ts';

export type { Isolation } from '@clamor/contract';

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
  /**
   * Whether nobody waits for the answer, so that deadlines count per example. A member that costs a worker is then asked again on
   * halves of the batch. Default `false`.
   */
  readonly isBatchJob?: boolean;
  readonly signal?: AbortSignal;
}

/** A member as an engine runs it. */
export interface EngineMember extends CheckedMember {
  readonly isolation: Isolation;
}

/** What an {@link Engine} is made of. */
export interface EngineOptions {
  readonly suite: HostSetup['suite'];
  readonly members: readonly EngineMember[];
  readonly workers: number;
  readonly loadDeadlineMs: number;
  readonly parseDeadlineMs: number;
  /** MiB of JavaScript heap per worker and per process; default 512. */
  readonly heapLimitMb?: number;
}

// Below this a second worker costs more than it saves: a round trip takes about 0.08 ms, and the example is parsed twice.
const WORTH_SPLITTING_MS = 1;
// How quickly predicted costs follow measured ones.
const COST_MEMORY = 0.8;

/**
 * Loads members and scores batches by them, each in the isolation that it has; one engine per plan. Members are known by their place
 * in `members`.
 */
export class Engine {
  /** Worker threads that work at once; a spare one comes on top. */
  readonly size: number;
  readonly #members: readonly EngineMember[];
  readonly #ledger = new LossLedger();
  readonly #strays = new Strays(this.#ledger);
  readonly #costsMs = new Map<number, number>();
  readonly #places = new Map<Isolation, Workplace>();
  readonly #runs = new Set<BatchRun>();
  readonly #parseDeadlineMs: number;
  #isClosed = false;

  constructor({ suite, members, workers, loadDeadlineMs, parseDeadlineMs, heapLimitMb = 512 }: EngineOptions) {
    this.size = workers;
    this.#members = members;
    this.#parseDeadlineMs = parseDeadlineMs;
    const setup: HostSetup = { suite, members: members.map(toWorkerMember), loadDeadlineMs };
    const options = {
      size: workers,
      heapLimitMb,
      watch: new Watch(),
      stray: {
        onUncaught: (member: number) => this.#ledger.uncaught(member),
        onLost: (suspects: readonly number[], cause: 'crash' | 'deadline') => this.#strays.lost(suspects, cause),
      },
    };
    const used = new Set(members.map(({ isolation }) => isolation));
    if (used.has('worker')) this.#places.set('worker', new ThreadPool(setup, options));
    if (used.has('process')) this.#places.set('process', new ProcessPool(setup, options));
    if (used.has('inline')) this.#places.set('inline', new InlinePlace(setup));
  }

  /** @param listener - Called whenever a member costs a worker, or leaves an error uncaught; must not throw. */
  set onLoss(listener: (member: number, cause: LossCause) => void) {
    this.#ledger.onLoss = listener;
  }

  /** Workers and processes that members cost, by their index; who cost none is not there. */
  get losses(): ReadonlyMap<number, MemberLosses> {
    return this.#ledger.losses;
  }

  /**
   * Imports, loads and tries members wherever they will run. Once members serve, further ones are loaded beside them.
   *
   * @throws {RuntimeError} `SUITE_LOAD_FAILED`
   */
  async load(members: readonly number[]): Promise<LoadedMembers> {
    const groups = Map.groupBy(members, (member) => this.#placeOf(member));
    const loads = await awake(Promise.all([...groups].map(async ([place, group]) => place.load(group))));
    const loaded = toLoadedMembers(this.#members, members, loads.flat());
    for (const [member, costMs] of loaded.costsMs) this.#costsMs.set(member, costMs);
    return loaded;
  }

  /**
   * Scores a batch. Never rejects for what a member does: one that does not answer has a failed column. At the deadline it settles
   * with what is there.
   *
   * @throws The reason of `signal`, when that aborts.
   */
  async score(request: ScoreRequest): Promise<ScoreResult> {
    const run = new BatchRun(request, {
      parseDeadlineMs: this.#parseDeadlineMs,
      ledger: this.#ledger,
      placeOf: (member) => this.#placeOf(member),
      group: (place, members) => this.#group(place, members, request),
    });
    if (this.#isClosed) run.close(CLOSED);
    this.#runs.add(run);
    try {
      const result = await run.run();
      for (const { member } of result.columns) this.#learnCost(member, run.columns.timeMsOf(member), request);
      return result;
    } finally {
      this.#runs.delete(run);
    }
  }

  /** Settles what is under way, closes the members, then ends threads and processes; when it settles nothing is left of them. */
  async close({ timeoutMs }: { timeoutMs: number }): Promise<void> {
    this.#isClosed = true;
    for (const run of this.#runs) run.close(CLOSED);
    await awake(Promise.all([...this.#places.values()].map((place) => place.close(timeoutMs))));
  }

  #placeOf(member: number): Workplace {
    const isolation = this.#members[member]?.isolation ?? 'worker';
    const place = this.#places.get(isolation);
    if (place === undefined) throw new RangeError(`There is no member ${member}.`);
    return place;
  }

  /**
   * Members in a process are asked each on their own, and so are those that are suspected of costing workers out of turn; the others
   * that share threads in groups of nearly equal cost, with those last that cost their last worker.
   */
  #group(place: Workplace, members: readonly number[], { examples, spareWorkers }: ScoreRequest): number[][] {
    if (place === this.#places.get('process')) return members.map((member) => [member]);
    const { apart, together } = this.#strays.split(members);
    const costsMs = together.map((member) => (this.#costsMs.get(member) ?? 0) * examples.length);
    const totalMs = costsMs.reduce((sum, cost) => sum + cost, 0);
    const isSplit = place === this.#places.get('worker') && spareWorkers >= 2 && totalMs >= WORTH_SPLITTING_MS;
    const groups = isSplit ? dealMembers(together, costsMs, spareWorkers) : [together];
    const isSuspect = (member: number): number => Number(this.#ledger.isSuspect(member));
    return [
      ...groups.map((group) => group.toSorted((a, b) => isSuspect(a) - isSuspect(b))),
      ...apart.map((member) => [member]),
    ];
  }

  #learnCost(member: number, timeMs: number | null, { examples }: ScoreRequest): void {
    if (timeMs === null) return;
    const each = timeMs / examples.length;
    const before = this.#costsMs.get(member) ?? each;
    this.#costsMs.set(member, COST_MEMORY * before + (1 - COST_MEMORY) * each);
  }
}

const CLOSED = { code: 'SUITE_CLOSED', message: 'The suite was closed.' };

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
