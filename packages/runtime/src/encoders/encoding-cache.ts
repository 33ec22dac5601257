import { LRUCache } from 'lru-cache';

// Of an entry besides its row: the key, the array, the list and the map. Measured as heap and external memory per entry.
const ENTRY_BYTES = 400;

/**
 * Rows of texts encoded lately, by encoder and hash of the text; the least recently used make room.
 *
 * @example
 * const cache = new EncodingCache(1024 * 1024);
 * cache.set(0, Buffer.alloc(32), Float32Array.of(1, 2));
 * cache.get(0, Buffer.alloc(32)) // Float32Array [1, 2]
 * cache.get(1, Buffer.alloc(32)) // null
 */
export class EncodingCache {
  readonly #rows: LRUCache<string, Float32Array> | null;

  /** @param maxBytes - What rows and keys may take together; 0 keeps none. */
  constructor(maxBytes: number) {
    this.#rows =
      maxBytes < ENTRY_BYTES
        ? null
        : new LRUCache({ maxSize: Math.floor(maxBytes), sizeCalculation: (row) => ENTRY_BYTES + row.byteLength });
  }

  get(encoder: number, key: Buffer): Float32Array | null {
    return this.#rows?.get(keyOf(encoder, key)) ?? null;
  }

  /** @param row - Copied. */
  set(encoder: number, key: Buffer, row: Float32Array): void {
    this.#rows?.set(keyOf(encoder, key), row.slice());
  }
}

function keyOf(encoder: number, key: Buffer): string {
  return `${encoder} ${key.toString('latin1')}`;
}
