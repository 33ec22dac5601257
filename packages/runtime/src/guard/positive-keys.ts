/**
 * The keys of a member's latest unique positives, each with the number of its example.
 *
 * Keeps the newest `limit`; those before a change that can no longer be named are dropped.
 */
export class PositiveKeys {
  readonly #limit: number;
  #entries: { readonly example: number; readonly key: string }[] = [];
  /** Entries before this place are dropped; they are cut off once they are half of all. */
  #first = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#entries.length - this.#first;
  }

  add(example: number, key: string): void {
    this.#entries.push({ example, key });
    if (this.size > this.#limit) this.#drop();
  }

  /** Forgets the keys of examples before this one. */
  dropBefore(example: number): void {
    while (this.size > 0 && this.#entries[this.#first]!.example < example) this.#drop();
  }

  /** The keys from this example on, in their order. */
  since(example: number): readonly string[] {
    const entries = this.#entries.slice(this.#first).filter((entry) => entry.example >= example);
    return entries.map(({ key }) => key);
  }

  #drop(): void {
    this.#first += 1;
    if (this.#first < 64 || this.#first * 2 < this.#entries.length) return;
    this.#entries = this.#entries.slice(this.#first);
    this.#first = 0;
  }
}
