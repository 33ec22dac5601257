import { loadProblem } from './loss-problem.ts';
import type { MemberLoad, MemberProblem } from './worker-protocol.ts';
import type { Loss } from './workplace.ts';

/** Which members a workplace is to hold, and how their loading went. */
export class LoadBook {
  readonly #wanted = new Set<number>();
  readonly #loads = new Map<number, MemberLoad>();
  readonly #confirmed = new Set<number>();

  /** Members to be held from now on; what was known of them is forgotten, so that they get another try. */
  want(members: readonly number[]): void {
    for (const member of members) {
      this.#wanted.add(member);
      this.#loads.delete(member);
      this.#confirmed.delete(member);
    }
  }

  /** What a worker has yet to load: members that are wanted, were not tried in it, and have not failed elsewhere. */
  lacking(tried: ReadonlySet<number>): number[] {
    return [...this.#wanted].filter((member) => !tried.has(member) && this.problemOf(member) === null);
  }

  /**
   * One that loads badly in any worker is faulty. Once it is confirmed, a later worker that cannot load it (its files may have
   * been changed since) fails it on its own; the others still hold it.
   */
  loaded(load: MemberLoad): void {
    if (this.#confirmed.has(load.member)) return;
    if (load.problem !== null || !this.#loads.has(load.member)) this.#loads.set(load.member, load);
  }

  /** Members whose loading, or whose encoder's, ended a worker are not loaded again: they would end the next one too. */
  lost(members: readonly number[], loss: Loss): void {
    for (const member of members) this.#loads.set(member, { member, problem: loadProblem(loss), costMs: null });
  }

  /** A member that was lost and could be loaded again after all. */
  repaired(load: MemberLoad): void {
    this.#loads.set(load.member, load);
  }

  problemOf(member: number): MemberProblem | null {
    return this.#loads.get(member)?.problem ?? null;
  }

  /** How members came up, now that every worker has tried them. */
  confirm(members: readonly number[]): readonly MemberLoad[] {
    for (const member of members) this.#confirmed.add(member);
    return members.flatMap((member) => this.#loads.get(member) ?? []);
  }
}
