import type { FailureReason } from '@clamor/contract';
import { backoffMs } from './backoff.ts';

/** `crash`: it ended a worker, or left an error uncaught. `deadline`: it blocked one until it was stopped. */
export type LossCause = 'crash' | 'deadline';

/** Workers that a member cost. */
export interface MemberLosses {
  /** It ended a worker or process, or left an error uncaught. */
  readonly crashes: number;
  /** It blocked a worker or process until it was stopped. */
  readonly deadlines: number;
}

// A member that costs a worker with every batch would keep the pool busy with replacing them.
const IN_A_ROW_BEFORE_REST = 3;
const ASTRAY_BEFORE_REST = 2;

/**
 * Counts the workers that members cost. Who costs three in a row, without an answer between, rests: one second, and twice as long
 * every time that it then costs another one. Who answers, and then costs the worker out of turn, rests from the second time on.
 */
export class LossLedger {
  readonly #losses = new Map<number, MemberLosses>();
  readonly #inARow = new Map<number, number>();
  readonly #astray = new Map<number, number>();
  readonly #late = new Set<number>();
  readonly #restsUntil = new Map<number, number>();
  readonly #now: () => number;
  /** Called whenever a member costs a worker, or leaves an error uncaught; must not throw. */
  onLoss: (member: number, cause: LossCause) => void = () => {};

  /** @param now - Milliseconds that never run backwards. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get losses(): ReadonlyMap<number, MemberLosses> {
    return this.#losses;
  }

  /** A member cost a worker while it was called. */
  lost(member: number, cause: LossCause): void {
    this.#count(member, cause);
    const times = (this.#inARow.get(member) ?? 0) + 1;
    this.#inARow.set(member, times);
    this.#rest(member, times - IN_A_ROW_BEFORE_REST + 1);
  }

  /** A member cost a worker when it had answered already: answers are no excuse. */
  wentAstray(member: number, cause: LossCause): void {
    this.#count(member, cause);
    const times = (this.#astray.get(member) ?? 0) + 1;
    this.#astray.set(member, times);
    this.#rest(member, times - ASTRAY_BEFORE_REST + 1);
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
    this.#inARow.delete(member);
    this.#late.delete(member);
  }

  /** Whether it did not answer when it was asked last, or ever went astray: such a one runs after the others. */
  isSuspect(member: number): boolean {
    return this.#inARow.has(member) || this.#late.has(member) || this.#astray.has(member);
  }

  /** Why a member is not called now; `null` when it is. */
  restOf(member: number): FailureReason | null {
    const leftMs = (this.#restsUntil.get(member) ?? 0) - this.#now();
    if (leftMs <= 0) return null;
    const { crashes, deadlines } = this.#losses.get(member) ?? NONE;
    const message = `The member cost ${crashes + deadlines} workers and rests for another ${Math.ceil(leftMs)} ms.`;
    return { code: 'MEMBER_STOPPED', message };
  }

  #count(member: number, cause: LossCause): void {
    const { crashes, deadlines } = this.#losses.get(member) ?? NONE;
    const isCrash = cause === 'crash';
    this.#losses.set(member, { crashes: crashes + Number(isCrash), deadlines: deadlines + Number(!isCrash) });
    this.onLoss(member, cause);
  }

  #rest(member: number, times: number): void {
    if (times > 0) this.#restsUntil.set(member, this.#now() + backoffMs(times));
  }
}

const NONE: MemberLosses = { crashes: 0, deadlines: 0 };
