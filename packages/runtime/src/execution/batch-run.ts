import type { FailureReason } from '@clamor/contract';
import { BatchColumns } from './batch-columns.ts';
import { NO_TURN, STILL_ENCODING, STILL_PARSING, STILL_RUNNING, encoderElsewhere, noWorker } from './batch-reasons.ts';
import { PARSE_SHARE, type Work, toOrder } from './batch-work.ts';
import { culpritOf } from './culprit.ts';
import type { ScoreRequest } from './engine.ts';
import type { MemberLosses } from './loss-ledger.ts';
import { exampleLoss, lossReason } from './loss-problem.ts';
import type { Standings } from './standings.ts';
import { uncopiable } from './uncopiable.ts';
import type { ScoreResult } from './worker-protocol.ts';
import type { Loss, RunningTask, Workplace } from './workplace.ts';

/** What a {@link BatchRun} needs of its engine. */
export interface BatchRunContext {
  readonly parseDeadlineMs: number;
  readonly standings: Standings;
  placeOf(member: number): Workplace;
  /** Deals members that share a workplace out to workers. */
  group(place: Workplace, members: readonly number[]): readonly (readonly number[])[];
}

// A member that runs when the batch's time is over is to blame when it has had this share of its own.
const BLAME_SHARE = 0.5;
const MISSES = 5;
// On halves of a batch; whoever fails the whole and both halves fails for another reason than one example.
const LOSSES_IN_A_ROW = 3;

/**
 * One batch on its way through the workplaces of an engine.
 *
 * It settles when all members have answered, and at its deadline in any case, by a timer of the main thread. When a worker is lost,
 * what it had told stays; the member that it was running fails; what the others lost is done again on other workers, suspects last.
 */
export class BatchRun {
  readonly columns: BatchColumns;
  readonly #request: ScoreRequest;
  readonly #context: BatchRunContext;
  readonly #over = new AbortController();
  readonly #settled = Promise.withResolvers<ScoreResult>();
  readonly #running = new Map<Work, RunningTask>();
  readonly #timer: NodeJS.Timeout;
  readonly #endsAt: number;
  readonly #all: readonly number[];
  readonly #encoderLosses: ReadonlyMap<number, MemberLosses>;
  #open = 0;

  constructor(request: ScoreRequest, context: BatchRunContext) {
    this.#request = request;
    this.#context = context;
    this.#all = request.examples.map((_, i) => i);
    this.columns = new BatchColumns(request.examples.length);
    const { standings } = context;
    const onEncoders = request.members.filter((member) => standings.encoderOf(member) !== null);
    this.#encoderLosses = new Map(onEncoders.map((member) => [member, standings.encoderLossesOf(member)]));
    this.#endsAt = Date.now() + request.deadlineMs;
    // Answers that are here already are read before time is up: the main thread may have been busy.
    this.#timer = setTimeout(() => setImmediate(() => this.#finish()), request.deadlineMs);
  }

  /** Runs the batch; rejects only with the reason of the request's signal. */
  async run(): Promise<ScoreResult> {
    const { members, signal } = this.#request;
    const onAbort = (): void => {
      this.#settled.reject(signal?.reason);
      this.#finish();
    };
    if (signal?.aborted === true) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#start(members.filter((member) => this.#mayRun(member)));
    try {
      return await this.#settled.promise;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Settles with what is there. */
  close(reason: FailureReason): void {
    this.#finish(reason);
  }

  #mayRun(member: number): boolean {
    const problem = this.#context.placeOf(member).problemOf(member);
    const reason =
      problem === null
        ? this.#context.standings.restOf(member)
        : { code: problem.code, message: `found ${problem.found}` };
    if (reason !== null) this.columns.fail(member, reason, this.#all);
    return reason === null;
  }

  #start(members: readonly number[]): void {
    this.#open += 1;
    for (const [place, together] of Map.groupBy(members, (member) => this.#context.placeOf(member))) {
      for (const group of this.#context.group(place, together)) {
        this.#begin({
          place,
          members: group,
          places: this.#all,
          urgent: false,
          careful: false,
          isHalf: false,
          misses: 0,
        });
      }
    }
    this.#done();
  }

  #begin(work: Work): void {
    this.#track(this.#attempt(work));
  }

  /** The batch is not done before this is. */
  #track(work: Promise<void>): void {
    this.#open += 1;
    work.then(
      () => this.#done(),
      (error: unknown) => {
        this.#settled.reject(error);
        this.#finish();
      },
    );
  }

  #done(): void {
    this.#open -= 1;
    if (this.#open === 0) this.#finish();
  }

  async #attempt(work: Work): Promise<void> {
    const lost = await this.#ask(work);
    if (lost !== null) this.#afterLoss(lost.work, lost.loss);
  }

  /** Asks members, keeps what they say, and gives back what was lost. */
  async #ask(work: Work): Promise<{ readonly work: Work; readonly loss: Loss } | null> {
    const places = work.places.filter((place) => !this.columns.isExcluded(place));
    if (this.#over.signal.aborted || places.length === 0 || work.members.length === 0) return null;
    const asked = { ...work, places };
    const { parseDeadlineMs } = this.#context;
    const isSuspect = (member: number): boolean => this.#context.standings.isSuspect(member);
    const outcome = await work.place.score({
      ...toOrder(asked, this.#request, { endsAt: this.#endsAt, parseDeadlineMs, isSuspect }),
      over: this.#over.signal,
      onPart: (part) => this.#take(part, places),
      onBegin: (task) => this.#running.set(asked, task),
    });
    this.#running.delete(asked);
    if (outcome === null) return null;
    if (outcome.kind === 'lost' && outcome.loss.guilty !== null) {
      const { guilty, cause } = outcome.loss;
      const ledger = this.#context.standings.ledgers[guilty.kind];
      if (work.isHalf) ledger.lostAgain(guilty.index, cause);
      else ledger.lost(guilty.index, cause);
    }
    if (this.#over.signal.aborted) return null;
    if (outcome.kind === 'lost') return { work: asked, loss: outcome.loss };
    if (outcome.kind === 'done') this.#take(outcome.result, places);
    else this.#refused(work, places, outcome.error);
    return null;
  }

  #take(part: ScoreResult, places: readonly number[]): void {
    if (this.#over.signal.aborted) return;
    this.columns.take(part, places);
    const { member: members, encoder: encoders } = this.#context.standings.ledgers;
    for (const { member } of part.columns) members.answered(member);
    for (const { encoder, misses } of part.encoders ?? []) if (misses > 0) encoders.answered(encoder);
  }

  /** Examples that cannot be copied to a worker are nobody's; the others are handed over without them. */
  #refused(work: Work, places: readonly number[], error: unknown): void {
    const refused = places.flatMap((place) => {
      const reason = uncopiable(this.#request.examples[place]);
      return reason === null ? [] : [{ place, reason }];
    });
    if (refused.length === 0) throw error;
    for (const { place, reason } of refused) this.columns.exclude(place, reason);
    this.#begin({ ...work, places });
  }

  #afterLoss(work: Work, loss: Loss): void {
    const left = work.members.filter((member) => this.columns.missing(member, work.places).length > 0);
    const again = { ...work, members: left, urgent: true };
    const { guilty } = loss;
    if (guilty?.kind === 'encoder') {
      this.#redo({
        ...again,
        members: left.filter((member) => this.#context.standings.encoderOf(member) !== guilty.index),
      });
      this.#failEncoder(work, guilty.index, lossReason(loss));
    } else if (guilty !== null) {
      this.#redo({ ...again, members: left.filter((member) => member !== guilty.index) });
      if (left.includes(guilty.index)) this.#afterGuilt({ ...again, members: [guilty.index] }, loss);
    } else if (loss.example !== null) {
      this.columns.exclude(work.places[loss.example] ?? -1, exampleLoss(loss));
      this.#redo(again);
    } else if (loss.during.activity === 'parsing') {
      this.#redo({ ...again, careful: true });
    } else if (loss.during.activity === 'idle' && work.misses + 1 < MISSES) {
      // Something that ran there before has blocked or ended the worker: these members have not begun.
      this.#redo({ ...again, misses: work.misses + 1 });
    } else {
      for (const member of left) this.columns.fail(member, noWorker(MISSES), this.columns.missing(member, work.places));
    }
  }

  /** Does again what a lost worker left: dealt out to the workers of the place, the suspects after the others. */
  #redo(work: Work): void {
    const [suspects, others] = [true, false].map((is) =>
      work.members.filter((member) => this.#context.standings.isSuspect(member) === is),
    ) as [number[], number[]];
    for (const group of this.#context.group(work.place, others)) this.#begin({ ...work, members: group });
    for (const suspect of suspects) this.#begin({ ...work, members: [suspect] });
  }

  /** An encoder that failed as a whole is not asked again in this batch: all members on it fail with its reason. */
  #failEncoder({ members, places }: Work, encoder: number, reason: FailureReason): void {
    for (const member of members) {
      if (this.#context.standings.encoderOf(member) !== encoder) continue;
      this.columns.fail(member, reason, this.columns.missing(member, places));
    }
    this.columns.encoderFailed(encoder, reason, places.length);
  }

  /**
   * A member that cost a worker fails. In a batch job nobody waits, and one example may be the reason: then it is asked again on
   * halves of the examples, each with its share of the time, until it costs a worker on both halves.
   */
  #afterGuilt(work: Work, loss: Loss): void {
    const [member] = work.members as [number];
    if (this.#request.isBatchJob !== true || work.places.length === 1) {
      this.columns.fail(member, lossReason(loss), work.places);
      return;
    }
    this.#track(this.#inHalves({ ...work, isHalf: true }, loss));
  }

  async #inHalves(work: Work, first: Loss): Promise<void> {
    const [member] = work.members as [number];
    let last = first;
    let lossesInARow = 1;
    const queue = halves(work.places);
    for (let places = queue.shift(); places !== undefined; places = queue.shift()) {
      const isHopeless = lossesInARow >= LOSSES_IN_A_ROW || this.#context.standings.restOf(member) !== null;
      const lost = isHopeless ? null : await this.#ask({ ...work, places });
      const missing = this.columns.missing(member, places);
      lossesInARow = lost === null && !isHopeless ? 0 : lossesInARow + 1;
      last = lost?.loss ?? last;
      if (this.#over.signal.aborted || missing.length === 0) continue;
      if (lost === null || missing.length === 1) this.columns.fail(member, lossReason(last), missing);
      else queue.push(...halves(missing));
    }
  }

  #finish(reason?: FailureReason): void {
    if (this.#over.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#failTheRest(reason);
    this.#over.abort(SETTLED);
    for (const task of this.#running.values()) task.giveUp();
    this.#settled.resolve(this.columns.result(this.#request.members));
  }

  #failTheRest(reason?: FailureReason): void {
    for (const [work, task] of this.#running) this.#failRunning(work, task.read());
    for (const member of this.#request.members) {
      const missing = this.columns.missing(member, this.#all);
      if (missing.length > 0) this.columns.fail(member, reason ?? this.#noTurn(member), missing);
    }
  }

  /** A member without a turn fails with the reason of its encoder, when that cost workers meanwhile. */
  #noTurn(member: number): FailureReason {
    const before = this.#encoderLosses.get(member);
    if (before === undefined) return NO_TURN;
    return encoderElsewhere(before, this.#context.standings.encoderLossesOf(member)) ?? NO_TURN;
  }

  /** Time is up while these are running: who has had its share of time has failed, all others had no chance. */
  #failRunning(work: Work, reading: ReturnType<RunningTask['read']>): void {
    const runsMs = Date.now() - reading.since;
    const { deadlineMs, memberDeadlineMs, encoderDeadlineMs } = this.#request;
    const running = culpritOf(reading);
    if (running !== null) {
      const { kind, index } = running;
      const isKnown = kind === 'encoder' || work.members.includes(index);
      const ownMs = kind === 'encoder' ? encoderDeadlineMs : memberDeadlineMs(index);
      if (!isKnown || runsMs < BLAME_SHARE * Math.min(deadlineMs, ownMs)) return;
      this.#context.standings.ledgers[kind].wasLate(index);
      if (kind === 'encoder') this.#failEncoder(work, index, STILL_ENCODING);
      else this.columns.fail(index, STILL_RUNNING, this.columns.missing(index, work.places));
    } else if (reading.activity === 'parsing' && runsMs >= BLAME_SHARE * PARSE_SHARE * deadlineMs) {
      const place = work.places.length === 1 ? work.places[0] : work.places[reading.index];
      if (place !== undefined) this.columns.exclude(place, STILL_PARSING);
    }
  }
}

// Without a reason of ours, every batch would make an error with a stack trace.
const SETTLED = 'settled';

function halves(places: readonly number[]): number[][] {
  const middle = places.length >> 1;
  return [places.slice(0, middle), places.slice(middle)].filter((half) => half.length > 0);
}
