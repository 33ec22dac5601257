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

/** How {@link scoreMember} is bounded. */
export interface ScoreMemberOptions {
  /** Whether the member's record lets it abstain. */
  readonly mayAbstain: boolean;
  /** Epoch milliseconds. */
  readonly deadline: number;
  /** Settles when an error of the member comes up where nobody waits for it: its call has failed. */
  readonly uncaught?: Promise<FailureReason>;
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
  const { column, reason } = await scoreOnce(loaded, examples.slice(start, end), options);
  if (reason === undefined) {
    for (let i = start; i < end; i++) takeScore(column, i - start, options.mayAbstain, result, i);
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
const MESSAGE_LIMIT = 1000;

type Answer =
  | { readonly column: PlainColumn; readonly reason?: undefined }
  | { readonly column?: undefined; readonly reason: FailureReason };

/** A member's column in arrays of our own: whoever keeps the original can no longer change it. */
interface PlainColumn {
  readonly scores: Float32Array;
  readonly status: Uint8Array;
  readonly reasons: ReadonlyMap<unknown, unknown>;
}

const LATE: FailureReason = { code: 'MEMBER_DEADLINE', message: 'The member did not answer before its deadline.' };

/** One call, under the deadline; a late, thrown or misshapen answer is a reason. */
async function scoreOnce(
  loaded: LoadedClassifier<unknown>,
  examples: readonly unknown[],
  options: ScoreMemberOptions,
): Promise<Answer> {
  const { deadline } = options;
  const { length } = examples; // The list is the member's from here on, and it may change it.
  if (Date.now() >= deadline) return { reason: LATE };
  const controller = new AbortController();
  try {
    const returned: unknown = loaded.score(examples, { signal: controller.signal, deadline });
    if (isThenable(returned)) return await answerInTime(returned, length, options, controller);
    // Copied in the same turn: nothing that the member does later can reach it.
    return Date.now() > deadline ? { reason: LATE } : copyColumn(returned, length);
  } catch (error) {
    return { reason: thrown(error) };
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** Waits for an answer until the deadline, or until an error of the member comes up elsewhere. */
async function answerInTime(
  returned: PromiseLike<unknown>,
  length: number,
  { deadline, uncaught }: ScoreMemberOptions,
  controller: AbortController,
): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve({ reason: LATE }), deadline - Date.now());
  });
  const crashed = uncaught?.then((reason): Answer => ({ reason }));
  const answered = Promise.resolve(returned).then((answer) => copyColumn(answer, length));
  answered.catch(() => {}); // When it comes second, what it says is of no interest.
  try {
    const answer = await Promise.race(crashed === undefined ? [answered, late] : [answered, late, crashed]);
    if (answer.reason !== undefined) controller.abort();
    return answer;
  } finally {
    clearTimeout(timer);
  }
}

function thrown(error: unknown): FailureReason {
  return {
    code: memberCode(reading(() => errorCode(error))),
    message: reading(() => errorMessage(error)) ?? UNREADABLE,
  };
}

const UNREADABLE = 'The member threw something that cannot be read.';

/** What the member's object says; reading it may run code of the member. */
function reading(read: () => unknown): string | undefined {
  try {
    const value = read();
    return typeof value === 'string' ? value.slice(0, MESSAGE_LIMIT) : undefined;
  } catch {
    return undefined;
  }
}

// Said by the suite of itself or of an example; a member that says so would hide its own failure.
const NOT_FOR_MEMBERS = /^(?:SUITE_|EXAMPLE_|MEMBER_BREAKER_OPEN$)/;

function memberCode(code: string | undefined): string {
  return code === undefined || NOT_FOR_MEMBERS.test(code) ? 'MEMBER_THREW' : code;
}

/** Copies what a member returned; reading it may run code of the member, so whatever it throws is caught here. */
function copyColumn(answer: unknown, length: number): Answer {
  let found: string = typeof answer;
  try {
    const { scores, status, reasons } = (answer ?? {}) as Partial<ScoreColumn>;
    if (scores instanceof Float32Array && status instanceof Uint8Array && reasons instanceof Map) {
      const column = {
        scores: new Float32Array(scores),
        status: new Uint8Array(status),
        reasons: new Map<unknown, unknown>(Map.prototype.entries.call(reasons)),
      };
      if (column.scores.length === length && column.status.length === length) return { column };
      found = `${column.scores.length} scores and ${column.status.length} statuses`;
    }
  } catch (error) {
    found = `a column that cannot be read (${reading(() => errorMessage(error)) ?? 'it throws'})`;
  }
  const message = `The member returned ${found}; wanted a score column of ${length}. Build it with column() or scoreColumn().`;
  return { reason: { code: 'MEMBER_RESULT_INVALID', message } };
}

function takeScore(column: PlainColumn, row: number, mayAbstain: boolean, result: MutableColumn, i: number): void {
  const status = column.status[row] ?? FAILED;
  const score = column.scores[row] ?? Number.NaN;
  const reason = failure(status, score, mayAbstain, column.reasons.get(row));
  result.status[i] = reason === null ? status : FAILED;
  if (reason !== null) result.reasons.set(i, reason);
  else if (status === SCORED) result.scores[i] = score;
}

function failure(status: number, score: number, mayAbstain: boolean, reason: unknown): FailureReason | null {
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
  return ownReason(reason);
}

/** The reason that a member gives. */
function ownReason(given: unknown): FailureReason {
  const reason = (given ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  try {
    return {
      code: memberCode(typeof reason.code === 'string' ? reason.code.slice(0, MESSAGE_LIMIT) : undefined),
      message: reading(() => reason.message) ?? 'The member gave no reason.',
    };
  } catch {
    return { code: 'MEMBER_RESULT_INVALID', message: 'The member gave a reason that cannot be read.' };
  }
}
