import type { Verdict } from '@clamor/runtime';
import { LATE, type SlotWish, type World, verdictViolations } from './check-verdict.ts';
import { POISON } from './examples.ts';
import type { Fault } from './faults.ts';
import type { SoundVersion } from './oracle.ts';

/** What an operator has said of members, at one revision of the state. */
export interface KnownState {
  readonly revision: number;
  readonly wishes: ReadonlyMap<string, SlotWish>;
}

/** A verdict, with what the client that got it knows. */
export interface Received {
  readonly verdict: Verdict;
  readonly text: string;
  /** The newest revision that was acknowledged before the client asked; an older one in the verdict is stale. */
  readonly revision: number;
}

/**
 * Checks every verdict of a run against what is known without the runtime. The versions in the verdict say in which world
 * it was given; one from a world that is not announced yet waits until it is.
 */
export class Inspector {
  /** What is violated → how often, and where first. */
  readonly violations = new Map<string, { count: number; readonly first: string }>();
  verdictCount = 0;
  /** Judgements of sound members, and those among them that came too late. */
  readonly sound = { judgements: 0, late: 0 };
  /** Times a fault was judged so: fault → positive, negative or the code of the failure → count. */
  readonly outcomes = new Map<string, Map<string, number>>();
  readonly #states = new Map<string, KnownState>();
  readonly #installations = new Map<string, World['installed']>();
  readonly #answers: ReadonlyMap<string, SoundVersion>;
  readonly #faults: ReadonlyMap<string, Fault>;
  #waiting: Received[] = [];

  constructor(sound: readonly SoundVersion[], faults: readonly Fault[]) {
    this.#answers = new Map(sound.map((each) => [`${each.member}@${each.version}`, each]));
    this.#faults = new Map(faults.map((fault) => [fault.name, fault]));
  }

  announceState(stateVersion: string, state: KnownState): void {
    this.#states.set(stateVersion, state);
    this.#look();
  }

  announceInstallation(suiteVersion: string, installed: World['installed']): void {
    this.#installations.set(suiteVersion, installed);
    this.#look();
  }

  receive(received: Received): void {
    this.verdictCount++;
    if (!this.#inspect(received, false)) this.#waiting.push(received);
  }

  /** @param where - The key of an example, or whoever saw it. */
  report(violation: string, where: string): void {
    const seen = this.violations.get(violation);
    if (seen === undefined) this.violations.set(violation, { count: 1, first: where });
    else seen.count++;
  }

  /** Everything is announced: what still waits comes from a world that never was, or from one that was gone. */
  end(): void {
    for (const received of this.#waiting) {
      const { suiteVersion, stateVersion, key } = received.verdict;
      if (!this.#inspect(received, true))
        this.report(`is from a world that never was: ${suiteVersion} ${stateVersion}`, key);
    }
    this.#waiting = [];
  }

  #look(): void {
    this.#waiting = this.#waiting.filter((received) => !this.#inspect(received, false));
  }

  /** @returns Whether the world of the verdict is known; a stale one may be a newer one that is not announced yet. */
  #inspect({ verdict, text, revision }: Received, isLast: boolean): boolean {
    const state = this.#states.get(verdict.stateVersion);
    const installed = this.#installations.get(verdict.suiteVersion);
    if (state === undefined || installed === undefined || (state.revision < revision && !isLast)) return false;
    if (state.revision < revision)
      this.report(`is of revision ${state.revision}, asked after ${revision}`, verdict.key);
    const world: World = {
      installed,
      wishes: state.wishes,
      answerOf: (memberVersion) => this.#answers.get(memberVersion)?.answers.get(text),
      faults: this.#faults,
      isPoison: text === POISON,
    };
    for (const problem of verdictViolations(verdict, world)) this.report(problem, verdict.key);
    this.#count(verdict);
    return true;
  }

  #count({ judgements }: Verdict): void {
    for (const { member, judgement, reason } of judgements) {
      const said = reason?.code ?? judgement;
      if (this.#faults.has(member)) {
        const counts = this.outcomes.get(member) ?? new Map<string, number>();
        this.outcomes.set(member, counts.set(said, (counts.get(said) ?? 0) + 1));
      } else {
        this.sound.judgements++;
        if (LATE.includes(said)) this.sound.late++;
      }
    }
  }
}
