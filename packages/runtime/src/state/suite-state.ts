import type { JsonSchema } from '@clamor/contract';

/** Whether a member counts, is only recorded, or does not run. */
export type Mode = 'active' | 'shadow' | 'off';

/** What an operator decided about one member. */
export interface SlotState {
  readonly mode: Mode;
  /** Percent of keys on which `version` counts, in [0, 100]. */
  readonly rollout: number;
  /** The version that counts; `null`: the one declared under the package's own name. */
  readonly version: string | null;
  /** The version that counts on keys outside the rollout; `null`: none, the member is in shadow there. */
  readonly base: string | null;
}

/**
 * What an operator changes without a release: modes, rollouts, and versions that count.
 *
 * Plain data, never changed in place. A member that is not named has {@link DEFAULT_SLOT}.
 */
export interface SuiteState {
  /** Goes up with every change; 0 before the first one. */
  readonly revision: number;
  readonly members: { readonly [member: string]: SlotState };
}

/** A member that nobody decided anything about: active on every key, in the version under the package's own name. */
export const DEFAULT_SLOT: SlotState = Object.freeze({ mode: 'active', rollout: 100, version: null, base: null });

/** The state before the first change. */
export const EMPTY_STATE: SuiteState = Object.freeze({ revision: 0, members: Object.freeze({}) });

/**
 * What the state says of one member.
 *
 * @example slotState(EMPTY_STATE, 'words').mode // 'active'
 */
export function slotState(state: SuiteState, member: string): SlotState {
  return (Object.hasOwn(state.members, member) ? state.members[member] : undefined) ?? DEFAULT_SLOT;
}

/** Whether two members' states say the same. */
export function isSameSlot(a: SlotState, b: SlotState): boolean {
  return a.mode === b.mode && a.rollout === b.rollout && a.version === b.version && a.base === b.base;
}

/** Whether two states have the same revision and say the same of every member. */
export function isSameState(a: SuiteState, b: SuiteState): boolean {
  const names = new Set([...Object.keys(a.members), ...Object.keys(b.members)]);
  return a.revision === b.revision && [...names].every((name) => isSameSlot(slotState(a, name), slotState(b, name)));
}

/**
 * The state that plain modes amount to: every member as a whole, on every key.
 *
 * @example stateOfModes({ words: 'off' }).members['words'] // { mode: 'off', rollout: 100, version: null, base: null }
 */
export function stateOfModes(modes: { readonly [member: string]: Mode }): SuiteState {
  return createState(
    0,
    Object.entries(modes).map(([member, mode]) => [member, { ...DEFAULT_SLOT, mode }]),
  );
}

/** A state in its one normal form: members in the order of their names, without those that say nothing. */
export function createState(revision: number, slots: Iterable<readonly [member: string, slot: SlotState]>): SuiteState {
  const said = [...slots].filter(([, slot]) => !isSameSlot(slot, DEFAULT_SLOT));
  return { revision, members: Object.fromEntries(said.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) };
}

const VERSION: JsonSchema = { type: ['string', 'null'], minLength: 1 };
const TEXT: JsonSchema = { type: 'string', pattern: '\\S' };

/** JSON Schema of a {@link SlotState} as people write it: what is left out has its default. */
export const SLOT_STATE_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    mode: { enum: ['active', 'shadow', 'off'], default: DEFAULT_SLOT.mode },
    rollout: { type: 'number', minimum: 0, maximum: 100, default: DEFAULT_SLOT.rollout },
    version: { ...VERSION, default: DEFAULT_SLOT.version },
    base: { ...VERSION, default: DEFAULT_SLOT.base },
  },
};

/** JSON Schema of `state.json`: a {@link SuiteState}; an edit by hand adds `by` and `why`. */
export const STATE_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'state.json of a Clamor suite',
  type: 'object',
  required: ['revision', 'members'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    revision: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    by: TEXT,
    why: TEXT,
    members: { type: 'object', additionalProperties: SLOT_STATE_SCHEMA },
  },
};
