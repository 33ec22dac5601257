import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  type IBackoff,
  circuitBreaker,
  handleWhenResult,
  noJitterGenerator,
} from 'cockatiel';
import type { BatchOutcome } from './batch-outcome.ts';

/** `closed`: the member is called. `open`: it is not. `half-open`: one batch tries whether it works again. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** What to do with a member on the next batch: call it, call it on trial, or leave it out. */
export type Admission = 'call' | 'probe' | 'refuse';

/** How a member's breaker stands. */
export interface BreakerStatus {
  readonly state: BreakerState;
  /** Failed batches since the last one that it answered. */
  readonly failuresInARow: number;
  /** Epoch milliseconds, when it opened last; `null` while it is closed. */
  readonly openedAt: number | null;
  /** Epoch milliseconds, from when on a batch may probe it; `null` while it is closed. */
  readonly nextProbeAt: number | null;
}

/** A breaker that went from one state to another. */
export interface BreakerChange extends BreakerStatus {
  readonly member: string;
  readonly from: BreakerState;
}

/** Options of {@link Breakers}. */
export interface BreakersOptions {
  /** Failed batches in a row that open a breaker, ≥ 1; default 5. */
  readonly failures?: number;
  /** Milliseconds from opening to the first probe; default 1,000. Doubles with every probe that fails. */
  readonly firstProbeMs?: number;
  /** Milliseconds between probes at most; default 60,000. */
  readonly maxProbeMs?: number;
  /** Epoch milliseconds; must never run backwards. Default the process's monotonic clock. */
  readonly now?: () => number;
  /** Called on every change of state; must not throw. */
  readonly onChange?: (change: BreakerChange) => void;
}

/**
 * One circuit breaker per member: who failed several batches in a row is left alone for a while, then tried with one batch.
 *
 * The circuit is cockatiel's: closed → open after `failures` failed batches in a row → half-open for one probe → closed when the
 * member answers it, open again for twice as long when it does not. Cockatiel is only told outcomes. When to probe is decided here,
 * on a monotonic clock: cockatiel reads `Date.now()`, and a step of the wall clock backwards would keep a healthy member out. There
 * is no timer anywhere, so a breaker keeps no process alive; it opens up when a batch asks.
 *
 * Cockatiel settles in microtasks: a batch admitted in the same tick as the outcome before it may still see the old state.
 *
 * @example
 * const breakers = new Breakers({ failures: 1 });
 * breakers.admit('words')
 * // 'call'
 */
export class Breakers {
  readonly #options: Required<BreakersOptions>;
  readonly #circuits = new Map<string, Circuit>();

  constructor(options: BreakersOptions = {}) {
    this.#options = { ...DEFAULTS, ...options };
  }

  /**
   * Whether the member may be called on the next batch. Whoever gets `call` or `probe` owes one {@link observe}: until then a probe
   * keeps all others away.
   */
  admit(member: string): Admission {
    const circuit = this.#circuits.get(member);
    return circuit === undefined ? 'call' : circuit.admit();
  }

  /**
   * Takes in what came of an admitted batch.
   *
   * Once the breaker is open only its probe decides: late outcomes of batches that were under way before are ignored. A probe that
   * says `nothing` (an empty batch, an aborted one) leaves the breaker open, for the next batch to probe.
   */
  observe(member: string, admission: 'call' | 'probe', outcome: BatchOutcome): void {
    let circuit = this.#circuits.get(member);
    if (circuit === undefined) {
      if (outcome !== 'failed') return;
      circuit = new Circuit(member, this.#options);
      this.#circuits.set(member, circuit);
    }
    circuit.observe(admission, outcome);
  }

  /** `closed` for a member that never failed. */
  state(member: string): BreakerState {
    return this.status(member).state;
  }

  status(member: string): BreakerStatus {
    return this.#circuits.get(member)?.status() ?? CLOSED;
  }

  /** Closes the member's breaker and forgets its failures: an operator repaired it, or another version took its place. */
  reset(member: string): void {
    const circuit = this.#circuits.get(member);
    if (circuit === undefined) return;
    this.#circuits.delete(member);
    circuit.retire();
    const from = circuit.status().state;
    if (from !== 'closed') this.#options.onChange({ member, from, ...CLOSED });
  }

  /** Forgets all members without reporting a change. */
  close(): void {
    for (const circuit of this.#circuits.values()) circuit.retire();
    this.#circuits.clear();
  }
}

const DEFAULTS: Required<BreakersOptions> = {
  failures: 5,
  firstProbeMs: 1000,
  maxProbeMs: 60_000,
  now: () => Math.round(performance.timeOrigin + performance.now()),
  onChange: () => {},
};

const CLOSED: BreakerStatus = { state: 'closed', failuresInARow: 0, openedAt: null, nextProbeAt: null };

const STATES: { readonly [state in CircuitState]: BreakerState } = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
};

/** The breaker of one member. */
class Circuit {
  readonly #member: string;
  readonly #options: Required<BreakersOptions>;
  readonly #count: ConsecutiveBreaker;
  readonly #policy: CircuitBreakerPolicy;
  readonly #firstBackoff: IBackoff<unknown>;
  #backoff: IBackoff<unknown>;
  #openedAt: number | null = null;
  #isProbing = false;
  #isRetired = false;
  #reported: BreakerState = 'closed';

  constructor(member: string, options: Required<BreakersOptions>) {
    this.#member = member;
    this.#options = options;
    this.#count = new ConsecutiveBreaker(options.failures);
    // −∞: cockatiel never finds it too early to probe, whatever the wall clock does.
    this.#policy = circuitBreaker(FAILED_BATCHES, { breaker: this.#count, halfOpenAfter: Number.NEGATIVE_INFINITY });
    this.#firstBackoff = new ExponentialBackoff({
      generator: noJitterGenerator,
      initialDelay: options.firstProbeMs,
      maxDelay: options.maxProbeMs,
    }).next();
    this.#backoff = this.#firstBackoff;
    this.#policy.onStateChange((state) => this.#changed(state));
  }

  admit(): Admission {
    if (this.#policy.state === CircuitState.Closed) return 'call';
    if (this.#policy.state === CircuitState.HalfOpen || this.#isProbing) return 'refuse';
    if (this.#options.now() < (this.#nextProbeAt() ?? 0)) return 'refuse';
    this.#isProbing = true;
    this.#report('half-open');
    return 'probe';
  }

  observe(admission: 'call' | 'probe', outcome: BatchOutcome): void {
    if (admission === 'probe' ? !this.#isProbing : this.#policy.state !== CircuitState.Closed) return;
    if (outcome === 'nothing') {
      this.#isProbing = false;
      this.#report(STATES[this.#policy.state]);
      return;
    }
    void this.#policy.execute(() => outcome);
  }

  status(): BreakerStatus {
    const state = this.#isProbing ? 'half-open' : STATES[this.#policy.state];
    return {
      state,
      failuresInARow: this.#count.state,
      openedAt: this.#openedAt,
      nextProbeAt: this.#nextProbeAt(),
    };
  }

  /** Says nothing any more, whatever is still to come. */
  retire(): void {
    this.#isRetired = true;
  }

  #nextProbeAt(): number | null {
    return this.#openedAt === null ? null : this.#openedAt + this.#backoff.duration;
  }

  #changed(state: CircuitState): void {
    if (state === CircuitState.HalfOpen) return; // Cockatiel passes through it while it takes in the outcome of the probe.
    this.#backoff = state === CircuitState.Open && this.#isProbing ? this.#backoff.next(undefined) : this.#firstBackoff;
    this.#openedAt = state === CircuitState.Open ? this.#options.now() : null;
    this.#isProbing = false;
    this.#report(STATES[state]);
  }

  #report(state: BreakerState): void {
    const from = this.#reported;
    this.#reported = state;
    if (from !== state && !this.#isRetired) this.#options.onChange({ member: this.#member, from, ...this.status() });
  }
}

const FAILED_BATCHES = handleWhenResult((outcome) => outcome === 'failed');
