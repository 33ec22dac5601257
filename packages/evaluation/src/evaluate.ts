import type { BitTable } from './bit-table.ts';
import type { Evaluation } from './figures.ts';
import type { JudgementTable } from './judgement-table.ts';

/** What the policy of a suite says about its gate. */
export interface GatePolicy {
  /** What is left of the suite's loss budget δ, in [0, 1]: precision that a member may still cost. */
  readonly lossBudget: number;
  /** Unique precision below which a member has no merit, in [0, 1]. */
  readonly meritFloor: number;
}

/** What {@link evaluate} takes besides the table. */
export interface EvaluateOptions {
  /** Without it `harm` and `merit` are `null`. */
  readonly gate?: GatePolicy;
  /** Names of members without which a verdict that is not positive is undetermined. Default none. */
  readonly required?: readonly string[];
}

/** The figures of a suite, its members and their overlaps. */
export function evaluate(table: JudgementTable | BitTable, options: EvaluateOptions = {}): Evaluation {
  throw new Error(`not computed yet: ${table.members.length} members, ${options.required?.length ?? 0} required`);
}
