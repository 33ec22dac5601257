/**
 * Runs work on a stream with a bounded number of items under way, and gives the results in the order of the stream.
 *
 * @param limit - Items under way at once, ≥ 1.
 * @example
 * // for await (const result of inOrder(batches, 4, scoreBatch)) …
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      result.catch(() => {}); // It is awaited in its turn; until then a rejection is not unhandled.
      underWay.push(result);
      if (underWay.length >= limit) yield await (underWay.shift() as Promise<Result>);
    }
    while (underWay.length > 0) yield await (underWay.shift() as Promise<Result>);
  } finally {
    await Promise.allSettled(underWay); // Whoever stops early leaves nothing running behind.
  }
}
