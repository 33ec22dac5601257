import { StoreError } from './errors.ts';
import type { RowFault } from './row.ts';

/** Faults that a message names; the rest is counted. */
const SHOWN_FAULTS = 5;

/**
 * Throws when there are faults, under the code of the first: the first five in full, the others counted.
 *
 * @throws {StoreError}
 */
export function throwRowFaults(faults: readonly RowFault[]): void {
  const first = faults[0];
  if (first === undefined) return;
  const rest = faults.length - SHOWN_FAULTS;
  const lines = faults.slice(0, SHOWN_FAULTS).map((fault) => fault.message);
  throw new StoreError(first.code, [...lines, ...(rest > 0 ? [`… and ${rest} more like these.`] : [])].join('\n'));
}

/** Collects the keys of a file's rows, and says which stands there already. */
export class KeyColumn {
  readonly keys: string[] = [];
  readonly #file: string;
  readonly #seen = new Map<string, number>();

  constructor(file: string) {
    this.#file = file;
  }

  /** @returns The fault, or `null`; the key is kept either way, so that lengths stay equal. */
  add(row: number, key: string): RowFault | null {
    const before = this.#seen.get(key);
    this.#seen.set(key, row);
    this.keys.push(key);
    if (before === undefined) return null;
    const message = `Rows ${before} and ${row} of "${this.#file}" have the same key ${JSON.stringify(key.slice(0, 60))}; an example counts once.`;
    return { code: 'STORE_KEY_DUPLICATE', message };
  }
}
