import type { FailureReason } from '@clamor/contract';
import { backoffMs } from './backoff.ts';
import type { Culprit } from './culprit.ts';

/** `crash`: it ended a worker, or left an error uncaught. `deadline`: it blocked one until it was stopped. */
export type LossCause = 'crash' | 'deadline';

/** Workers that a member cost. */
export interface MemberLosses {
  /** It ended a worker or process, or left an error uncaught. */
  readonly crashes: number;
  /** It blocked a worker or process until it was stopped. */
  readonly deadlines: number;
}

// In answers: a loss is made good by so many. Who costs a worker out of turn hides it behind answers, and pays more.
const LOSS = 20;
const STRAY_LOSS = 30;
const REST_FROM = 60;
const WORST = 80;

/**
 * Counts the workers that members cost, and rests those that cost them faster than they make it good: a loss is made good by twenty
 * answers, and three that are not are a rest of one second; the next loss after it is a rest of twice as long, a minute at most.
 *
 * A member that costs a worker with every batch would keep the pool busy with replacing them. Encoders have a ledger of their own.
 */
export class LossLedger {
  readonly #losses = new Map<number, MemberLosses>();
  readonly #debts = new Map<number, number>();
  readonly #rests = new Map<number, number>();
  readonly #restsUntil = new Map<number, number>();
  readonly #late = new Set<number>();
  readonly #now: () => number;
  readonly #kind: Culprit['kind'];
  /** Called whenever a member costs a worker, or leaves an error uncaught; must not throw. */
  onLoss: (member: number, cause: LossCause) => void = () => {};

  /** @param now - Milliseconds that never run backwards. */
  constructor(now: () => number = () => performance.now(), kind: Culprit['kind'] = 'member') {
    this.#now = now;
    this.#kind = kind;
  }

  get losses(): ReadonlyMap<number, MemberLosses> {
    return this.#losses;
  }

  /** A member cost a worker while it was called. */
  lost(member: number, cause: LossCause): void {
    this.#count(member, cause);
    this.#charge(member, LOSS);
  }

  /** A member cost a further worker on the same batch, which was asked of it in parts. */
  lostAgain(member: number, cause: LossCause): void {
    this.#count(member, cause);
  }

  /** A member cost a worker when it had answered already. */
  wentAstray(member: number, cause: LossCause): void {
    this.#count(member, cause);
    this.#charge(member, STRAY_LOSS);
  }

  /** An error that the member left uncaught, and that was survived: counted, and no reason to rest. */
  uncaught(member: number): void {
    this.#count(member, 'crash');
  }

  /** A member was still running when the time for its batch was over. */
  wasLate(member: number): void {
    this.#late.add(member);
  }

  answered(member: number): void {
    this.#late.delete(member);
    const debt = this.#debts.get(member);
    if (debt === undefined) return;
    if (debt > 1) {
      this.#debts.set(member, debt - 1);
    } else {
      this.#debts.delete(member);
      this.#rests.delete(member);
    }
  }

  /** Whether it cost a worker or was late lately: such a one runs after the others. */
  isSuspect(member: number): boolean {
    return this.#debts.has(member) || this.#late.has(member);
  }

  /** Why a member is not called now; `null` when it is. */
  restOf(member: number): FailureReason | null {
    const leftMs = (this.#restsUntil.get(member) ?? 0) - this.#now();
    if (leftMs <= 0) return null;
    const { crashes, deadlines } = this.#losses.get(member) ?? NONE;
    const message = `The ${this.#kind} cost ${crashes + deadlines} workers and rests for another ${Math.ceil(leftMs)} ms.`;
    return { code: this.#kind === 'member' ? 'MEMBER_STOPPED' : 'ENCODER_STOPPED', message };
  }

  #count(member: number, cause: LossCause): void {
    const { crashes, deadlines } = this.#losses.get(member) ?? NONE;
    const isCrash = cause === 'crash';
    this.#losses.set(member, { crashes: crashes + Number(isCrash), deadlines: deadlines + Number(!isCrash) });
    this.onLoss(member, cause);
  }

  #charge(member: number, answers: number): void {
    const debt = Math.min(WORST, (this.#debts.get(member) ?? 0) + answers);
    this.#debts.set(member, debt);
    // Batches that were under way already when it began to rest are no new reason.
    if (debt < REST_FROM || this.restOf(member) !== null) return;
    const times = (this.#rests.get(member) ?? 0) + 1;
    this.#rests.set(member, times);
    this.#restsUntil.set(member, this.#now() + backoffMs(times));
  }
}

/** The ledgers of one engine. */
export type LossLedgers = { readonly [kind in Culprit['kind']]: LossLedger };

const NONE: MemberLosses = { crashes: 0, deadlines: 0 };
