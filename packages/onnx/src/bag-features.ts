import type { BagInput, BagWriter } from '@clamor/contract';

/** The ids of a whole batch, ragged; shape letters: T ids over all examples. */
export interface BagFeatures {
  readonly kind: 'bag';
  /** Shape [T]. */
  readonly ids: BigInt64Array<ArrayBuffer>;
  /** Shape [T], ascending: the example, counted among those kept, that each id belongs to. */
  readonly rows: BigInt64Array<ArrayBuffer>;
  /** Shape [T], or `null` for a bag without weights. */
  readonly weights: Float32Array<ArrayBuffer> | null;
}

const FIRST_CAPACITY = 1024;

/**
 * Collects the ids of one batch.
 *
 * int64 tensors are fed from BigInt64Array, and making a BigInt per id is slow; ids below 2³¹ are written through an
 * Int32Array over the same buffer instead (low word first: every platform of onnxruntime-node is little-endian).
 */
export class BagBuilder implements BagWriter {
  readonly #input: BagInput;
  #ids = new Int32Array(2 * FIRST_CAPACITY);
  #rows = new Int32Array(2 * FIRST_CAPACITY);
  #weights: Float32Array<ArrayBuffer>;
  #total = 0;
  #row = 0;
  #start = 0;

  constructor(input: BagInput) {
    this.#input = input;
    this.#weights = new Float32Array(input.weighted ? FIRST_CAPACITY : 0);
  }

  add(id: number, weight = 1): void {
    if (this.#total - this.#start >= this.#input.maxIds) return;
    if (!Number.isInteger(id) || id < 0 || id > 0x7fffffff) {
      throw new RangeError(`A bag was given the id ${id}; an id is an integer from 0 to 2147483647.`);
    }
    if (2 * this.#total === this.#ids.length) this.#grow();
    this.#ids[2 * this.#total] = id;
    this.#rows[2 * this.#total] = this.#row;
    if (this.#input.weighted) this.#weights[this.#total] = weight;
    this.#total++;
  }

  /** Keeps what was added since the last call as one example. */
  keep(): void {
    this.#row++;
    this.#start = this.#total;
  }

  /** Forgets what was added since the last `keep`. */
  drop(): void {
    const end = 2 * this.#total;
    this.#ids.fill(0, 2 * this.#start, end);
    this.#rows.fill(0, 2 * this.#start, end);
    this.#total = this.#start;
  }

  finish(): BagFeatures {
    return {
      kind: 'bag',
      ids: new BigInt64Array(this.#ids.buffer, 0, this.#total),
      rows: new BigInt64Array(this.#rows.buffer, 0, this.#total),
      weights: this.#input.weighted ? this.#weights.subarray(0, this.#total) : null,
    };
  }

  #grow(): void {
    this.#ids = doubled(this.#ids);
    this.#rows = doubled(this.#rows);
    if (this.#input.weighted) {
      const weights = new Float32Array(2 * this.#weights.length);
      weights.set(this.#weights);
      this.#weights = weights;
    }
  }
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const result = new Int32Array(2 * array.length);
  result.set(array);
  return result;
}
