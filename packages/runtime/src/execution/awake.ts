/**
 * Waits for a promise and keeps the process alive meanwhile. Workers and processes that have no task do not: whoever waits for one to
 * come up, or to end, would otherwise see the program end first.
 */
export async function awake<Value>(promise: Promise<Value>): Promise<Value> {
  const timer = setInterval(() => {}, 2 ** 31 - 1);
  try {
    return await promise;
  } finally {
    clearInterval(timer);
  }
}
