import type { RuntimeError } from '../errors.ts';
import { type AuditEntry, nextEntry, recordChange } from './audit-log.ts';
import { type KnownSlot, type StateChange, applyChange } from './state-change.ts';
import { EMPTY_STATE, type SuiteState } from './suite-state.ts';

/** Where a suite's state is kept: in a directory (`StateStore`), or in memory. */
export interface StateKeeper extends AsyncDisposable {
  /** Never changed in place: take it once per batch. */
  readonly current: SuiteState;
  /** Why what others wrote does not count, or could not be read last; `null` when all is well. Also of what was found on opening. */
  readonly refusal: RuntimeError | null;
  /** What changes are checked against from now on; for when other members are loaded. */
  useSlots(slots: readonly KnownSlot[]): void;
  /** Applies a change; see {@link applyChange} for what is refused. */
  change(change: StateChange): Promise<SuiteState>;
  /** Ends after the changes under way; may be called twice. */
  close(): Promise<void>;
}

/** Options of every {@link StateKeeper}. */
export interface StateKeeperOptions {
  /** What is installed. */
  readonly slots: readonly KnownSlot[];
  /** Called once for every change, in order, whoever made it. Must not throw. */
  readonly onChange?: (entry: AuditEntry) => void;
  /** The clock of the audit log; default that of the machine. */
  readonly now?: () => Date;
}

/**
 * Keeps a state as long as the process lives, for a host that gives no state directory. Changes are checked as everywhere; what
 * logs them is `onChange`.
 *
 * @param options - With `initial`, the state to begin with; default the empty one.
 * @example
 * // const keeper = createMemoryState({ slots: [{ member: 'words', versions: ['1.0.0'] }] });
 * // await keeper.change({ member: 'words', mode: 'off', by: 'ann', why: 'floods' });
 * // keeper.current.revision // 1
 */
export function createMemoryState(options: StateKeeperOptions & { readonly initial?: SuiteState }): StateKeeper {
  const { initial = EMPTY_STATE, onChange, now } = options;
  let { slots } = options;
  let current = initial;
  let last: AuditEntry | null = null;
  return {
    get current() {
      return current;
    },
    refusal: null,
    useSlots: (loaded) => {
      slots = loaded;
    },
    change: async (change) => {
      const { by, why } = change;
      const after = applyChange(current, change, slots);
      last = nextEntry({ last, before: current, by, why, change: recordChange(change), after }, now?.());
      current = after;
      onChange?.(last);
      return after;
    },
    close: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
}
