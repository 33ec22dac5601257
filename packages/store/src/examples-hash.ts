import { createHash, type Hash } from 'node:crypto';

/**
 * SHA-256 over examples with their inputs, one after the other, in bounded memory: what scores over them are kept by. Labels are not part
 * of it, for no score depends on them.
 *
 * An input is plain data: text, numbers, true and false, null, bytes, dates, and arrays and objects of these; the order of an object's
 * fields does not matter.
 *
 * @example
 * const hash = new ExamplesHash();
 * hash.add({ id: 'a', input: { text: 'lunch' } });
 * hash.digest()?.length // 64
 */
export class ExamplesHash {
  readonly #hash: Hash = createHash('sha256');
  #isKnown = true;

  add({ id, input }: { readonly id: string; readonly input: unknown }): void {
    if (!this.#isKnown) return;
    update(this.#hash, 'id ', id);
    this.#isKnown = addValue(this.#hash, input);
  }

  /** @returns 64 lower-case hex digits; `null` when an input was no plain data, so that nobody can say whether it is the same. */
  digest(): string | null {
    return this.#isKnown ? this.#hash.copy().digest('hex') : null;
  }
}

/** Kind and length stand before each value, so that no two different ones give the same bytes. */
function update(hash: Hash, kind: string, content: string | Uint8Array): void {
  // Text in UTF-16, where a lone surrogate is not the replacement character.
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf16le') : content;
  hash.update(`${kind}${bytes.byteLength}:`).update(bytes);
}

// Deeper than any record; what is deeper may be a circle.
const MAX_DEPTH = 100;

/** @returns Whether the value is plain data. */
function addValue(hash: Hash, value: unknown, depth = 0): boolean {
  if (typeof value === 'object' && value !== null) return depth < MAX_DEPTH && addObject(hash, value, depth);
  if (typeof value === 'function' || typeof value === 'symbol') return false;
  update(hash, `${typeof value} `, Object.is(value, -0) ? '-0' : String(value));
  return true;
}

function addObject(hash: Hash, value: object, depth: number): boolean {
  if (value instanceof Uint8Array) {
    update(hash, 'bytes ', value);
    return true;
  }
  if (value instanceof Date) {
    update(hash, 'date ', String(value.getTime()));
    return true;
  }
  if (Array.isArray(value)) {
    update(hash, 'array ', String(value.length));
    return value.every((inner) => addValue(hash, inner, depth + 1));
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  update(hash, 'fields ', String(fields.length));
  return fields.every(([name, inner]) => {
    update(hash, 'name ', name);
    return addValue(hash, inner, depth + 1);
  });
}
