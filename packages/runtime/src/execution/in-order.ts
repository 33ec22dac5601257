/**
 * Runs work on a stream with a bounded number of items under way, and gives the results in the order of the stream, each as soon as
 * it is there: a result does not wait until the stream has said more. What the stream throws comes after the results of the items
 * before it.
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
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const underWay: Promise<Result>[] = [];
  let reading: Promise<Read<Item>> | undefined;
  let end: Exclude<Read<Item>, { readonly kind: 'item' }> | undefined;
  try {
    for (;;) {
      if (end === undefined && underWay.length < limit) reading ??= read(iterator);
      const [oldest] = underWay;
      if (oldest === undefined && reading === undefined) break;
      const next = await Promise.race([
        ...(oldest === undefined ? [] : [settled(oldest)]),
        ...(reading === undefined ? [] : [reading]),
      ]);
      if (next.kind === 'settled') {
        yield await (underWay.shift() as Promise<Result>);
        continue;
      }
      reading = undefined;
      if (next.kind === 'item') underWay.push(begin(work, next.item));
      else end = next;
    }
    if (end?.kind === 'threw') throw end.error;
  } finally {
    // Whoever stops early leaves nothing running behind; a stream that is silent is told and not waited for.
    const stopped = end === undefined ? Promise.resolve(iterator.return?.()) : Promise.resolve();
    if (reading === undefined) await stopped;
    else stopped.catch(() => {});
    await Promise.allSettled(underWay);
  }
}

type Read<Item> =
  | { readonly kind: 'item'; readonly item: Item }
  | { readonly kind: 'done' }
  | { readonly kind: 'threw'; readonly error: unknown };

async function read<Item>(iterator: AsyncIterator<Item> | Iterator<Item>): Promise<Read<Item>> {
  try {
    const next = await iterator.next();
    return next.done === true ? { kind: 'done' } : { kind: 'item', item: next.value };
  } catch (error) {
    return { kind: 'threw', error };
  }
}

function begin<Item, Result>(work: (item: Item) => Promise<Result>, item: Item): Promise<Result> {
  const result = work(item);
  result.catch(() => {}); // It is awaited in its turn; until then a rejection is not unhandled.
  return result;
}

async function settled(result: Promise<unknown>): Promise<{ readonly kind: 'settled' }> {
  await result.catch(() => {});
  return { kind: 'settled' };
}
