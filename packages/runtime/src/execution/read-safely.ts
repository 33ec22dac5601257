const MESSAGE_LIMIT = 1000;

/**
 * What an object of foreign code says, cut to a bounded length; reading it may run code of it.
 *
 * @returns `undefined` when that is no text, or reading it throws.
 * @example readSafely(() => 'late') // 'late'
 * @example readSafely(() => { throw new Error('no') }) // undefined
 */
export function readSafely(read: () => unknown): string | undefined {
  try {
    const value = read();
    return typeof value === 'string' ? value.slice(0, MESSAGE_LIMIT) : undefined;
  } catch {
    return undefined;
  }
}
