/**
 * The number of batches that n examples are cut into: as few as the largest batch allows, rounded up so that every
 * worker gets as many.
 *
 * @example batchCount(10, { workers: 2, batchSize: 32 }) // 2
 */
export function batchCount(examples: number, { workers, batchSize }: { workers: number; batchSize: number }): number {
  const fewest = Math.ceil(examples / batchSize);
  return Math.min(examples, Math.ceil(fewest / workers) * workers);
}

/**
 * Cuts examples into batches of nearly equal size, in order.
 *
 * @example cutBatches(['a', 'b', 'c'], { workers: 2, batchSize: 32 }) // [['a', 'b'], ['c']]
 */
export function cutBatches<Value>(
  examples: readonly Value[],
  options: { workers: number; batchSize: number },
): Value[][] {
  const count = batchCount(examples.length, options);
  return Array.from({ length: count }, (_, i) =>
    examples.slice(Math.ceil((i * examples.length) / count), Math.ceil(((i + 1) * examples.length) / count)),
  );
}

/**
 * Collects a stream into batches; never reads further ahead than one batch.
 *
 * @example
 * // for await (const batch of collectBatches(stream, 32)) …
 */
export async function* collectBatches<Value>(
  stream: AsyncIterable<Value> | Iterable<Value>,
  batchSize: number,
): AsyncGenerator<Value[]> {
  let batch: Value[] = [];
  for await (const value of stream) {
    batch.push(value);
    if (batch.length === batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/**
 * Deals members out to groups of nearly equal predicted cost: the dearest first, each to the cheapest group so far.
 *
 * Graham's longest-processing-time rule; at most 4/3 of the best possible.
 *
 * @param costsMs - Predicted milliseconds per member, by its place in `members`.
 * @returns At most `groups` groups, none empty.
 * @see R. L. Graham, Bounds on multiprocessing timing anomalies, 1969, https://doi.org/10.1137/0117039
 * @example dealMembers([0, 1, 2], [5, 3, 3], 2) // [[0], [1, 2]]
 */
export function dealMembers(members: readonly number[], costsMs: readonly number[], groups: number): number[][] {
  const dealt = Array.from({ length: groups }, () => ({ members: [] as number[], costMs: 0 }));
  const order = members
    .map((member, i) => ({ member, costMs: costsMs[i] ?? 0 }))
    .toSorted((a, b) => b.costMs - a.costMs);
  for (const { member, costMs } of order) {
    const cheapest = dealt.reduce((best, group) => (group.costMs < best.costMs ? group : best));
    cheapest.members.push(member);
    cheapest.costMs += costMs;
  }
  return dealt.filter((group) => group.members.length > 0).map((group) => group.members);
}
