import type { Isolation } from '@clamor/contract';
import type { CheckedMember } from '../discovery/check-member.ts';
import { costOf, dealUnits } from '../encoders/deal-units.ts';
import type { EncoderRun } from '../encoders/encoder-run.ts';
import type { EncodingSource } from '../encoders/encoding-source.ts';
import type { KnownEncodings } from '../encoders/known-encodings.ts';
import { type EncoderGroup, groupEncoders } from '../encoders/suite-encoders.ts';
import { awake } from './awake.ts';
import { BatchRun } from './batch-run.ts';
import { CostBook } from './cost-book.ts';
import type { Culprit } from './culprit.ts';
import { toHostSetup } from './host-setup.ts';
import { InlinePlace } from './inline-place.ts';
import { type LoadedMembers, toLoadedMembers } from './loaded-members.ts';
import { type LossCause, LossLedger, type MemberLosses } from './loss-ledger.ts';
import { ProcessPool } from './process-pool.ts';
import { Standings } from './standings.ts';
import { Strays } from './strays.ts';
import { ThreadPool } from './thread-pool.ts';
import { Watch } from './watch.ts';
import type { ExampleInput, HostSetup, ScoreResult } from './worker-protocol.ts';
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
  /** Milliseconds that one encoder may take for the batch. */
  readonly encoderDeadlineMs: number;
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
  /** MiB of encoded texts that are kept, shared out over the places where members run. */
  readonly encoderCacheMb: number;
  /** Rows that are known of encoders, by their hash; default none. */
  readonly known?: ReadonlyMap<string, KnownEncodings>;
  /** Takes rows that were encoded anew. */
  readonly addEncodings?: EncodingSource['add'] | undefined;
}

// Below this a second worker costs more than it saves: a round trip takes about 0.08 ms, and the example is parsed twice.
const WORTH_SPLITTING_MS = 1;
/**
 * Loads members and scores batches by them, each in the isolation that it has; one engine per plan. Members are known by their place
 * in `members`.
 */
export class Engine {
  /** Worker threads that work at once; a spare one comes on top. */
  readonly size: number;
  /** What the members read, each once, whatever their isolation. */
  readonly encoders: readonly EncoderGroup[];
  readonly #options: EngineOptions;
  readonly #ledgers = { member: new LossLedger(), encoder: new LossLedger(undefined, 'encoder') };
  readonly #standings = new Standings(this.#ledgers, (member) => this.encoderOf(member));
  readonly #strays = new Strays(this.#ledgers);
  readonly #costs = new CostBook();
  readonly #encoderCosts = new CostBook();
  readonly #places = new Map<Isolation, Workplace>();
  readonly #runs = new Set<BatchRun>();
  readonly #encoderOf: readonly (number | null)[];
  #isClosed = false;

  constructor(options: EngineOptions) {
    const { members, workers, heapLimitMb = 512 } = options;
    this.size = workers;
    this.encoders = groupEncoders(members);
    this.#options = options;
    const setupOf = (isolation: Isolation): HostSetup => toHostSetup(options, this.encoders, isolation);
    this.#encoderOf = setupOf('worker').members.map(({ encoder }) => encoder?.index ?? null);
    const pools = {
      size: workers,
      heapLimitMb,
      watch: new Watch(),
      stray: {
        onUncaught: ({ kind, index }: Culprit) => this.#ledgers[kind].uncaught(index),
        onLost: (suspects: readonly Culprit[], cause: LossCause) => this.#strays.lost(suspects, cause),
      },
    };
    const used = new Set(members.map(({ isolation }) => isolation));
    if (used.has('worker')) this.#places.set('worker', new ThreadPool(setupOf('worker'), pools));
    if (used.has('process')) this.#places.set('process', new ProcessPool(setupOf('process'), pools));
    if (used.has('inline')) this.#places.set('inline', new InlinePlace(setupOf('inline')));
  }

  /** @param listener - Called whenever a member or encoder costs a worker, or leaves an error uncaught; must not throw. */
  set onLoss(listener: (culprit: Culprit, cause: LossCause) => void) {
    for (const kind of ['member', 'encoder'] as const)
      this.#ledgers[kind].onLoss = (index, cause) => listener({ kind, index }, cause);
  }

  /** Workers and processes that members cost, by their index; who cost none is not there. */
  get losses(): ReadonlyMap<number, MemberLosses> {
    return this.#ledgers.member.losses;
  }

  /** The encoder that a member reads, by its index; `null` for none. */
  encoderOf(member: number): number | null {
    return this.#encoderOf[member] ?? null;
  }

  /**
   * Imports, loads and tries members wherever they will run. Once members serve, further ones are loaded beside them.
   *
   * @throws {RuntimeError} `SUITE_LOAD_FAILED`
   */
  async load(members: readonly number[]): Promise<LoadedMembers> {
    const groups = Map.groupBy(members, (member) => this.#placeOf(member));
    const loads = await awake(Promise.all([...groups].map(async ([place, group]) => place.load(group))));
    const loaded = toLoadedMembers(this.#options.members, members, loads.flat());
    this.#costs.begin(loaded.costsMs);
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
      parseDeadlineMs: this.#options.parseDeadlineMs,
      standings: this.#standings,
      placeOf: (member) => this.#placeOf(member),
      group: (place, members) => this.#group(place, members, request),
    });
    if (this.#isClosed) run.close(CLOSED);
    this.#runs.add(run);
    try {
      const result = await run.run();
      const { length } = request.examples;
      for (const { member } of result.columns) this.#costs.learn(member, run.columns.timeMsOf(member), length);
      for (const { encoder, timeMs } of result.encoders ?? []) this.#encoderCosts.learn(encoder, timeMs, length);
      this.#giveEncodings(run.columns.encoderRuns);
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
    const isolation = this.#options.members[member]?.isolation ?? 'worker';
    const place = this.#places.get(isolation);
    if (place === undefined) throw new RangeError(`There is no member ${member}.`);
    return place;
  }

  /**
   * Members in a process are asked each on their own, and so are those that are suspected of costing workers out of turn; the others
   * that share threads in groups of nearly equal cost, an encoder with all members on it, those first that need none, and those last
   * that cost their last worker.
   */
  #group(place: Workplace, members: readonly number[], { examples, spareWorkers }: ScoreRequest): number[][] {
    if (place === this.#places.get('process')) return members.map((member) => [member]);
    const { apart, together } = this.#strays.split(members);
    const costs = {
      encoderOf: (member: number) => this.encoderOf(member),
      costMs: (member: number) => this.#costs.of(member) * examples.length,
      encoderCostMs: (encoder: number) => this.#encoderCosts.of(encoder) * examples.length,
    };
    const mayBeSplit = place === this.#places.get('worker') && spareWorkers >= 2;
    const isSplit = mayBeSplit && costOf(together, costs) >= WORTH_SPLITTING_MS;
    const groups = isSplit ? dealUnits(together, spareWorkers, costs) : [together];
    const turnOf = (member: number): number =>
      this.#standings.isSuspect(member) ? Infinity : (this.encoderOf(member) ?? -1);
    return [
      ...groups.map((group) => group.toSorted((a, b) => compareTurns(turnOf(a), turnOf(b)))),
      ...apart.map((member) => [member]),
    ];
  }

  #giveEncodings(runs: readonly EncoderRun[]): void {
    for (const { encoder, rows } of runs) {
      const hash = this.encoders[encoder]?.hash;
      if (rows !== undefined && hash !== undefined) this.#options.addEncodings?.(hash, rows);
    }
  }
}

/** Of two numbers that may both be infinite. */
function compareTurns(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

const CLOSED = { code: 'SUITE_CLOSED', message: 'The suite was closed.' };
