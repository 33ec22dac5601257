/**
 * The id of a term in a table of a fixed size: the hashing trick, for bags without a vocabulary.
 *
 * FNV-1a, 32 bits, over the low byte of each UTF-16 unit and, where it is not 0, the high byte; then modulo the size. Frozen:
 * the tables of published members depend on it.
 *
 * @param buckets - Size of the table, integer ≥ 1.
 * @returns Integer in [0, buckets).
 * @example hashTerm('a', 2 ** 16) // 10540
 * @see Weinberger et al., Feature hashing for large scale multitask learning, 2009, https://doi.org/10.1145/1553374.1553516
 * @see Fowler, Noll, Vo, The FNV non-cryptographic hash algorithm, https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
 */
export function hashTerm(term: string, buckets: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) {
    const unit = term.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    if (unit > 0xff) hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return (hash >>> 0) % buckets;
}
