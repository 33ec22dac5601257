import { FAILED, type FailureReason, type ScoreColumn, failedColumn } from '@clamor/contract';
import { dealMembers } from './batches.ts';
import type { Loss, WorkerPool } from './worker-pool.ts';
import type { ExampleInput, MemberScores, ScoreResult } from './worker-protocol.ts';

// Below this a second worker costs more than it saves: a round trip takes about 0.08 ms, and the example is parsed twice.
const WORTH_SPLITTING_MS = 1;
// How quickly predicted costs follow measured ones.
const COST_MEMORY = 0.8;
const LOSSES_BEFORE_STOP = 3;

/**
 * Scores batches on a pool: splits a batch by member where that is faster, and when a worker is lost blames the member
 * it was running, then redoes what the others lost.
 */
export class BatchScorer {
  readonly #pool: WorkerPool;
  readonly #costsMs = new Map<number, number>();
  readonly #losses = new Map<number, number>();

  constructor(pool: WorkerPool) {
    this.#pool = pool;
  }

  /** @param costsMs - Predicted milliseconds per example, by member index. */
  expectCosts(costsMs: ReadonlyMap<number, number>): void {
    for (const [member, costMs] of costsMs) this.#costsMs.set(member, costMs);
  }

  /**
   * @param members - Indices of the members to run.
   * @param spareWorkers - Workers that would otherwise have nothing to do while this batch runs, this one's included.
   * @param deadlineMs - Milliseconds that one member may take for the batch.
   */
  async score(
    examples: readonly ExampleInput[],
    members: readonly number[],
    spareWorkers: number,
    deadlineMs: number,
  ): Promise<ScoreResult> {
    const stopped = members.filter((member) => (this.#losses.get(member) ?? 0) >= LOSSES_BEFORE_STOP);
    const running = members.filter((member) => !stopped.includes(member));
    const groups = this.#groups(running, examples.length, spareWorkers);
    const results = await Promise.all(groups.map((group) => this.#scoreGroup(examples, group, deadlineMs)));
    const merged = mergeResults(results);
    this.#learnCosts(merged, examples.length);
    return {
      ...merged,
      columns: [...merged.columns, ...stopped.map((member) => stoppedColumn(member, examples.length))],
    };
  }

  #groups(members: readonly number[], examples: number, spareWorkers: number): number[][] {
    const costsMs = members.map((member) => (this.#costsMs.get(member) ?? 0) * examples);
    const totalMs = costsMs.reduce((sum, cost) => sum + cost, 0);
    if (spareWorkers < 2 || totalMs < WORTH_SPLITTING_MS) return [[...members]];
    return dealMembers(members, costsMs, spareWorkers);
  }

  async #scoreGroup(
    examples: readonly ExampleInput[],
    members: readonly number[],
    deadlineMs: number,
  ): Promise<ScoreResult> {
    const outcome = await this.#pool.run<ScoreResult>({ kind: 'score', members, examples, deadlineMs });
    if ('result' in outcome) return outcome.result;
    return this.#redo(outcome.loss, examples, members, deadlineMs);
  }

  /** Fails the guilty member or example and scores the rest again. */
  async #redo(
    loss: Loss,
    examples: readonly ExampleInput[],
    members: readonly number[],
    deadlineMs: number,
  ): Promise<ScoreResult> {
    const { activity, index } = loss.during;
    if (activity === 'parsing') {
      const rest = await this.#scoreGroup(examples.toSpliced(index, 1), members, deadlineMs);
      return insertUnreadable(rest, index, parseLoss(loss));
    }
    // Without a member to blame, every one of a group that is lost together is suspected alone.
    const guilty = activity === 'idle' ? (members.length === 1 ? members[0] : undefined) : index;
    if (guilty === undefined) {
      return mergeResults(await inTurn(members, (member) => this.#scoreGroup(examples, [member], deadlineMs)));
    }
    this.#losses.set(guilty, (this.#losses.get(guilty) ?? 0) + 1);
    const rest = await this.#scoreGroup(
      examples,
      members.filter((member) => member !== guilty),
      deadlineMs,
    );
    const failed = { member: guilty, column: failedColumn(examples.length, memberLoss(loss)), timeMs: 0 };
    return { ...rest, columns: [...rest.columns, markUnreadable(failed, rest.unreadable)] };
  }

  #learnCosts({ columns }: ScoreResult, examples: number): void {
    for (const { member, timeMs } of columns) {
      const before = this.#costsMs.get(member) ?? timeMs / examples;
      this.#costsMs.set(member, COST_MEMORY * before + (1 - COST_MEMORY) * (timeMs / examples));
    }
  }
}

async function inTurn<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

function mergeResults(results: readonly ScoreResult[]): ScoreResult {
  return {
    columns: results.flatMap((result) => result.columns),
    unreadable: new Map(results.flatMap((result) => [...result.unreadable])),
    parseTimeMs: results.reduce((sum, result) => sum + result.parseTimeMs, 0),
  };
}

function memberLoss({ cause, during, message }: Loss): FailureReason {
  if (cause === 'crash') return { code: 'MEMBER_CRASHED', message: `The member ended its worker: ${message}` };
  const code = during.activity === 'loading' ? 'MEMBER_LOAD_TIMEOUT' : 'MEMBER_DEADLINE';
  return { code, message: 'The member did not answer before its deadline and its worker was stopped.' };
}

function parseLoss({ cause, message }: Loss): FailureReason {
  const why =
    cause === 'deadline' ? 'did not finish parsing it in time' : `lost its worker while parsing it: ${message}`;
  return { code: 'EXAMPLE_TIMEOUT', message: `The suite ${why}.` };
}

function stoppedColumn(member: number, examples: number): MemberScores {
  const message = `The member ended its worker ${LOSSES_BEFORE_STOP} times; load the suite again to give it another try.`;
  return { member, column: failedColumn(examples, { code: 'MEMBER_STOPPED', message }), timeMs: 0 };
}

function markUnreadable(scores: MemberScores, unreadable: ReadonlyMap<number, FailureReason>): MemberScores {
  return { ...scores, column: { ...scores.column, reasons: new Map([...scores.column.reasons, ...unreadable]) } };
}

/** Puts an example that nobody could read back in its place. */
function insertUnreadable(rest: ScoreResult, at: number, reason: FailureReason): ScoreResult {
  const shift = (reasons: ReadonlyMap<number, FailureReason>): Map<number, FailureReason> =>
    new Map([...reasons].map(([i, r]) => [i < at ? i : i + 1, r] as const)).set(at, reason);
  const widen = (column: ScoreColumn): ScoreColumn => ({
    scores: Float32Array.from([...column.scores].toSpliced(at, 0, Number.NaN)),
    status: Uint8Array.from([...column.status].toSpliced(at, 0, FAILED)),
    reasons: shift(column.reasons),
  });
  return {
    ...rest,
    columns: rest.columns.map((scores) => ({ ...scores, column: widen(scores.column) })),
    unreadable: shift(rest.unreadable),
  };
}
