/**
 * Settles as a promise does, or rejects with the reason of a signal when that is aborted first. What the promise does afterwards
 * is nobody's concern any more.
 *
 * @example
 * // const plan = await abortable(loading, signal);
 */
export async function abortable<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise;
  promise.catch(() => {});
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * The items of a stream until a signal is aborted; then it rejects with the signal's reason, though the stream be silent for ever.
 *
 * A stream that is in the middle of an item when the signal is aborted is told to stop, and nobody waits until it does.
 *
 * @example
 * // for await (const mail of untilAborted(mailbox, signal)) …
 */
export async function* untilAborted<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  signal: AbortSignal,
): AsyncGenerator<Item> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let isDone = false;
  let isWaiting = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      isWaiting = true;
      const next = await abortable(Promise.resolve(iterator.next()), signal);
      isWaiting = false;
      isDone = next.done === true;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    const stopped = isDone ? Promise.resolve() : Promise.resolve(iterator.return?.());
    if (isWaiting) stopped.catch(() => {});
    else await stopped;
  }
}
