import type { FailureReason } from '@clamor/contract';
import { backoffMs } from './backoff.ts';

/** Workers that a member cost. */
export interface MemberLosses {
  /** It ended a worker or process, or left an error uncaught. */
  readonly crashes: number;
  /** It blocked a worker or process until it was stopped. */
  readonly deadlines: number;
}

// A member that costs a worker with every batch would keep the pool busy with replacing them.
const IN_A_ROW_BEFORE_REST = 3;

/**
 * Counts the workers that members cost. Who costs three in a row, without an answer between, rests: one second, and twice as long
 * every time that it then costs another one.
 */
export class LossLedger {
  readonly #losses = new Map<number, MemberLosses>();
  readonly #inARow = new Map<number, number>();
  readonly #restsUntil = new Map<number, number>();
  readonly #now: () => number;

  /** @param now - Milliseconds that never run backwards. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get losses(): ReadonlyMap<number, MemberLosses> {
    return this.#losses;
  }

  lost(member: number, cause: 'crash' | 'deadline'): void {
    const { crashes, deadlines } = this.#losses.get(member) ?? { crashes: 0, deadlines: 0 };
    const isCrash = cause === 'crash';
    this.#losses.set(member, {
      crashes: crashes + Number(isCrash),
      deadlines: deadlines + Number(!isCrash),
    });
    const inARow = (this.#inARow.get(member) ?? 0) + 1;
    this.#inARow.set(member, inARow);
    const rests = inARow - IN_A_ROW_BEFORE_REST + 1;
    if (rests > 0) this.#restsUntil.set(member, this.#now() + backoffMs(rests));
  }

  /** An error that the member left uncaught, and that was survived: counted, and no reason to rest. */
  uncaught(member: number): void {
    const { crashes, deadlines } = this.#losses.get(member) ?? { crashes: 0, deadlines: 0 };
    this.#losses.set(member, { crashes: crashes + 1, deadlines });
  }

  answered(member: number): void {
    this.#inARow.delete(member);
    this.#restsUntil.delete(member);
  }

  /** Whether it cost the last worker that it ran in: such a one runs after the others. */
  isSuspect(member: number): boolean {
    return this.#inARow.has(member);
  }

  /** Why a member is not called now; `null` when it is. */
  restOf(member: number): FailureReason | null {
    const leftMs = (this.#restsUntil.get(member) ?? 0) - this.#now();
    if (leftMs <= 0) return null;
    const times = this.#inARow.get(member) ?? 0;
    return {
      code: 'MEMBER_STOPPED',
      message: `The member cost ${times} workers in a row and rests for another ${Math.ceil(leftMs)} ms.`,
    };
  }
}
