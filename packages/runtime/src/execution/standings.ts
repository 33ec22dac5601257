import type { FailureReason } from '@clamor/contract';
import type { LossLedgers, MemberLosses } from './loss-ledger.ts';

const NONE: MemberLosses = { crashes: 0, deadlines: 0 };

/** How members stand by what they, and the encoders that they read, cost lately. */
export class Standings {
  readonly ledgers: LossLedgers;
  readonly #encoderOf: (member: number) => number | null;

  /** @param encoderOf - The encoder that a member reads; `null` for none. */
  constructor(ledgers: LossLedgers, encoderOf: (member: number) => number | null) {
    this.ledgers = ledgers;
    this.#encoderOf = encoderOf;
  }

  encoderOf(member: number): number | null {
    return this.#encoderOf(member);
  }

  /** Why a member is not called now: it rests, or its encoder does; `null` when it is. */
  restOf(member: number): FailureReason | null {
    const encoder = this.#encoderOf(member);
    return this.ledgers.member.restOf(member) ?? (encoder === null ? null : this.ledgers.encoder.restOf(encoder));
  }

  /** Workers that the encoder of a member has cost so far; none where it reads no encoder. */
  encoderLossesOf(member: number): MemberLosses {
    const encoder = this.#encoderOf(member);
    return (encoder === null ? undefined : this.ledgers.encoder.losses.get(encoder)) ?? NONE;
  }

  /** Whether a member, or its encoder, cost a worker or was late lately: such a one runs after the others. */
  isSuspect(member: number): boolean {
    const encoder = this.#encoderOf(member);
    return this.ledgers.member.isSuspect(member) || (encoder !== null && this.ledgers.encoder.isSuspect(encoder));
  }
}
