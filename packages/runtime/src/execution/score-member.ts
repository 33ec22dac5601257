import {
  ABSTAINED,
  FAILED,
  type FailureReason,
  type LoadedClassifier,
  SCORED,
  type ScoreColumn,
  errorCode,
  errorMessage,
} from '@clamor/contract';
import { type Answer, guardedCall } from './guarded-call.ts';
import { readSafely } from './read-safely.ts';

/** How {@link scoreMember} is bounded. */
export interface ScoreMemberOptions {
  /** Whether the member's record lets it abstain. */
  readonly mayAbstain: boolean;
  /** Epoch milliseconds. */
  readonly deadline: number;
  /** Settles when an error of the member comes up where nobody waits for it: its call has failed. */
  readonly uncaught?: Promise<FailureReason>;
  /** The examples, in a list of their own, for the first call: one that the member was given before, for its texts. */
  readonly asked?: readonly unknown[] | undefined;
  /** Codes with which its encoder failed on this batch: these a member may give as its reasons. */
  readonly encoderCodes?: ReadonlySet<string> | undefined;
}

/**
 * Scores a batch by one member and trusts nothing that comes back.
 *
 * A batch that throws, or gives a column of another shape, is bisected until the deadline: only the poisonous example fails.
 *
 * @param examples - Shape [n], frozen.
 * @returns Shape [n]; a copy that the member cannot reach any more.
 */
export async function scoreMember(
  loaded: LoadedClassifier<unknown>,
  examples: readonly unknown[],
  options: ScoreMemberOptions,
): Promise<ScoreColumn> {
  const result = {
    scores: new Float32Array(examples.length).fill(Number.NaN),
    status: new Uint8Array(examples.length).fill(FAILED),
    reasons: new Map<number, FailureReason>(),
  };
  await scoreRange(loaded, examples, options, result, 0, examples.length);
  return result;
}

interface MutableColumn {
  readonly scores: Float32Array<ArrayBuffer>;
  readonly status: Uint8Array<ArrayBuffer>;
  readonly reasons: Map<number, FailureReason>;
}

async function scoreRange(
  loaded: LoadedClassifier<unknown>,
  examples: readonly unknown[],
  options: ScoreMemberOptions,
  result: MutableColumn,
  start: number,
  end: number,
): Promise<void> {
  if (start === end) return;
  const isWhole = options.asked !== undefined && end - start === examples.length;
  const { value, reason } = await scoreOnce(loaded, isWhole ? options.asked : examples.slice(start, end), options);
  if (reason === undefined) {
    for (let i = start; i < end; i++) takeScore(value, i - start, options, result, i);
  } else if (end - start === 1 || FINAL.has(reason.code)) {
    for (let i = start; i < end; i++) result.reasons.set(i, reason);
  } else {
    const middle = (start + end) >> 1;
    await scoreRange(loaded, examples, options, result, start, middle);
    await scoreRange(loaded, examples, options, result, middle, end);
  }
}

// Halves of the batch would fare no better, or there is no time for them.
const FINAL: ReadonlySet<string> = new Set(['MEMBER_DEADLINE', 'MEMBER_CRASHED']);

/** A member's column in arrays of our own: whoever keeps the original can no longer change it. */
interface PlainColumn {
  readonly scores: Float32Array;
  readonly status: Uint8Array;
  readonly reasons: ReadonlyMap<unknown, unknown>;
}

const LATE: FailureReason = { code: 'MEMBER_DEADLINE', message: 'The member did not answer before its deadline.' };

/** One call, under the deadline; a late, thrown or misshapen answer is a reason. */
function scoreOnce(
  loaded: LoadedClassifier<unknown>,
  examples: readonly unknown[],
  { deadline, uncaught, encoderCodes }: ScoreMemberOptions,
): Promise<Answer<PlainColumn>> {
  const { length } = examples; // The list is the member's from here on, and it may change it.
  return guardedCall((context) => loaded.score(examples, context), {
    deadline,
    uncaught,
    late: LATE,
    take: (returned) => copyColumn(returned, length),
    thrown: (error) => thrown(error, encoderCodes),
  });
}

function thrown(error: unknown, encoderCodes: ReadonlySet<string> | undefined): FailureReason {
  return {
    code: memberCode(
      readSafely(() => errorCode(error)),
      encoderCodes,
    ),
    message: readSafely(() => errorMessage(error)) ?? UNREADABLE,
  };
}

const UNREADABLE = 'The member threw something that cannot be read.';

// Said by the suite of itself, of an encoder or of an example; a member that says so would hide its own failure.
const NOT_FOR_MEMBERS = /^(?:SUITE_|EXAMPLE_|ENCODER_|MEMBER_BREAKER_OPEN$)/;

function memberCode(code: string | undefined, encoderCodes: ReadonlySet<string> | undefined): string {
  if (code === undefined) return 'MEMBER_THREW';
  return NOT_FOR_MEMBERS.test(code) && encoderCodes?.has(code) !== true ? 'MEMBER_THREW' : code;
}

/** Copies what a member returned; reading it may run code of the member, so whatever it throws is caught here. */
function copyColumn(answer: unknown, length: number): Answer<PlainColumn> {
  let found: string = typeof answer;
  try {
    const { scores, status, reasons } = (answer ?? {}) as Partial<ScoreColumn>;
    if (scores instanceof Float32Array && status instanceof Uint8Array && reasons instanceof Map) {
      const column = {
        scores: new Float32Array(scores),
        status: new Uint8Array(status),
        reasons: new Map<unknown, unknown>(Map.prototype.entries.call(reasons)),
      };
      if (column.scores.length === length && column.status.length === length) return { value: column };
      found = `${column.scores.length} scores and ${column.status.length} statuses`;
    }
  } catch (error) {
    found = `a column that cannot be read (${readSafely(() => errorMessage(error)) ?? 'it throws'})`;
  }
  const message = `The member returned ${found}; wanted a score column of ${length}. Build it with column() or scoreColumn().`;
  return { reason: { code: 'MEMBER_RESULT_INVALID', message } };
}

function takeScore(
  column: PlainColumn,
  row: number,
  options: ScoreMemberOptions,
  result: MutableColumn,
  i: number,
): void {
  const status = column.status[row] ?? FAILED;
  const score = column.scores[row] ?? Number.NaN;
  const reason = failure(status, score, options, column.reasons.get(row));
  result.status[i] = reason === null ? status : FAILED;
  if (reason !== null) result.reasons.set(i, reason);
  else if (status === SCORED) result.scores[i] = score;
}

function failure(
  status: number,
  score: number,
  { mayAbstain, encoderCodes }: ScoreMemberOptions,
  reason: unknown,
): FailureReason | null {
  if (status === SCORED) {
    return Number.isFinite(score)
      ? null
      : { code: 'MEMBER_SCORE_NOT_FINITE', message: `The score is ${score}; it must be finite.` };
  }
  if (status === ABSTAINED) {
    return mayAbstain
      ? null
      : {
          code: 'MEMBER_ABSTAINED_UNDECLARED',
          message: 'The member abstained, and its record says that it never does.',
        };
  }
  return ownReason(reason, encoderCodes);
}

const CODE_LIMIT = 1000;

/** The reason that a member gives. */
function ownReason(given: unknown, encoderCodes: ReadonlySet<string> | undefined): FailureReason {
  const reason = (given ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  try {
    return {
      code: memberCode(typeof reason.code === 'string' ? reason.code.slice(0, CODE_LIMIT) : undefined, encoderCodes),
      message: readSafely(() => reason.message) ?? 'The member gave no reason.',
    };
  } catch {
    return { code: 'MEMBER_RESULT_INVALID', message: 'The member gave a reason that cannot be read.' };
  }
}
