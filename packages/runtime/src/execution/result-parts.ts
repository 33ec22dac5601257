import type { FailureReason } from '@clamor/contract';
import type { EncoderRun } from '../encoders/encoder-run.ts';
import type { MemberScores, ScoreResult } from './worker-protocol.ts';

/** What a `MemberHost` tells while it scores a batch. */
export interface ScoreWatcher {
  /** Hands over what is done so far, so that it is not lost with this host; later parts do not repeat it. */
  readonly onPart?: (part: ScoreResult) => void;
  /** Whether nobody waits any more; asked before each member. */
  readonly isOver?: () => boolean;
}

// Losing less than this with a worker costs less than telling it.
const TELL_EVERY_MS = 5;

/** The result of a task as it grows, told in parts from time to time. */
export class ResultParts {
  readonly #onPart: ScoreWatcher['onPart'];
  readonly #start = performance.now();
  #toldAt = this.#start;
  #columns: MemberScores[] = [];
  #encoders: EncoderRun[] = [];
  #unreadable: ReadonlyMap<number, FailureReason> = NONE;
  #parseTimeMs = 0;

  constructor({ onPart }: ScoreWatcher) {
    this.#onPart = onPart;
  }

  /** The batch is parsed; since the beginning nothing else was done. */
  parsed(unreadable: ReadonlyMap<number, FailureReason>): void {
    this.#unreadable = unreadable;
    this.#parseTimeMs = performance.now() - this.#start;
  }

  encoded(run: EncoderRun | null): void {
    if (run !== null) this.#encoders.push(run);
  }

  scored(scores: MemberScores): void {
    this.#columns.push(scores);
  }

  /** Tells what is done when it is enough, or when what comes next may cost the place. */
  tellIfDue(isRisky: boolean): void {
    if (this.#onPart === undefined || this.#columns.length === 0) return;
    if (!isRisky && performance.now() - this.#toldAt <= TELL_EVERY_MS) return;
    this.#onPart(this.rest);
    this.#columns = [];
    this.#encoders = [];
    this.#unreadable = NONE;
    this.#parseTimeMs = 0;
    this.#toldAt = performance.now();
  }

  /** What has not been told yet. */
  get rest(): ScoreResult {
    const encoders = this.#encoders.length === 0 ? {} : { encoders: this.#encoders };
    return { columns: this.#columns, unreadable: this.#unreadable, parseTimeMs: this.#parseTimeMs, ...encoders };
  }
}

const NONE: ReadonlyMap<number, FailureReason> = new Map();
