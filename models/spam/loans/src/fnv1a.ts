/**
 * FNV-1a over the UTF-16 units of a token, 32 bits.
 *
 * @returns Integer in [0, 2³²).
 * @example fnv1a('') // 2166136261
 * @see Fowler, Noll, Vo, The FNV Non-Cryptographic Hash Algorithm, https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
 */
export function fnv1a(token: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < token.length; i++) {
    const unit = token.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    if (unit > 0xff) hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash >>> 0;
}
