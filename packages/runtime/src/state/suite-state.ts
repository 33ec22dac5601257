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
 * Plain data, never changed in place. A member that is not named is as it ships; see {@link slotState}.
 */
export interface SuiteState {
  /** Goes up with every change; 0 before the first one. */
  readonly revision: number;
  readonly members: { readonly [member: string]: SlotState };
}

/** A member that nobody decided anything about: active on every key, in the version under the package's own name. */
export const DEFAULT_SLOT: SlotState = Object.freeze({ mode: 'active', rollout: 100, version: null, base: null });

/** A slot as far as it matters where nobody decided anything about it. */
export interface StartingSlot {
  /** The member's name. */
  readonly member: string;
  /** The mode that the package of its own version ships in; default active. */
  readonly startMode?: Mode;
}

/** The state before the first change. */
export const EMPTY_STATE: SuiteState = Object.freeze({ revision: 0, members: Object.freeze({}) });

/**
 * What the state says of one member; where it says nothing, the member is as it ships: on every key, in the version under the
 * package's own name, active unless its package says shadow.
 *
 * @example slotState({ revision: 0, members: {} }, { member: 'words', startMode: 'shadow' }).mode // 'shadow'
 */
export function slotState(state: SuiteState, slot: StartingSlot): SlotState {
  return decided(state, slot.member) ?? startOf(slot);
}

/** How a member is that nobody decided anything about. */
export function startOf({ startMode = DEFAULT_SLOT.mode }: StartingSlot): SlotState {
  return startMode === DEFAULT_SLOT.mode ? DEFAULT_SLOT : { ...DEFAULT_SLOT, mode: startMode };
}

/**
 * The installed slot of a member, as far as its start matters; of a member that is not installed nobody knows more than its name.
 *
 * @example slotNamed([], 'words') // { member: 'words' }
 */
export function slotNamed(slots: readonly StartingSlot[], member: string): StartingSlot {
  return slots.find((slot) => slot.member === member) ?? { member };
}

function decided({ members }: SuiteState, member: string): SlotState | undefined {
  return Object.hasOwn(members, member) ? members[member] : undefined;
}

/** Whether two members' states say the same. */
export function isSameSlot(a: SlotState, b: SlotState): boolean {
  return a.mode === b.mode && a.rollout === b.rollout && a.version === b.version && a.base === b.base;
}

/**
 * Whether two states have the same revision and say the same of every member.
 *
 * @param slots - What is installed: of a member that ships as shadow, to say that it is active is not to say nothing.
 */
export function isSameState(a: SuiteState, b: SuiteState, slots: readonly StartingSlot[] = []): boolean {
  const names = new Set([...Object.keys(a.members), ...Object.keys(b.members)]);
  return a.revision === b.revision && [...names].every((member) => saysTheSame(a, b, { member, slots }));
}

function saysTheSame(
  a: SuiteState,
  b: SuiteState,
  { member, slots }: { readonly member: string; readonly slots: readonly StartingSlot[] },
): boolean {
  const nothing = startsActive(member, slots) ? DEFAULT_SLOT : undefined;
  const [one, other] = [decided(a, member) ?? nothing, decided(b, member) ?? nothing];
  return one === undefined || other === undefined ? one === other : isSameSlot(one, other);
}

function startsActive(member: string, slots: readonly StartingSlot[]): boolean {
  return startOf(slotNamed(slots, member)) === DEFAULT_SLOT;
}

/**
 * The state that plain modes amount to: every member as a whole, on every key.
 *
 * @param slots - What is installed; default: members that ship as active.
 * @example stateOfModes({ words: 'off' }).members['words'] // { mode: 'off', rollout: 100, version: null, base: null }
 */
export function stateOfModes(
  modes: { readonly [member: string]: Mode },
  slots: readonly StartingSlot[] = [],
): SuiteState {
  const decisions = Object.entries(modes).map(([member, mode]) => [member, { ...DEFAULT_SLOT, mode }] as const);
  return createState(0, decisions, { slots });
}

/**
 * A state in its one normal form: members in the order of their names, without those that say nothing. Of a member that
 * ships as shadow every decision is kept: that it is active, for nobody else says so; and that it is in shadow, so that a
 * version which ships as active does not undo it.
 *
 * @param options.slots - What is installed; default: members that ship as active.
 */
export function createState(
  revision: number,
  decisions: Iterable<readonly [member: string, slot: SlotState]>,
  { slots = [] }: { readonly slots?: readonly StartingSlot[] } = {},
): SuiteState {
  const said = [...decisions].filter(
    ([member, slot]) => !isSameSlot(slot, DEFAULT_SLOT) || !startsActive(member, slots),
  );
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
