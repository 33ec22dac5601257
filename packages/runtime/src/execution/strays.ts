import type { Culprit } from './culprit.ts';
import type { LossCause, LossLedgers } from './loss-ledger.ts';

// Enough to be caught again, if it happens with every batch; then everybody is asked together again.
const BATCHES_APART = 20;

/**
 * Finds out who costs workers out of turn: a member that answers and later blocks or ends its worker, when no call of anybody runs.
 *
 * Known are then only those that the worker had asked last. When they are several, each is asked on its own for a while: the next
 * worker that is lost so has asked one. An encoder is known only when it ends its worker in its own name.
 */
export class Strays {
  readonly #ledgers: LossLedgers;
  readonly #apart = new Map<number, number>();

  constructor(ledgers: LossLedgers) {
    this.#ledgers = ledgers;
  }

  /** A worker was lost between two tasks, after it had asked these members; or by this very one. */
  lost(suspects: readonly Culprit[], cause: LossCause): void {
    const [only] = suspects;
    if (only === undefined) return;
    if (suspects.length === 1) {
      this.#ledgers[only.kind].wentAstray(only.index, cause);
      this.#apart.clear();
    } else {
      for (const { index } of suspects) this.#apart.set(index, BATCHES_APART);
    }
  }

  /** Takes those out of a batch's members that are to be asked on their own. */
  split(members: readonly number[]): { readonly apart: readonly number[]; readonly together: readonly number[] } {
    if (this.#apart.size === 0) return { apart: [], together: members };
    const apart = members.filter((member) => this.#apart.has(member));
    for (const member of apart) {
      const left = (this.#apart.get(member) ?? 0) - 1;
      if (left > 0) this.#apart.set(member, left);
      else this.#apart.delete(member);
    }
    return { apart, together: members.filter((member) => !apart.includes(member)) };
  }
}
