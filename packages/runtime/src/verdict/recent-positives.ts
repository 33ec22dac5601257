/**
 * Who was positive on the latest full verdicts: bit columns over a window of bounded length, 32 examples per word.
 *
 * Only full verdicts belong here: after an early stop nobody knows what the others would have said.
 */
export class RecentPositives {
  /** Examples that are kept; the oldest makes room for the newest. */
  readonly limit: number;
  readonly #columns: readonly Uint32Array[];
  #added = 0;

  /**
   * @param members - Number of members, m.
   * @param limit - Rounded up to a multiple of 32; default 4,096.
   */
  constructor(members: number, limit = 4096) {
    const words = Math.max(1, Math.ceil(limit / 32));
    this.limit = words * 32;
    this.#columns = Array.from({ length: members }, () => new Uint32Array(words));
  }

  /** n, how many examples the window holds. */
  get length(): number {
    return Math.min(this.#added, this.limit);
  }

  /** One column per member: bit i of word w is example 32 w + i. */
  get columns(): readonly Uint32Array[] {
    return this.#columns;
  }

  /**
   * Adds a full verdict.
   *
   * @param positive - Shape [m]: whether each member was active and positive.
   */
  add(positive: readonly boolean[]): void {
    const place = this.#added % this.limit;
    const bit = 1 << (place & 31);
    for (const [m, column] of this.#columns.entries()) {
      const word = column[place >>> 5]!;
      column[place >>> 5] = positive[m] === true ? word | bit : word & ~bit;
    }
    this.#added += 1;
  }
}
