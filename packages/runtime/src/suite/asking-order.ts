import { type AskedMember, learnOrder } from '../verdict/early-stop.ts';
import { RecentPositives } from '../verdict/recent-positives.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { type Plan, versionKey } from './plan.ts';
import type { ScoredBatch } from './score-batch.ts';

// Verdicts between two looks at the order: learning it takes well below a millisecond, and a few verdicts change little.
const LEARN_EVERY = 64;
// How quickly costs follow measured ones.
const COST_MEMORY = 0.9;

/** The order in which a plan's members are asked when the first positive ends the asking; it follows the full verdicts. */
export class AskingOrder {
  readonly #plan: Plan;
  readonly #recent: RecentPositives;
  readonly #places: ReadonlyMap<string, number>;
  readonly #members: AskedMember[];
  #order: readonly number[];
  #unlearned = 0;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#recent = new RecentPositives(plan.members.length);
    this.#places = new Map(plan.members.map((member, m) => [versionKey(member), m]));
    this.#members = plan.members.map((member) => ({ name: versionKey(member), cost: 0 }));
    this.#order = plan.members.map((_, m) => m);
  }

  /** Places of the plan's members, first to be asked first; of another plan than the present one: its own order. */
  of(plan: Plan): readonly number[] {
    return plan === this.#plan ? this.#order : plan.members.map((_, m) => m);
  }

  /** Milliseconds per example of the member at a place, as measured lately; 0 when it never ran. */
  costMs(place: number): number {
    return this.#members[place]?.cost ?? 0;
  }

  /** Takes in what members cost in a batch; what an encoder cost is shared by those on it that ran. */
  measure({
    plan,
    timesMs,
    encoders,
    examples,
  }: Pick<ScoredBatch, 'plan' | 'timesMs' | 'encoders' | 'examples'>): void {
    if (plan !== this.#plan) return;
    const encoderOf = (m: number): number | null => plan.engine.encoderOf(plan.members[m]?.index ?? -1);
    const shareOf = (m: number): number => {
      const use = encoders.find(({ index }) => index === encoderOf(m));
      const readers = timesMs.filter((timeMs, other) => timeMs > 0 && encoderOf(other) === use?.index).length;
      return use === undefined ? 0 : use.timeMs / Math.max(1, examples.length) / Math.max(1, readers);
    };
    for (const [m, member] of this.#members.entries()) {
      const timeMs = (timesMs[m] ?? 0) === 0 ? 0 : (timesMs[m] ?? 0) + shareOf(m);
      if (timeMs === 0) continue;
      const cost = member.cost === 0 ? timeMs : COST_MEMORY * member.cost + (1 - COST_MEMORY) * timeMs;
      this.#members[m] = { ...member, cost };
    }
  }

  /** Takes in a verdict; those that may have stopped early teach nothing. */
  learn({ full, error, judgements }: Verdict): void {
    if (!full || error !== undefined) return;
    const positive = Array.from(this.#members, () => false);
    for (const { mode, judgement, member, version } of judgements) {
      if (mode !== 'active' || judgement !== 'positive') continue;
      const place = this.#places.get(versionKey({ name: member, version }));
      if (place !== undefined) positive[place] = true;
    }
    this.#recent.add(positive);
    this.#unlearned += 1;
    if (this.#unlearned < LEARN_EVERY) return;
    this.#unlearned = 0;
    this.#order = learnOrder(this.#members, this.#recent);
  }
}
