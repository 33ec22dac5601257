/**
 * A promise under a deadline: an import can hang without blocking the thread.
 *
 * @param deadline - Epoch milliseconds.
 * @param late - Made when the deadline comes first.
 */
export async function underDeadline<Value>(
  promise: Promise<Value>,
  deadline: number,
  late: () => Error,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), deadline - Date.now());
  });
  promise.catch(() => {}); // When the deadline wins, a later rejection belongs to nobody.
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
