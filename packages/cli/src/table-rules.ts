import type { GatePolicy } from '@clamor/evaluation';

import { CliError } from './errors.ts';

/** The part of a policy that figures of a file are computed with. */
export interface TableRules {
  /** In [0, 1]; with the next one the gate's probabilities are computed, without both they are `null`. */
  readonly lossBudget?: number;
  /** In [0, 1]. */
  readonly uniquePrecisionFloor?: number;
}

/**
 * The rules as `evaluate` takes them.
 *
 * @throws {CliError} `CLI_USAGE` when only one of the two is given.
 */
export function tableGate({ lossBudget, uniquePrecisionFloor }: TableRules): { gate?: GatePolicy } {
  if (lossBudget === undefined && uniquePrecisionFloor === undefined) return {};
  if (lossBudget === undefined || uniquePrecisionFloor === undefined) {
    throw new CliError('CLI_USAGE', 'The gate needs both: --loss-budget and --unique-precision-floor.');
  }
  return { gate: { lossBudget, meritFloor: uniquePrecisionFloor } };
}
