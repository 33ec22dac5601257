import { RUNTIME_ERRORS } from '../errors.ts';

/** Stands for the codes that are not counted by name. */
export const OTHER_CODE = 'OTHER';

const FOREIGN_CODES = 16;
const CODE = /^[A-Z][A-Z0-9_]{0,63}$/;

/** Failures with one code. */
export interface FailureCount {
  examples: number;
  /** Of the first one. */
  readonly message: string;
}

/**
 * Failures by code, in memory that does not grow: a member may throw a code of its own, and a hostile one a new code every time.
 *
 * Codes of the runtime are all counted by name, and of the others the first sixteen that look like one; the rest is `OTHER`.
 */
export class FailureCounts {
  /** Made with the first failure: most batches have none. */
  #byCode: Map<string, FailureCount> | undefined;
  #foreign = 0;

  add(code: string, message: string, examples = 1): void {
    this.#byCode ??= new Map();
    const name = this.#byCode.has(code) || this.#mayAdd(code) ? code : OTHER_CODE;
    const known = this.#byCode.get(name);
    if (known === undefined) this.#byCode.set(name, { examples, message });
    else known.examples += examples;
  }

  entries(): Iterable<readonly [code: string, count: FailureCount]> {
    return this.#byCode ?? [];
  }

  /** Examples by code. */
  toObject(): { readonly [code: string]: number } {
    return Object.fromEntries([...this.entries()].map(([code, { examples }]) => [code, examples]));
  }

  #mayAdd(code: string): boolean {
    if (Object.hasOwn(RUNTIME_ERRORS, code)) return true;
    if (!CODE.test(code) || this.#foreign === FOREIGN_CODES) return false;
    this.#foreign += 1;
    return true;
  }
}
