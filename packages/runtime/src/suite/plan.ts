import type { MemberRecord, Policy } from '@clamor/contract';
import type { DiscoveredPackage, Discovery } from '../discovery/discover.ts';
import type { Fault } from '../discovery/fault.ts';
import type { Engine, Isolation } from '../execution/engine.ts';
import type { Mode } from '../state/suite-state.ts';

/** One installed version of a member, as a plan runs it. */
export interface PlanMember extends DiscoveredPackage {
  /** `null` when the record could not be read; then there is a fault. */
  readonly record: MemberRecord | null;
  /** See `scoreHash`; `null` for a member with a fault of its files. */
  readonly scoreHash: string | null;
  /** Its place among the members that the engine knows; −1 for none. */
  readonly index: number;
  /** Why it cannot judge; `null` when it can. */
  readonly fault: Fault | null;
  readonly isolation: Isolation;
}

/** A member's name, and its installed versions in a plan. */
export interface PlanSlot {
  readonly member: string;
  /** From the lowest to the highest. */
  readonly versions: readonly string[];
  /** The version that counts when the state names none. */
  readonly own: string;
  /** The mode until an operator decides. */
  readonly startMode: Mode;
  /** Places of the versions among the members of the plan, in their order. */
  readonly members: readonly number[];
}

/** What a {@link Plan} is made of. */
export interface PlanParts {
  readonly name: string;
  readonly policy: Policy;
  readonly suiteVersion: string;
  readonly discovery: Discovery;
  readonly faults: readonly Fault[];
  readonly slots: readonly PlanSlot[];
  readonly members: readonly PlanMember[];
  readonly engine: Engine;
  /** Whether what was loaded agrees with the lock of the host. */
  readonly lock: 'matches' | 'differs' | 'none';
}

/** What tells one installed version of a member from another one. */
export function versionKey({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name}@${version}`;
}

/** The two parts of a {@link versionKey}. */
export function splitKey(key: string): { readonly member: string; readonly version: string } {
  const at = key.lastIndexOf('@'); // The name of a package may begin with one.
  return { member: key.slice(0, at), version: key.slice(at + 1) };
}

/**
 * What one load of the code gives: checked members in workers that hold them. It never changes; a reload makes a new one,
 * and the old one ends when the batches that it began are done.
 */
export class Plan {
  readonly name: string;
  readonly policy: Policy;
  readonly suiteVersion: string;
  readonly discovery: Discovery;
  readonly faults: readonly Fault[];
  /** Every member with its installed versions, in the order of their packages. */
  readonly slots: readonly PlanSlot[];
  /** Every installed version of every member, off and faulty ones included, in the order of the slots. */
  readonly members: readonly PlanMember[];
  readonly engine: Engine;
  readonly lock: PlanParts['lock'];
  #running = 0;
  #drained: PromiseWithResolvers<void> | undefined;

  constructor(parts: PlanParts) {
    this.name = parts.name;
    this.policy = parts.policy;
    this.suiteVersion = parts.suiteVersion;
    this.discovery = parts.discovery;
    this.faults = parts.faults;
    this.slots = parts.slots;
    this.members = parts.members;
    this.engine = parts.engine;
    this.lock = parts.lock;
  }

  /** Runs work that needs this plan's workers; until it settles the plan does not drain. */
  async use<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#drained?.resolve();
    }
  }

  /** Waits until no work is under way. */
  async drain(): Promise<void> {
    if (this.#running === 0) return;
    this.#drained ??= Promise.withResolvers<void>();
    await this.#drained.promise;
  }
}
