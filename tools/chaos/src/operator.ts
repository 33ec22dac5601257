import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '@clamor/evaluation';
import type { RunningSuite, StateChange } from '@clamor/runtime';
import { DEFAULT_WISH, type SlotWish } from './check-verdict.ts';
import type { Inspector } from './inspector.ts';

/** What an operator works with. */
export interface OperatorOptions {
  readonly suite: RunningSuite;
  readonly inspector: Inspector;
  readonly random: Random;
  /** Declares these members in the host's package.json, as an install or uninstall would. */
  readonly declare: (members: readonly string[]) => void;
  /** Sound members, always installed. */
  readonly sound: readonly string[];
  /** Members that are installed and off in the beginning: control switches them on and off. */
  readonly switched: readonly string[];
  /** Members that reloads bring and take away. */
  readonly swapped: readonly string[];
  /** Members that fail to load, installed and off: they cannot be switched on. */
  readonly unloadable: readonly string[];
  /** A member that fails to load: a reload that would bring it is refused. */
  readonly unreloadable: string;
}

/** What was done, and what was refused as it should be. */
export interface OperatorCounts {
  changes: number;
  reloads: number;
  refusedChanges: number;
  refusedReloads: number;
}

// Hostile members that are on at once, so that each meets the others and sound ones still get their turn.
const HOSTILE_AT_ONCE = 4;
const PAUSE_MS = 200;
const CASH = ['1.0.0', '1.1.0'] as const;

/** Changes a running suite without end: kill switches, shadows, rollouts, members that come and go. */
export class Operator {
  readonly counts: OperatorCounts = { changes: 0, reloads: 0, refusedChanges: 0, refusedReloads: 0 };
  /** The newest acknowledged revision. */
  revision = 0;
  /** What is being done, in words. */
  doing = 'nothing';
  readonly #options: OperatorOptions;
  readonly #wishes: Map<string, SlotWish>;
  readonly #on: string[] = [];
  readonly #came: string[] = [];
  #changesSeen = 0;
  #switchTurn = 0;
  #swapTurn = 0;

  constructor(options: OperatorOptions) {
    this.#options = options;
    const off = [...options.switched, ...options.unloadable];
    this.#wishes = new Map(off.map((member) => [member, { ...DEFAULT_WISH, mode: 'off' }]));
    this.#announceState(options.suite.stateVersion);
    this.#announceInstallation();
    // The guard changes the state too.
    options.suite.events.on('stateChanged', ({ change, after }) => {
      if (!('member' in change)) return;
      const { member, ...wish } = change;
      this.#wishes.set(member, { ...DEFAULT_WISH, ...this.#wishes.get(member), ...wish });
      this.#changesSeen++;
      this.#announceState(after);
    });
  }

  /** One thing after the other, until it is time to stop. */
  async run(closing: AbortSignal): Promise<void> {
    while (!closing.aborted) {
      await this.#act().catch((error: unknown) => this.#options.inspector.report(String(error), 'operator'));
      await wait(PAUSE_MS * this.#options.random());
    }
  }

  async #act(): Promise<void> {
    const draw = this.#options.random();
    if (draw < 0.45) await this.#rotate();
    else if (draw < 0.6) await this.#rollOut();
    else if (draw < 0.75) await this.#changeSound();
    else if (draw < 0.85) await this.#changeWrongly();
    else if (draw < 0.95) await this.#swap();
    else await this.#reloadWrongly();
  }

  /** The next hostile member is switched on, and the one that was on longest off. */
  async #rotate(): Promise<void> {
    const { switched, random } = this.#options;
    const next = switched[this.#switchTurn++ % switched.length];
    if (next === undefined || this.#on.includes(next)) return;
    if (this.#on.length >= HOSTILE_AT_ONCE) await this.#control({ member: this.#on.shift() ?? next, mode: 'off' });
    await this.#control({ member: next, mode: random() < 0.7 ? 'active' : 'shadow' });
    this.#on.push(next);
  }

  async #rollOut(): Promise<void> {
    await this.#control({
      member: 'cash',
      mode: 'active',
      rollout: this.#pick([0, 10, 50, 100]),
      version: this.#pick([null, ...CASH]),
      base: this.#pick([null, ...CASH]),
    });
  }

  async #changeSound(): Promise<void> {
    const mode = this.#pick(['active', 'active', 'shadow', 'off'] as const);
    await this.#control({ member: this.#pick(this.#options.sound), mode });
  }

  /** What cannot be: an unknown member, or one that fails when it is loaded. */
  async #changeWrongly(): Promise<void> {
    const member = this.#pick(['nobody', ...this.#options.unloadable]);
    this.doing = `switch ${member} on`;
    await this.#isRefused(['STATE_MEMBER_UNKNOWN', 'STATE_MEMBER_FAULTY'], () =>
      this.#options.suite.control({ member, mode: 'active', by: 'chaos', why: 'to be refused' }),
    );
    this.counts.refusedChanges++;
  }

  /** A member is installed, or the one that came first is removed. */
  async #swap(): Promise<void> {
    const { swapped } = this.#options;
    const next = swapped[this.#swapTurn++ % swapped.length];
    if (next === undefined) return;
    if (this.#came.includes(next) || this.#came.length > 1) this.#came.shift();
    else this.#came.push(next);
    this.#declare();
    this.doing = `reload with ${this.#came.join(', ')}`;
    await this.#options.suite.reload();
    this.counts.reloads++;
    this.#announceInstallation();
  }

  async #reloadWrongly(): Promise<void> {
    this.#declare(this.#options.unreloadable);
    this.doing = `reload with ${this.#options.unreloadable}`;
    // Faults are thrown as loading throws them.
    await this.#isRefused(['RELOAD_REFUSED', 'SUITE_FAULTY'], () => this.#options.suite.reload());
    this.counts.refusedReloads++;
    this.#declare();
  }

  async #control(change: Omit<StateChange, 'by' | 'why'>): Promise<void> {
    this.doing = `change ${JSON.stringify(change)}`;
    const { revision } = await this.#options.suite.control({ ...change, by: 'chaos', why: 'a drill' });
    this.revision = revision;
    this.counts.changes++;
  }

  async #isRefused(codes: readonly string[], act: () => Promise<unknown>): Promise<void> {
    const code = await act().then(
      () => 'nothing',
      (error: { code?: unknown }) => error.code,
    );
    if (!codes.includes(String(code)))
      this.#options.inspector.report(`wanted ${codes.join(' or ')}, got ${String(code)}`, 'operator');
  }

  #declare(...more: readonly string[]): void {
    this.#options.declare([...this.#installed(), ...more]);
  }

  #installed(): string[] {
    const { sound, switched, unloadable } = this.#options;
    return [...sound, ...switched, ...unloadable, ...this.#came];
  }

  #announceState(stateVersion: string): void {
    this.#options.inspector.announceState(stateVersion, { revision: this.#changesSeen, wishes: new Map(this.#wishes) });
  }

  #announceInstallation(): void {
    const { suite, inspector } = this.#options;
    const versions = this.#installed().map((member) => [member, member === 'cash' ? CASH : ['1.0.0']] as const);
    inspector.announceInstallation(suite.suiteVersion, new Map(versions));
  }

  #pick<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.#options.random() * values.length)] as Value;
  }
}
