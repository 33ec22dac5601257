import { FAILED, type FailureReason, type ScoreColumn } from '@clamor/contract';
import { type EncoderRun, sumRuns } from '../encoders/encoder-run.ts';
import type { MemberScores, ScoreResult } from './worker-protocol.ts';

/** A column that is filled piece by piece. */
interface Pieces {
  readonly scores: Float32Array<ArrayBuffer>;
  readonly status: Uint8Array<ArrayBuffer>;
  readonly reasons: Map<number, FailureReason>;
  readonly isFilled: Uint8Array;
  timeMs: number;
}

/** The columns of a batch, as they come in: whole, or over a part of the examples when a worker was lost meanwhile. */
export class BatchColumns {
  readonly #length: number;
  readonly #whole = new Map<number, MemberScores>();
  readonly #pieces = new Map<number, Pieces>();
  readonly #unreadable = new Map<number, FailureReason>();
  readonly #encoderRuns: EncoderRun[] = [];
  #parseTimeMs = 0;

  /** @param length - Examples of the batch. */
  constructor(length: number) {
    this.#length = length;
  }

  /** Takes what a worker scored; `places` are the examples that it was given, by their index in the batch. */
  take(part: ScoreResult, places: readonly number[]): void {
    for (const [i, reason] of part.unreadable) this.exclude(places[i] ?? -1, reason);
    this.#parseTimeMs += part.parseTimeMs;
    this.#encoderRuns.push(...(part.encoders ?? []));
    for (const scores of part.columns) {
      if (places.length === this.#length) this.#whole.set(scores.member, scores);
      else this.#addPiece(scores, places);
    }
  }

  /** Fails a member on examples. */
  fail(member: number, reason: FailureReason, places: readonly number[]): void {
    const pieces = this.#piecesOf(member);
    for (const place of places) {
      pieces.isFilled[place] = 1;
      pieces.reasons.set(place, reason);
    }
  }

  /** An encoder failed as a whole; nobody knows how many texts it was asked for, so each example counts as one. */
  encoderFailed(encoder: number, { code, message }: FailureReason, examples: number): void {
    const failures = [{ code, message, texts: examples }];
    this.#encoderRuns.push({ encoder, timeMs: 0, hits: 0, misses: examples, failures });
  }

  /** What encoders did, part by part. */
  get encoderRuns(): readonly EncoderRun[] {
    return this.#encoderRuns;
  }

  /** Takes an example out of the batch: nobody can read it, whoever comes later need not try. */
  exclude(place: number, reason: FailureReason): void {
    this.#unreadable.set(place, reason);
  }

  isExcluded(place: number): boolean {
    return this.#unreadable.has(place);
  }

  /** Those of the examples on which a member has said nothing yet. */
  missing(member: number, places: readonly number[]): number[] {
    if (this.#whole.has(member)) return [];
    const isFilled = this.#pieces.get(member)?.isFilled;
    return places.filter((place) => isFilled?.[place] !== 1 && !this.#unreadable.has(place));
  }

  /** Milliseconds that a member took for the whole batch; `null` unless one worker scored all of it. */
  timeMsOf(member: number): number | null {
    return this.#whole.get(member)?.timeMs ?? null;
  }

  /** The columns of the given members, each complete. */
  result(members: readonly number[]): ScoreResult {
    return {
      columns: members.map((member) => this.#columnOf(member)),
      unreadable: this.#unreadable,
      parseTimeMs: this.#parseTimeMs,
      ...(this.#encoderRuns.length === 0 ? {} : { encoders: sumRuns(this.#encoderRuns) }),
    };
  }

  #columnOf(member: number): MemberScores {
    const { column, timeMs } = this.#whole.get(member) ?? {
      column: this.#piecesOf(member),
      timeMs: this.#piecesOf(member).timeMs,
    };
    return { member, column: this.#withoutUnreadable(column), timeMs };
  }

  /** Another worker may have found an example unreadable after this column was scored. */
  #withoutUnreadable(column: ScoreColumn): ScoreColumn {
    if ([...this.#unreadable].every(([place, reason]) => column.reasons.get(place) === reason)) return column;
    const { scores, status } = column;
    const reasons = new Map(column.reasons);
    for (const [place, reason] of this.#unreadable) {
      scores[place] = Number.NaN;
      status[place] = FAILED;
      reasons.set(place, reason);
    }
    return { scores, status, reasons };
  }

  #addPiece({ member, column, timeMs }: MemberScores, places: readonly number[]): void {
    const pieces = this.#piecesOf(member);
    pieces.timeMs += timeMs;
    for (const [row, place] of places.entries()) {
      pieces.isFilled[place] = 1;
      pieces.scores[place] = column.scores[row] ?? Number.NaN;
      pieces.status[place] = column.status[row] ?? FAILED;
      const reason = column.reasons.get(row);
      if (reason !== undefined) pieces.reasons.set(place, reason);
    }
  }

  #piecesOf(member: number): Pieces {
    const known = this.#pieces.get(member);
    if (known !== undefined) return known;
    const pieces = {
      scores: new Float32Array(this.#length).fill(Number.NaN),
      status: new Uint8Array(this.#length).fill(FAILED),
      reasons: new Map<number, FailureReason>(),
      isFilled: new Uint8Array(this.#length),
      timeMs: 0,
    };
    this.#pieces.set(member, pieces);
    return pieces;
  }
}
