import type { FailureReason, ScoreColumn } from '@clamor/contract';
import { type SuiteState, slotState } from '../state/suite-state.ts';
import type { Plan } from './plan.ts';
import type { ScoredBatch } from './score-batch.ts';

/** Score columns of every member over n examples. */
export interface ScoreTable {
  /** Shape [n]. */
  readonly keys: readonly string[];
  /**
   * One column of shape [n] per installed version of a member that is not off, in the order of the suite; faulty ones
   * have failed columns. The version that counts goes by the member's name, another one by `name@version`.
   */
  readonly columns: ReadonlyMap<string, ScoreColumn>;
  /** Index of an example that could not be read → why; it is failed in every column. */
  readonly unreadable: ReadonlyMap<number, FailureReason>;
}

/** Puts the batches of a run together to columns. All of them are asked by one plan and one state. */
export class ScoreTableBuilder {
  readonly #plan: Plan;
  readonly #state: SuiteState;
  readonly #keys: string[] = [];
  readonly #parts: readonly ScoreColumn[][];
  readonly #unreadable = new Map<number, FailureReason>();

  constructor(plan: Plan, state: SuiteState) {
    this.#plan = plan;
    this.#state = state;
    this.#parts = plan.members.map(() => []);
  }

  add({ examples, columns, unreadable }: ScoredBatch): void {
    for (const [i, reason] of unreadable) this.#unreadable.set(this.#keys.length + i, reason);
    for (const [m, column] of columns.entries()) if (column !== null) this.#parts[m]?.push(column);
    this.#keys.push(...examples.map((example) => example.key));
  }

  build(): ScoreTable {
    const columns = this.#plan.slots.flatMap((slot) => {
      const { member, members, versions, own } = slot;
      const { mode, version } = slotState(this.#state, slot);
      if (mode === 'off') return [];
      return members.map((place, v) => {
        const name = versions[v] === (version ?? own) ? member : `${member}@${versions[v]}`;
        return [name, joinColumns(this.#parts[place] ?? [])] as const;
      });
    });
    return { keys: this.#keys, columns: new Map(columns), unreadable: this.#unreadable };
  }
}

/** Columns one below the other. */
function joinColumns(columns: readonly ScoreColumn[]): ScoreColumn {
  const length = columns.reduce((sum, column) => sum + column.scores.length, 0);
  const scores = new Float32Array(length);
  const status = new Uint8Array(length);
  const reasons = new Map<number, FailureReason>();
  let start = 0;
  for (const column of columns) {
    scores.set(column.scores, start);
    status.set(column.status, start);
    for (const [i, reason] of column.reasons) reasons.set(start + i, reason);
    start += column.scores.length;
  }
  return { scores, status, reasons };
}
