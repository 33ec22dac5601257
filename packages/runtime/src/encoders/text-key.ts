import { createHash } from 'node:crypto';

/** Bytes of a {@link textKey}. */
export const KEY_BYTES = 32;

/**
 * By what a text's row is kept: SHA-256 over its UTF-8 bytes, so that no text stays in memory.
 *
 * @returns `null` for a text that is not well-formed UTF-16: its UTF-8 is that of another text, so its row must not be kept.
 * @example textKey('')?.toString('hex').slice(0, 8) // 'e3b0c442'
 * @example textKey('\ud800') // null
 */
export function textKey(text: string): Buffer | null {
  return text.isWellFormed() ? createHash('sha256').update(text, 'utf8').digest() : null;
}
