import { EvaluationError, type EvaluationFault, throwFaults } from '../errors.ts';
import { fewestLabels } from './allocation.ts';
import type { LabelPlanOptions } from './label-plan.ts';

/**
 * Throws when an option of a label plan is outside its range; all of them together.
 *
 * @throws {EvaluationError} `EVAL_PLAN_INVALID`, `EVAL_MEMBER_UNKNOWN`
 */
export function checkLabelPlanOptions(options: Omit<LabelPlanOptions, 'table'>, members: readonly string[]): void {
  const { budget, seed, bands = 4, required = [], importance = {}, assumedRates = {} } = options;
  throwFaults([
    ...outside('budget', [budget], 'a whole number of labels, at least 1', (value) => isWhole(value, Infinity)),
    ...outside('seed', [seed], 'a whole number from 1 to 4294967295', (value) => isWhole(value, 2 ** 32 - 1)),
    ...outside('bands', [bands], 'a whole number from 1 to 100', (value) => isWhole(value, 100)),
    ...outside('importance', Object.values(importance), 'finite and at least 0', (x) => x >= 0 && Number.isFinite(x)),
    ...outside('assumedRates', Object.values(assumedRates), 'above 0 and below 1', (x) => x > 0 && x < 1),
    ...required
      .filter((name) => !members.includes(name))
      .map((name): EvaluationFault => ({
        code: 'EVAL_MEMBER_UNKNOWN',
        message: `"${name}" is required but not in the table, which holds ${members.join(', ') || 'no member'}.`,
      })),
  ]);
}

/**
 * Throws when the budget does not give every stratum its two labels.
 *
 * @param sizes - Examples of every stratum.
 * @throws {EvaluationError} `EVAL_BUDGET_TOO_SMALL`
 */
export function checkBudget(budget: number, sizes: readonly number[]): void {
  const fewest = fewestLabels(sizes);
  if (budget >= fewest) return;
  throw new EvaluationError([
    {
      code: 'EVAL_BUDGET_TOO_SMALL',
      message: `${budget} labels were offered for ${sizes.length} strata; two per stratum, or all of a smaller one, take ${fewest}. Label ${fewest} or more, ask for fewer bands, or leave members out.`,
    },
  ]);
}

function outside(
  what: string,
  values: readonly number[],
  wanted: string,
  isInside: (value: number) => boolean,
): EvaluationFault[] {
  return values
    .filter((value) => !isInside(value))
    .map((value): EvaluationFault => ({
      code: 'EVAL_PLAN_INVALID',
      message: `The ${what} of a label plan is ${value}; it must be ${wanted}.`,
    }));
}

function isWhole(value: number, highest: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= highest;
}
