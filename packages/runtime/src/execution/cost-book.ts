// How quickly predicted costs follow measured ones.
const COST_MEMORY = 0.8;

/** Predicted milliseconds per example, by index. */
export class CostBook {
  readonly #costsMs = new Map<number, number>();

  /** 0 for what was never measured. */
  of(index: number): number {
    return this.#costsMs.get(index) ?? 0;
  }

  /** A first measurement, from samples. */
  begin(costsMs: ReadonlyMap<number, number>): void {
    for (const [index, costMs] of costsMs) this.#costsMs.set(index, costMs);
  }

  /** @param timeMs - For so many examples together; `null` when it is not known. */
  learn(index: number, timeMs: number | null, examples: number): void {
    if (timeMs === null || examples === 0) return;
    const each = timeMs / examples;
    const before = this.#costsMs.get(index) ?? each;
    this.#costsMs.set(index, COST_MEMORY * before + (1 - COST_MEMORY) * each);
  }
}
