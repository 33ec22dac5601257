import type { GateRules } from '@clamor/evaluation';

import type { ExperimentOptions } from './experiment.ts';
import { ACCEPTING, contextOf, type TeamRun } from './team.ts';
import { runJointTeam, runPooledTeam } from './team-joint.ts';
import { runSuiteTeam } from './team-suite.ts';

/** What {@link simulateTeam} takes. */
export interface SimulateTeamOptions extends ExperimentOptions {
  readonly gateRules: GateRules;
  /** Number of orders. */
  readonly orders: number;
}

/** Every order in every way, under both rules of merging. */
export function simulateTeam({ orders, onProgress, ...given }: SimulateTeamOptions): TeamRun[] {
  const shared = { ...given, models: new Map(), comparisons: new Map(), jointGates: new Map() };
  return Array.from({ length: orders }, (_, order) => {
    onProgress?.(`order ${order + 1}/${orders}`);
    return ACCEPTING.flatMap((accepting) => {
      const context = contextOf(shared, order, accepting);
      return [runSuiteTeam(context), runJointTeam(context), runPooledTeam(context)];
    });
  }).flat();
}
