import type { BatchOutcome } from '../breaker/batch-outcome.ts';
import type { Admission, Breakers } from '../breaker/breakers.ts';
import { encoderOutcome } from '../encoders/encoder-outcome.ts';
import type { EncoderRun } from '../encoders/encoder-run.ts';
import { encoderName } from '../encoders/suite-encoders.ts';
import { type Plan, type PlanMember, versionKey } from './plan.ts';

/** The breakers of a suite: of its members, by `versionKey`, and of its encoders, by `encoderName`. */
export interface SuiteBreakers {
  readonly members: Breakers;
  readonly encoders: Breakers;
}

/** Who of the members of a plan is called on a batch; afterwards the breakers hear what came of it. */
export class BatchAdmissions {
  readonly #plan: Plan;
  readonly #breakers: SuiteBreakers;
  readonly #encoders = new Map<number, Admission>();
  readonly #members = new Map<PlanMember, Admission>();

  /** @param asked - Those that are to be asked; those with a fault are left out. */
  constructor(plan: Plan, breakers: SuiteBreakers, asked: readonly PlanMember[]) {
    this.#plan = plan;
    this.#breakers = breakers;
    for (const member of asked) {
      if (member.fault !== null || this.#admitEncoder(member) === 'refuse') continue;
      this.#members.set(member, breakers.members.admit(versionKey(member)));
    }
  }

  /** Indices of the members that are called. */
  get called(): number[] {
    return [...this.#members].flatMap(([{ index }, admission]) => (admission === 'refuse' ? [] : [index]));
  }

  /** Whose breaker keeps a member away: its own, or that of its encoder; `null` when it is called. */
  refusal(member: PlanMember): 'member' | 'encoder' | null {
    if (this.#encoders.get(this.#encoderOf(member) ?? -1) === 'refuse') return 'encoder';
    return this.#members.get(member) === 'refuse' ? 'member' : null;
  }

  /** What came of the batch. */
  observe(outcomeOf: (member: PlanMember) => BatchOutcome, runs: readonly EncoderRun[] | 'cut'): void {
    for (const [member, admission] of this.#members)
      if (admission !== 'refuse') this.#breakers.members.observe(versionKey(member), admission, outcomeOf(member));
    for (const [index, admission] of this.#encoders) {
      if (admission === 'refuse') continue;
      const run = runs === 'cut' ? undefined : runs.find(({ encoder }) => encoder === index);
      this.#breakers.encoders.observe(
        this.#nameOf(index),
        admission,
        run === undefined ? 'nothing' : encoderOutcome(run),
      );
    }
  }

  #admitEncoder(member: PlanMember): Admission {
    const index = this.#encoderOf(member);
    if (index === null) return 'call';
    const admission = this.#encoders.get(index) ?? this.#breakers.encoders.admit(this.#nameOf(index));
    this.#encoders.set(index, admission);
    return admission;
  }

  #encoderOf({ index }: PlanMember): number | null {
    return this.#plan.engine.encoderOf(index);
  }

  #nameOf(index: number): string {
    const encoder = this.#plan.engine.encoders[index];
    return encoder === undefined ? '' : encoderName(encoder);
  }
}
