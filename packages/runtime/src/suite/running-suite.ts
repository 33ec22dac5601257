import {
  type FailureReason,
  type MemberRecord,
  type Policy,
  type ScoreColumn,
  failedColumn,
  judgementAt,
} from '@clamor/contract';
import { BatchScorer } from '../execution/batch-scorer.ts';
import { collectBatches, cutBatches } from '../execution/batches.ts';
import type { DiscoveredPackage, Discovery } from '../discovery/discover.ts';
import { RuntimeError } from '../errors.ts';
import type { Fault } from '../discovery/fault.ts';
import { inOrder } from '../execution/in-order.ts';
import {
  type MemberJudgement,
  type Verdict,
  type VerdictRules,
  joinJudgements,
  unreadableVerdict,
} from '../verdict/verdict.ts';
import type { Mode } from '../state/suite-state.ts';
import type { WorkerPool } from '../execution/worker-pool.ts';
import type { ExampleInput, ScoreResult } from '../execution/worker-protocol.ts';

/** A member of a loaded suite. */
export interface SuiteMember extends DiscoveredPackage {
  readonly mode: Mode;
  /** `null` when the record could not be read; then there is a fault. */
  readonly record: MemberRecord | null;
  /** Its place among the members that workers know; −1 for none. */
  readonly index: number;
  /** Why it cannot judge; `null` when it can. */
  readonly fault: Fault | null;
}

/** Options of a run over examples. */
export interface RunOptions {
  /** Stops the run between batches; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called after every batch with the number of examples done so far. */
  readonly onProgress?: (examplesDone: number) => void;
}

/** Score columns of every member over n examples. */
export interface ScoreTable {
  /** Shape [n]. */
  readonly keys: readonly string[];
  /** One column of shape [n] per member that is not off, in the order of the suite; faulty members have failed columns. */
  readonly columns: ReadonlyMap<string, ScoreColumn>;
  /** Index of an example that could not be read → why; it is failed in every column. */
  readonly unreadable: ReadonlyMap<number, FailureReason>;
}

/** What {@link RunningSuite} is made of. */
export interface RunningSuiteParts {
  readonly name: string;
  readonly policy: Policy;
  readonly suiteVersion: string;
  readonly stateVersion: string;
  readonly discovery: Discovery;
  readonly faults: readonly Fault[];
  readonly members: readonly SuiteMember[];
  readonly pool: WorkerPool;
  readonly costsMs: ReadonlyMap<number, number>;
  readonly batchSize: number;
  readonly deadlineMs: number;
}

const CLOSE_TIMEOUT_MS = 2000;

/** A suite that is loaded and ready to judge; made by `loadSuite`. */
export class RunningSuite {
  readonly name: string;
  readonly policy: Policy;
  readonly suiteVersion: string;
  readonly stateVersion: string;
  readonly discovery: Discovery;
  /** Members that are not off, in the order of their package names. */
  readonly members: readonly SuiteMember[];
  /** Empty unless the suite was loaded with `onFault: 'degrade'`. */
  readonly faults: readonly Fault[];
  readonly #pool: WorkerPool;
  readonly #scorer: BatchScorer;
  readonly #batchSize: number;
  readonly #rules: VerdictRules;
  #closing: Promise<void> | undefined;

  constructor(parts: RunningSuiteParts) {
    this.name = parts.name;
    this.policy = parts.policy;
    this.suiteVersion = parts.suiteVersion;
    this.stateVersion = parts.stateVersion;
    this.discovery = parts.discovery;
    this.members = parts.members;
    this.faults = parts.faults;
    this.#pool = parts.pool;
    this.#scorer = new BatchScorer(parts.pool, parts);
    this.#batchSize = parts.batchSize;
    this.#rules = verdictRules(parts);
  }

  /**
   * Judges examples.
   *
   * @param examples - Shape [n]. Inputs are copied, never changed.
   * @returns Shape [n], in the order of the examples. One that cannot be read has an `error` and the outcome
   * `undetermined`; nothing is left out.
   * @throws {RuntimeError} `SUITE_CLOSED`
   */
  async judge(examples: readonly ExampleInput[], options: RunOptions = {}): Promise<Verdict[]> {
    const batches = cutBatches(examples, { workers: this.#pool.size, batchSize: this.#batchSize });
    return Array.fromAsync(this.#verdicts(batches, this.#spareWorkers(batches.length), options));
  }

  /**
   * Judges a stream, in its order, with a bounded number of batches under way.
   *
   * @throws {RuntimeError} `SUITE_CLOSED`
   */
  judgeStream(
    examples: AsyncIterable<ExampleInput> | Iterable<ExampleInput>,
    options: RunOptions = {},
  ): AsyncGenerator<Verdict> {
    return this.#verdicts(collectBatches(examples, this.#batchSize), 1, options);
  }

  /**
   * Scores examples without judging them.
   *
   * @throws {RuntimeError} `SUITE_CLOSED`
   */
  async score(
    examples: AsyncIterable<ExampleInput> | Iterable<ExampleInput>,
    options: RunOptions = {},
  ): Promise<ScoreTable> {
    const keys: string[] = [];
    const parts = this.members.map((): ScoreColumn[] => []);
    const unreadable = new Map<number, FailureReason>();
    for await (const { batch, columns, result } of this.#run(collectBatches(examples, this.#batchSize), 1, options)) {
      for (const [i, reason] of result.unreadable) unreadable.set(keys.length + i, reason);
      for (const [m, column] of columns.entries()) parts[m]?.push(column);
      keys.push(...batch.map((example) => example.key));
    }
    const joined = this.members.map((member, m) => [member.name, joinColumns(parts[m] ?? [])] as const);
    return { keys, columns: new Map(joined), unreadable };
  }

  /** Closes members and workers; may be called twice. Runs under way end with `SUITE_CLOSED`. */
  close(): Promise<void> {
    this.#closing ??= this.#pool.close(CLOSE_TIMEOUT_MS);
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #spareWorkers(batches: number): number {
    return Math.max(1, Math.floor(this.#pool.size / Math.max(1, batches)));
  }

  async *#verdicts(batches: Batches, spareWorkers: number, options: RunOptions): AsyncGenerator<Verdict> {
    for await (const { batch, columns, result } of this.#run(batches, spareWorkers, options)) {
      const times = new Map(result.columns.map(({ member, timeMs }) => [member, timeMs / batch.length]));
      for (const [i, example] of batch.entries()) {
        const error = result.unreadable.get(i);
        yield error === undefined
          ? joinJudgements(
              example.key,
              this.members.map((member, m) => toJudgement(member, columns[m], i, times)),
              this.#rules,
            )
          : unreadableVerdict(example.key, error, this.#rules);
      }
    }
  }

  async *#run(batches: Batches, spareWorkers: number, { signal, onProgress }: RunOptions): AsyncGenerator<ScoredBatch> {
    const running = this.members.filter((member) => member.fault === null).map((member) => member.index);
    let done = 0;
    const score = async (batch: readonly ExampleInput[]): Promise<ScoredBatch> => {
      this.#assertOpen();
      signal?.throwIfAborted();
      const result = await this.#scorer.score(batch, running, spareWorkers);
      this.#assertOpen();
      return { batch, result, columns: this.members.map((member) => columnOf(member, result, batch.length)) };
    };
    for await (const scored of inOrder(batches, 2 * this.#pool.size, score)) {
      signal?.throwIfAborted();
      yield scored;
      done += scored.batch.length;
      onProgress?.(done);
    }
  }

  #assertOpen(): void {
    if (this.#closing === undefined) return;
    throw new RuntimeError('SUITE_CLOSED', `Suite "${this.name}" was closed. Load it again with loadSuite().`);
  }
}

function verdictRules({ policy, members, suiteVersion, stateVersion, faults }: RunningSuiteParts): VerdictRules {
  const required = members.filter((member) => policy.required.includes(member.package)).map((member) => member.name);
  const known = new Set(members.map((member) => member.package));
  // A missing dependency may be anything; only the policy can say that it is a member.
  const absent = faults.filter((fault) => !known.has(fault.package) && fault.code !== 'PACKAGE_MISSING');
  return {
    required: new Set(required),
    absent: absent.map((fault) => ({
      member: fault.package,
      reason: { code: fault.code, message: `found ${fault.found}` },
      required: policy.required.includes(fault.package),
    })),
    whenUndetermined: policy.whenUndetermined,
    suiteVersion,
    stateVersion,
  };
}

type Batches = AsyncIterable<readonly ExampleInput[]> | Iterable<readonly ExampleInput[]>;

interface ScoredBatch {
  readonly batch: readonly ExampleInput[];
  readonly result: ScoreResult;
  /** In the order of the suite's members. */
  readonly columns: readonly ScoreColumn[];
}

function columnOf(member: SuiteMember, result: ScoreResult, length: number): ScoreColumn {
  const scores = result.columns.find((candidate) => candidate.member === member.index && member.fault === null);
  return scores?.column ?? failedColumn(length, faultReason(member));
}

function faultReason({ fault }: SuiteMember): FailureReason {
  return {
    code: fault?.code ?? 'MEMBER_LOAD_FAILED',
    message: fault === null ? 'The member is not loaded.' : `found ${fault.found}`,
  };
}

function toJudgement(
  member: SuiteMember,
  column: ScoreColumn | undefined,
  i: number,
  times: ReadonlyMap<number, number>,
): MemberJudgement {
  const threshold = member.record?.threshold ?? Number.NaN;
  const judgement = column === undefined ? 'failed' : judgementAt(column, i, threshold);
  const reason = column?.reasons.get(i);
  const score = column?.scores[i];
  return {
    member: member.name,
    version: member.version,
    mode: member.mode,
    judgement,
    score: judgement === 'positive' || judgement === 'negative' ? (score ?? null) : null,
    threshold,
    timeMs: times.get(member.index) ?? 0,
    ...(reason === undefined ? {} : { reason }),
  };
}

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
