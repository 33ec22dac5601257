import type { CheckedMember } from '../discovery/check-member.ts';
import type { Fault } from '../discovery/fault.ts';
import { RuntimeError } from '../errors.ts';
import type { Loss, WorkerPool } from './worker-pool.ts';
import type { LoadResult, MemberProblem } from './worker-protocol.ts';

/** How the members of a suite came up. */
export interface LoadedMembers {
  /** Indices of the members that are ready. */
  readonly ready: readonly number[];
  readonly faults: ReadonlyMap<number, Fault>;
  /** Measured on the samples: milliseconds per example, by member index. */
  readonly costsMs: ReadonlyMap<number, number>;
}

/**
 * Imports, loads and tries every member in every worker. A member that hangs or ends its worker is a fault, and the
 * worker's replacement goes on without it.
 *
 * @throws {RuntimeError} `SUITE_LOAD_FAILED`
 */
export async function loadMembers(
  pool: WorkerPool,
  members: readonly CheckedMember[],
  wanted: readonly number[],
): Promise<LoadedMembers> {
  const faults = new Map<number, Fault>();
  const costsMs = new Map<number, number>();
  await Promise.all(Array.from({ length: pool.size }, () => loadOneWorker(pool, members, wanted, faults, costsMs)));
  return { ready: wanted.filter((index) => !faults.has(index)), faults, costsMs };
}

async function loadOneWorker(
  pool: WorkerPool,
  members: readonly CheckedMember[],
  wanted: readonly number[],
  faults: Map<number, Fault>,
  costsMs: Map<number, number>,
): Promise<void> {
  for (;;) {
    const pending = wanted.filter((index) => !faults.has(index));
    const outcome = await pool.run<LoadResult>({ kind: 'load', members: pending });
    if ('result' in outcome) {
      record(outcome.result, members, faults, costsMs);
      return;
    }
    const { activity, index } = outcome.loss.during;
    const member = members[index];
    if (activity === 'idle' || member === undefined) {
      throw new RuntimeError(
        'SUITE_LOAD_FAILED',
        `A worker was lost before any member was loaded: ${outcome.loss.message}`,
      );
    }
    faults.set(index, toFault(member, lossProblem(outcome.loss)));
  }
}

function record(
  result: LoadResult,
  members: readonly CheckedMember[],
  faults: Map<number, Fault>,
  costsMs: Map<number, number>,
): void {
  if (result.suiteProblem !== null) throw new RuntimeError('SUITE_LOAD_FAILED', result.suiteProblem);
  for (const { member: index, problem, costMs } of result.loads) {
    const member = members[index];
    if (problem !== null && member !== undefined) faults.set(index, toFault(member, problem));
    if (costMs !== null) costsMs.set(index, costMs);
  }
}

function toFault(member: CheckedMember, problem: MemberProblem): Fault {
  return { package: member.package, version: member.version, ...problem };
}

function lossProblem({ cause, message }: Loss): MemberProblem {
  const todo = 'Report it to its owner; exclude it meanwhile.';
  return cause === 'deadline'
    ? {
        code: 'MEMBER_LOAD_TIMEOUT',
        found: 'a worker that it blocked until it was stopped',
        wanted: 'a member that loads in time',
        todo,
      }
    : { code: 'MEMBER_CRASHED', found: `a worker that it ended: ${message}`, wanted: 'a member that loads', todo };
}
