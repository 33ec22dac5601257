import { RuntimeError } from '../errors.ts';
import { stateOfModes } from '../state/suite-state.ts';
import { inspectSuite } from '../versions/inspect-suite.ts';
import { makePlan } from './make-plan.ts';
import { type LoadSuiteOptions, resolveOptions } from './options.ts';
import { RunningSuite } from './running-suite.ts';
import { StateInMemory } from './state-holder.ts';

/**
 * Loads a suite: discovers its members among the packages that the host declares, checks them from cheap to costly
 * (manifest, contract, suite range, record and artifact hash from JSON alone; then import, shape, load and samples in
 * workers) and keeps them ready.
 *
 * @throws {RuntimeError} `SUITE_FAULTY` listing every fault; `HOST_NOT_FOUND`, `SUITE_NOT_FOUND`, `SUITE_AMBIGUOUS`,
 * `SUITE_POLICY_INVALID`, `SUITE_LOAD_FAILED`, `STATE_MEMBER_UNKNOWN`; with `locked` also `LOCK_MISSING`, `LOCK_INVALID`,
 * `SUITE_LOCK_MISMATCH`
 * @example
 * // const suite = await loadSuite({ suite: 'spam' });
 * // const [verdict] = await suite.judge([{ key: 'mail-1', input: bytes }]);
 * // await suite.close();
 */
export async function loadSuite(options: LoadSuiteOptions = {}): Promise<RunningSuite> {
  // onnxruntime reads this once per process, on the main thread, before any worker opens a session.
  process.env['ORT_DISABLE_TELEMETRY'] ??= '1';
  const resolved = resolveOptions(options);
  const inspection = await inspectSuite(resolved);
  const modes = options.modes ?? {};
  checkModes(
    modes,
    inspection.slots.map((slot) => slot.member),
  );
  const state = new StateInMemory(stateOfModes(modes));
  const plan = await makePlan(inspection, resolved, (member) => modes[member] === 'off');
  return new RunningSuite({ plan, options: resolved, state });
}

function checkModes(modes: object, members: readonly string[]): void {
  const unknown = Object.keys(modes).filter((name) => !members.includes(name));
  if (unknown.length === 0) return;
  throw new RuntimeError(
    'STATE_MEMBER_UNKNOWN',
    `Modes are given for ${unknown.join(', ')}, and the members found are ${members.join(', ') || 'none'}. Correct the names.`,
  );
}
