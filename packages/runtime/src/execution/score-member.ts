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
  const answer = await scoreOnce(loaded, examples.slice(start, end), options.deadline);
  if (!('code' in answer)) {
    copyColumn(answer, options.mayAbstain, result, start);
  } else if (end - start === 1 || answer.code === 'MEMBER_DEADLINE') {
    for (let i = start; i < end; i++) result.reasons.set(i, answer);
  } else {
    const middle = (start + end) >> 1;
    await scoreRange(loaded, examples, options, result, start, middle);
    await scoreRange(loaded, examples, options, result, middle, end);
  }
}

/** One call, under the deadline; a late, thrown or misshapen answer is a reason. */
async function scoreOnce(
  loaded: LoadedClassifier<unknown>,
  examples: readonly unknown[],
  deadline: number,
): Promise<ScoreColumn | FailureReason> {
  const late: FailureReason = { code: 'MEMBER_DEADLINE', message: 'The member did not answer before its deadline.' };
  const remainingMs = deadline - Date.now();
  if (remainingMs <= 0) return late;
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<FailureReason>((resolve) => {
    timer = setTimeout(() => resolve(late), remainingMs);
  });
  try {
    const call = Promise.resolve(loaded.score(examples, { signal: controller.signal, deadline }));
    const answer = await Promise.race([call, timeout]);
    if (answer === late) {
      call.catch(() => {}); // It failed already; what it says later is of no interest.
      controller.abort();
      return late;
    }
    return columnProblem(answer, examples.length) ?? answer;
  } catch (error) {
    return { code: errorCode(error) ?? 'MEMBER_THREW', message: errorMessage(error).slice(0, 1000) };
  } finally {
    clearTimeout(timer);
  }
}

function columnProblem(answer: unknown, length: number): FailureReason | null {
  const { scores, status, reasons } = (answer ?? {}) as Partial<ScoreColumn>;
  const isColumn = scores instanceof Float32Array && status instanceof Uint8Array && reasons instanceof Map;
  if (isColumn && scores.length === length && status.length === length) return null;
  const found = isColumn ? `${scores.length} scores and ${status.length} statuses` : typeof answer;
  return {
    code: 'MEMBER_RESULT_INVALID',
    message: `The member returned ${found}; wanted a score column of ${length}. Build it with column() or scoreColumn().`,
  };
}

function copyColumn(column: ScoreColumn, mayAbstain: boolean, result: MutableColumn, start: number): void {
  for (const [i, status] of column.status.entries()) {
    const score = column.scores[i] ?? Number.NaN;
    const reason = failure(status, score, mayAbstain, column.reasons.get(i));
    result.status[start + i] = reason === null ? status : FAILED;
    if (reason !== null) result.reasons.set(start + i, reason);
    else if (status === SCORED) result.scores[start + i] = score;
  }
}

function failure(
  status: number,
  score: number,
  mayAbstain: boolean,
  reason: FailureReason | undefined,
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
  return {
    code: String(reason?.code ?? 'MEMBER_THREW'),
    message: String(reason?.message ?? 'The member gave no reason.').slice(0, 1000),
  };
}
