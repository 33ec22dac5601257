import { slotState } from '../state/suite-state.ts';
import { ATTRIBUTE } from '../telemetry/attributes.ts';
import { type AddAttributes, SuiteSpans } from '../telemetry/spans.ts';
import { stateVersion } from '../state/state-version.ts';
import { planAttributes } from './span-attributes.ts';
import { inspectSuite } from '../versions/inspect-suite.ts';
import { makePlan } from './make-plan.ts';
import { type StateHooks, openState } from './open-state.ts';
import { type LoadSuiteOptions, resolveOptions } from './options.ts';
import { RunningSuite } from './running-suite.ts';

/**
 * Loads a suite: discovers its members among the packages that the host declares, checks them from cheap to costly
 * (manifest, contract, suite range, record and artifact hash from JSON alone; then import, shape, load and samples in
 * workers) and keeps them ready.
 *
 * @throws {RuntimeError} `SUITE_FAULTY` listing every fault; `HOST_NOT_FOUND`, `SUITE_NOT_FOUND`, `SUITE_AMBIGUOUS`,
 * `SUITE_POLICY_INVALID`, `SUITE_LOAD_FAILED`, `STATE_MEMBER_UNKNOWN`; with `encodings` also `SUITE_ENCODINGS_INVALID`; with `locked` also `LOCK_MISSING`, `LOCK_INVALID`,
 * `SUITE_LOCK_MISMATCH`; with `stateDir` also the other `STATE_` codes. Nothing is left running then.
 * @example
 * // const suite = await loadSuite({ suite: 'spam' });
 * // const [verdict] = await suite.judge([{ key: 'mail-1', input: bytes }]);
 * // await suite.close();
 */
export function loadSuite(options: LoadSuiteOptions = {}): Promise<RunningSuite> {
  return new SuiteSpans().traced('clamor.load', {}, (add) => load(options, add));
}

async function load(options: LoadSuiteOptions, add: AddAttributes): Promise<RunningSuite> {
  // onnxruntime reads this once per process, on the main thread, before any worker opens a session.
  process.env['ORT_DISABLE_TELEMETRY'] ??= '1';
  options.signal?.throwIfAborted();
  const resolved = resolveOptions(options);
  const inspection = await inspectSuite(resolved);
  const hooks: StateHooks = { changed: () => {}, refused: () => {} };
  const slots = inspection.slots.map(({ member, startMode, versions }) => ({
    member,
    startMode,
    versions: versions.map(({ version }) => version),
  }));
  const state = await openState(options, slots, hooks);
  try {
    const plan = await makePlan(inspection, resolved, (member) => slotState(state.current, { member }).mode === 'off');
    add(() => ({ ...planAttributes(plan), [ATTRIBUTE.stateVersion]: stateVersion(state.current) }));
    return new RunningSuite({ plan, options: resolved, state, hooks });
  } catch (error) {
    await state.close();
    throw error;
  }
}
