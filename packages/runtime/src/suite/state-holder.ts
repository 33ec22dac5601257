import { type KnownSlot, type StateChange, applyChange } from '../state/state-change.ts';
import type { SuiteState } from '../state/suite-state.ts';

/** Where the state of a running suite lives. */
export interface StateHolder {
  readonly current: SuiteState;
  /** Makes a change last, then counts it; rejects with a coded error and changes nothing when it cannot. */
  change(change: StateChange, slots: readonly KnownSlot[]): Promise<SuiteState>;
  close(): Promise<void>;
}

/** A state that lives as long as the suite does. */
export class StateInMemory implements StateHolder {
  #current: SuiteState;

  constructor(initial: SuiteState) {
    this.#current = initial;
  }

  get current(): SuiteState {
    return this.#current;
  }

  async change(change: StateChange, slots: readonly KnownSlot[]): Promise<SuiteState> {
    this.#current = applyChange(this.#current, change, slots);
    return this.#current;
  }

  async close(): Promise<void> {}
}
