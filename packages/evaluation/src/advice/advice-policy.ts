import type { Policy } from '@clamor/contract';
import { EvaluationError, type EvaluationFault, throwFaults } from '../errors.ts';
import type { ScoredTable } from '../table/scored-table.ts';

/** What {@link advise} is measured against: the promises of a suite's policy, which can be passed as it is. */
export type AdvicePolicy = Pick<
  Policy,
  'precisionFloor' | 'uniquePrecisionFloor' | 'lossBudget' | 'harmConfidence' | 'meritConfidence'
>;

/** What {@link advise} takes besides the table. */
export interface AdviseOptions {
  readonly policy: AdvicePolicy;
  /** Milliseconds of one core per example that members cost, by name, ≥ 0. Default: not measured. */
  readonly costs?: Readonly<Record<string, number>>;
  /**
   * `frozen`: no move of a threshold and nothing that is within its reach, because thresholds are not chosen on these examples
   * (a split that gates or tests) or there are no scores. Default `movable`.
   */
  readonly thresholds?: 'movable' | 'frozen';
  /** At most so many ids of missed examples for each slice, ≥ 0. Default 20. Ids are told only where the table has them. */
  readonly maxIds?: number;
}

/** Throws when advice cannot be asked for with these options, all faults together. */
export function checkAdviseOptions(table: ScoredTable, { policy, costs = {}, maxIds = 0 }: AdviseOptions): void {
  const known = new Set(table.members.map(({ name }) => name));
  throwFaults([
    ...policyFaults(policy, ['precisionFloor', 'uniquePrecisionFloor', 'lossBudget'], isShare, 'in [0, 1]'),
    ...policyFaults(policy, ['harmConfidence', 'meritConfidence'], isConfidence, 'above 0.5 and below 1'),
    ...Object.entries(costs).flatMap(([name, cost]) => costFaults(name, cost, known)),
  ]);
  if (Number.isInteger(maxIds) && maxIds >= 0) return;
  throw new EvaluationError([
    { code: 'EVAL_COUNT_INVALID', message: `At most ${maxIds} ids were asked for; it must be a whole number ≥ 0.` },
  ]);
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}

function isConfidence(value: number): boolean {
  return value > 0.5 && value < 1;
}

function policyFaults(
  policy: AdvicePolicy,
  names: readonly (keyof AdvicePolicy)[],
  isValid: (value: number) => boolean,
  wanted: string,
): EvaluationFault[] {
  return names
    .filter((name) => !isValid(policy[name]))
    .map((name) => ({
      code: 'EVAL_GATE_INVALID',
      message: `${name} of the policy is ${policy[name]}; it must be ${wanted}.`,
    }));
}

function costFaults(name: string, cost: number, known: ReadonlySet<string>): EvaluationFault[] {
  if (!known.has(name)) {
    const message = `A cost is told of "${name}"; the table holds ${[...known].join(', ') || 'no member'}.`;
    return [{ code: 'EVAL_MEMBER_UNKNOWN', message }];
  }
  if (cost >= 0 && Number.isFinite(cost)) return [];
  return [
    {
      code: 'EVAL_GATE_INVALID',
      message: `The cost of "${name}" is ${cost} ms per example; it must be finite and at least 0. Leave it out when it was not measured.`,
    },
  ];
}
