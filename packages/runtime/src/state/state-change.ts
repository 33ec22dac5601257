import { RuntimeError, type RuntimeErrorCode } from '../errors.ts';
import {
  type Mode,
  type SlotState,
  type StartingSlot,
  type SuiteState,
  createState,
  slotNamed,
  slotState,
} from './suite-state.ts';

/** One decision of an operator about one member; what is left out stays as it is. */
export interface StateChange {
  /** Name of the member. */
  readonly member: string;
  readonly mode?: Mode;
  /** Percent of keys, in [0, 100]. */
  readonly rollout?: number;
  /** An installed version; `null` for the one under the package's own name. */
  readonly version?: string | null;
  /** An installed version; `null` for none: shadow outside the rollout. */
  readonly base?: string | null;
  /** Who decided. */
  readonly by: string;
  /** The reason, for whoever reads the audit log. */
  readonly why: string;
}

/** A member that is installed, as far as changes are checked against it. */
export interface KnownSlot extends StartingSlot {
  readonly versions: readonly string[];
}

/**
 * The state after a change: revision + 1, and one member's slot with what the change gives.
 *
 * @param slots - What is installed. A member that is not, and that the state still names, may be changed too: so can what
 * was said of a removed member be taken back.
 * @throws {RuntimeError} `STATE_MEMBER_UNKNOWN`, `STATE_VERSION_UNKNOWN`, `STATE_ROLLOUT_RANGE`, `STATE_REASON_MISSING`,
 * `STATE_CHANGE_INVALID`; the message lists everything that is wrong with the change
 * @example
 * const change = { member: 'words', mode: 'off', by: 'ann', why: 'floods' };
 * applyChange({ revision: 4, members: {} }, change, [{ member: 'words', versions: ['1.0.0'] }]).revision
 * // 5
 */
export function applyChange(state: SuiteState, change: StateChange, slots: readonly KnownSlot[]): SuiteState {
  const faults = changeFaults(state, change, slots);
  if (faults[0] !== undefined) throw new RuntimeError(faults[0].code, faults.map((fault) => fault.message).join('\n'));
  const { member, mode, rollout, version, base } = change;
  const before = slotState(state, slotNamed(slots, member));
  const after: SlotState = {
    mode: mode ?? before.mode,
    rollout: rollout ?? before.rollout,
    version: version === undefined ? before.version : version,
    base: base === undefined ? before.base : base,
  };
  return createState(state.revision + 1, Object.entries({ ...state.members, [member]: after }), { slots });
}

/** Why a change cannot be made. */
export interface ChangeFault {
  readonly code: RuntimeErrorCode;
  readonly message: string;
}

/**
 * What a change names that is not installed. A member that is not installed may be named without a version where the state
 * names it already.
 */
export function nameFaults(
  state: SuiteState,
  { member, version = null, base = null }: Pick<StateChange, 'member' | 'version' | 'base'>,
  slots: readonly KnownSlot[],
): ChangeFault[] {
  const known = slots.find((slot) => slot.member === member);
  if (known === undefined) {
    if (Object.hasOwn(state.members, member) && version === null && base === null) return [];
    const names = slots.map((slot) => slot.member).join(', ') || 'none';
    const message = `No member "${member}" is installed; there are: ${names}. Correct the name, or install the member first.`;
    return [{ code: 'STATE_MEMBER_UNKNOWN', message }];
  }
  return Object.entries({ version, base }).flatMap(([field, wanted]): ChangeFault[] => {
    if (wanted === null || known.versions.includes(wanted)) return [];
    const found = `"${field}" of ${member} is ${wanted}; installed: ${known.versions.join(', ')}`;
    const message = `${found}. Name one of these, or install it beside them under an alias.`;
    return [{ code: 'STATE_VERSION_UNKNOWN', message }];
  });
}

function changeFaults(state: SuiteState, change: StateChange, slots: readonly KnownSlot[]): ChangeFault[] {
  const { member, mode, rollout, version, base } = change;
  const isEmpty = [mode, rollout, version, base].every((field) => field === undefined);
  const empty: ChangeFault = {
    code: 'STATE_CHANGE_INVALID',
    message: `The change of ${member} changes nothing. Give it a mode, rollout, version or base.`,
  };
  return [...nameFaults(state, change, slots), ...(isEmpty ? [empty] : valueFaults(change)), ...reasonFaults(change)];
}

/** A change may come from plain JavaScript or JSON, so its types are checked too. */
function valueFaults({ member, mode, rollout, version, base }: StateChange): ChangeFault[] {
  const faults: ChangeFault[] = [];
  const add = (code: RuntimeErrorCode, field: string, value: unknown, wanted: string): number =>
    faults.push({ code, message: `"${field}" of ${member} is ${JSON.stringify(value)}. Give ${wanted}.` });
  if (mode !== undefined && !MODES.includes(mode))
    add('STATE_CHANGE_INVALID', 'mode', mode, `one of ${MODES.join(', ')}`);
  if (rollout !== undefined && typeof rollout !== 'number')
    add('STATE_CHANGE_INVALID', 'rollout', rollout, 'a number, in percent');
  else if (rollout !== undefined && !(rollout >= 0 && rollout <= 100))
    add('STATE_ROLLOUT_RANGE', 'rollout', rollout, 'a percentage from 0 to 100');
  for (const [field, value] of Object.entries({ version, base })) {
    if (value !== undefined && value !== null && (typeof value !== 'string' || value === ''))
      add('STATE_CHANGE_INVALID', field, value, 'a version, or null');
  }
  return faults;
}

function reasonFaults({ member, by, why }: StateChange): ChangeFault[] {
  return Object.entries({ by, why }).flatMap(([field, value]): ChangeFault[] => {
    if (typeof value === 'string' && value.trim() !== '') return [];
    const message = `The change of ${member} has no "${field}". Say who decides and why: it goes into the audit log.`;
    return [{ code: 'STATE_REASON_MISSING', message }];
  });
}

const MODES: readonly Mode[] = ['active', 'shadow', 'off'];
