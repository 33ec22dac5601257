import { type Fault, FaultsError, formatFault } from '../discovery/fault.ts';
import { nameFaults } from '../state/state-change.ts';
import { type SuiteState, slotState } from '../state/suite-state.ts';
import { inspectSuite } from '../versions/inspect-suite.ts';
import { makePlan } from './make-plan.ts';
import type { ResolvedOptions } from './options.ts';
import type { Plan } from './plan.ts';

/**
 * A new plan of what is installed now, loaded and tried in workers of its own beside those of the old one.
 *
 * A fault that the old plan has already may stay, where the suite was loaded to live with faults; a new one refuses the
 * whole reload, so that an upgrade never leaves a suite worse than it was.
 *
 * @throws {RuntimeError} `SUITE_RELOAD_REFUSED` and the codes of `loadSuite`; nothing of the new plan is left running.
 */
export async function reloadPlan(old: Plan, options: ResolvedOptions, stateNow: () => SuiteState): Promise<Plan> {
  const inspection = await inspectSuite({ ...options, suite: old.name });
  const next = await makePlan(inspection, options, (member) => slotState(stateNow(), { member }).mode === 'off');
  const state = stateNow(); // It may have changed while the members were loaded.
  const faults = next.faults.filter((fault) => !old.faults.some((known) => isSameFault(fault, known)));
  const problems = [
    ...faults.map(formatFault),
    ...Object.entries(state.members).flatMap(([member, slot]) =>
      nameFaults(state, { member, ...slot }, next.slots).map((fault) => fault.message),
    ),
  ];
  if (problems.length === 0) return next;
  await next.engine.close({ timeoutMs: 0 });
  throw new FaultsError(
    'SUITE_RELOAD_REFUSED',
    `Suite "${old.name}" stays as it was; what is installed now has ${problems.length} problem(s):\n  ${problems.join('\n  ')}\n` +
      'Repair them, or install what was there before, and reload again.',
    faults,
  );
}

function isSameFault(a: Fault, b: Fault): boolean {
  return a.package === b.package && a.version === b.version && a.code === b.code;
}
