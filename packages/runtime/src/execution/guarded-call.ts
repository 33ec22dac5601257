import type { CallContext, FailureReason } from '@clamor/contract';

/** What came of a call: a value, or the reason for which there is none. */
export type Answer<Value> =
  | { readonly value: Value; readonly reason?: undefined }
  | { readonly value?: undefined; readonly reason: FailureReason };

/** How a {@link guardedCall} is bounded. */
export interface GuardedCallOptions<Value> {
  /** Epoch milliseconds. */
  readonly deadline: number;
  /** The reason of an answer that comes later. */
  readonly late: FailureReason;
  /** Settles when an error of the called code comes up where nobody waits for it: the call has failed. */
  readonly uncaught?: Promise<FailureReason> | undefined;
  /** Copies what was returned; reading it may run foreign code, so whatever it throws is its reason. */
  readonly take: (returned: unknown) => Answer<Value>;
  /** The reason of a call that threw or rejected. */
  readonly thrown: (error: unknown) => FailureReason;
}

/**
 * Calls foreign code under a deadline: a late, thrown or misshapen answer is a reason, and nothing rejects.
 *
 * An answer that is no promise is taken in the same turn: nothing that the called code does later can reach it.
 */
export async function guardedCall<Value>(
  call: (context: CallContext) => unknown,
  options: GuardedCallOptions<Value>,
): Promise<Answer<Value>> {
  const { deadline, late, take, thrown } = options;
  if (Date.now() >= deadline) return { reason: late };
  const controller = new AbortController();
  try {
    const returned = call({ signal: controller.signal, deadline });
    if (isThenable(returned)) return await answerInTime(returned, options, controller);
    return Date.now() > deadline ? { reason: late } : take(returned);
  } catch (error) {
    return { reason: thrown(error) };
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** Waits for an answer until the deadline, or until an error of the called code comes up elsewhere. */
async function answerInTime<Value>(
  returned: PromiseLike<unknown>,
  { deadline, late, uncaught, take }: GuardedCallOptions<Value>,
  controller: AbortController,
): Promise<Answer<Value>> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Answer<Value>>((resolve) => {
    timer = setTimeout(() => resolve({ reason: late }), deadline - Date.now());
  });
  const crashed = uncaught?.then((reason): Answer<Value> => ({ reason }));
  const answered = Promise.resolve(returned).then(take);
  answered.catch(() => {}); // When it comes second, what it says is of no interest.
  try {
    const answer = await Promise.race(crashed === undefined ? [answered, tooLate] : [answered, tooLate, crashed]);
    if (answer.reason !== undefined) controller.abort();
    return answer;
  } finally {
    clearTimeout(timer);
  }
}
