import { KEY_BYTES } from './text-key.ts';
import type { EncodingColumn } from './encoding-source.ts';

/** Rows that are known, in the order of their keys, so that a thread can look them up without an index of its own. */
export interface KnownEncodings extends EncodingColumn {
  /** Shape [n]: places in the order of the keys. */
  readonly order: Uint32Array;
}

/**
 * Makes rows fit to be looked up.
 *
 * @param width - Columns of a row.
 * @throws {RangeError} When keys and rows do not belong together.
 */
export function indexEncodings({ keys, rows }: EncodingColumn, width: number): KnownEncodings {
  const length = keys.length / KEY_BYTES;
  if (!Number.isInteger(length) || rows.length !== length * width) {
    throw new RangeError(
      `Known encodings have ${keys.length} bytes of keys and ${rows.length} numbers; wanted are ${KEY_BYTES} bytes and ${width} numbers for each text.`,
    );
  }
  const order = new Uint32Array(new SharedArrayBuffer(length * Uint32Array.BYTES_PER_ELEMENT));
  for (let i = 0; i < length; i++) order[i] = i;
  order.sort((a, b) => compare(keys, a, keys, b));
  return { keys, rows, order };
}

/**
 * The row of a key, by bisection; `null` when it is not there.
 *
 * @param key - Shape [32].
 */
export function findEncoding({ keys, rows, order }: KnownEncodings, key: Uint8Array): Float32Array | null {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const place = order[middle] ?? 0;
    const difference = compare(keys, place, key, 0);
    if (difference === 0) {
      const width = rows.length / order.length;
      return rows.subarray(place * width, (place + 1) * width);
    }
    if (difference < 0) low = middle + 1;
    else high = middle;
  }
  return null;
}

function compare(a: Uint8Array, i: number, b: Uint8Array, j: number): number {
  for (let byte = 0; byte < KEY_BYTES; byte++) {
    const difference = (a[i * KEY_BYTES + byte] ?? 0) - (b[j * KEY_BYTES + byte] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
