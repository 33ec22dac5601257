import type { FailureReason, ScoreColumn } from '@clamor/contract';
import { type SuiteState, slotState } from '../state/suite-state.ts';
import type { Plan, PlanSlot } from './plan.ts';
import type { ScoredBatch } from './score-batch.ts';

/** Score columns of every member over n examples. */
export interface ScoreTable {
  /** Shape [n]. */
  readonly keys: readonly string[];
  /**
   * One column of shape [n] per installed version of a member that is not off and was asked, in the order of the suite; faulty ones
   * have failed columns. The version that counts goes by the member's name, another one by `name@version`.
   */
  readonly columns: ReadonlyMap<string, ScoreColumn>;
  /** Index of an example that could not be read → why; it is failed in every column. */
  readonly unreadable: ReadonlyMap<number, FailureReason>;
}

/** What a {@link ScoreTableBuilder} goes by. */
export interface ScoreTableOptions {
  readonly state: SuiteState;
  /** Names of the columns that are wanted; default all. */
  readonly members?: readonly string[];
}

/** Puts the batches of a run together to columns. All of them are asked by one plan and one state. */
export class ScoreTableBuilder {
  /** Places of the plan's members that the columns are of, and that are to be asked. */
  readonly asked: readonly number[];
  readonly #names: readonly string[];
  readonly #keys: string[] = [];
  readonly #parts: readonly ScoreColumn[][];
  readonly #unreadable = new Map<number, FailureReason>();

  constructor(plan: Plan, { state, members }: ScoreTableOptions) {
    const columns = plan.slots.flatMap((slot) => namedColumns(slot, state));
    const wanted = columns.filter(({ name }) => members === undefined || members.includes(name));
    this.asked = wanted.map(({ place }) => place);
    this.#names = wanted.map(({ name }) => name);
    this.#parts = plan.members.map(() => []);
  }

  add({ examples, columns, unreadable }: ScoredBatch): void {
    for (const [i, reason] of unreadable) this.#unreadable.set(this.#keys.length + i, reason);
    for (const [m, column] of columns.entries()) if (column !== null) this.#parts[m]?.push(column);
    this.#keys.push(...examples.map((example) => example.key));
  }

  build(): ScoreTable {
    const columns = this.asked.map(
      (place, c) => [this.#names[c] ?? '', joinColumns(this.#parts[place] ?? [])] as const,
    );
    return { keys: this.#keys, columns: new Map(columns), unreadable: this.#unreadable };
  }
}

function namedColumns(slot: PlanSlot, state: SuiteState): { readonly name: string; readonly place: number }[] {
  const { member, members, versions, own } = slot;
  const { mode, version } = slotState(state, slot);
  if (mode === 'off') return [];
  return members.map((place, v) => ({
    name: versions[v] === (version ?? own) ? member : `${member}@${versions[v]}`,
    place,
  }));
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
