import { type FailureReason, type ScoreColumn, failedColumn } from '@clamor/contract';
import { batchOutcome } from '../breaker/batch-outcome.ts';
import type { Fault } from '../discovery/fault.ts';
import { type EncoderUse, encoderUses } from '../encoders/encoder-use.ts';
import { encoderName } from '../encoders/suite-encoders.ts';
import type { ScoreRequest } from '../execution/engine.ts';
import type { ScoreResult } from '../execution/worker-protocol.ts';
import { type SuiteState, slotState } from '../state/suite-state.ts';
import { type Plan, type PlanMember, versionKey } from './plan.ts';
import { BatchAdmissions, type SuiteBreakers } from './suite-breakers.ts';

/** A batch that was scored by the members of a plan. */
export interface ScoredBatch {
  readonly plan: Plan;
  readonly examples: ScoreRequest['examples'];
  /** Milliseconds from when it was asked to the last answer. */
  readonly durationMs: number;
  /** The state by which members were asked. */
  readonly askedBy: SuiteState;
  /** One per member of the plan, in its order; `null` for one that was off and not asked. */
  readonly columns: readonly (ScoreColumn | null)[];
  /** Milliseconds per example, in the order of the plan's members; 0 for one that did not run. */
  readonly timesMs: readonly number[];
  /** Index of an example that could not be read → why. */
  readonly unreadable: ScoreResult['unreadable'];
  /** What encoders did for it; empty when none was needed. */
  readonly encoders: readonly EncoderUse[];
  /** Only where asking could stop at the first positive: what that went by. */
  readonly stopped?: {
    /** Shape [n]: whether the example was asked in full whatever was said. */
    readonly full: readonly boolean[];
    /** Versions, by `versionKey`, that did not count when they were asked. */
    readonly demoted: ReadonlySet<string>;
  };
}

/** What a batch is asked with. */
export interface BatchRequest extends Omit<ScoreRequest, 'members'> {
  /** Places of the plan's members that are asked now; default all. */
  readonly only?: readonly number[];
}

/**
 * Asks the members of a plan: those that are off are left out, those with a fault or an open breaker (their own, or that of
 * their encoder) fail, the others score the batch, and the breakers hear how it went.
 *
 * Never rejects for what a member does.
 */
export async function scoreBatch(
  plan: Plan,
  state: SuiteState,
  breakers: SuiteBreakers,
  { only, ...request }: BatchRequest,
): Promise<ScoredBatch> {
  const startedAt = performance.now();
  const length = request.examples.length;
  const now = only === undefined ? plan.members : only.flatMap((m) => plan.members[m] ?? []);
  const asked = now.filter(({ name: member }) => slotState(state, { member }).mode !== 'off');
  const admissions = new BatchAdmissions(plan, breakers, asked);
  const result = await plan.engine.score({ ...request, members: admissions.called }).catch((error: unknown) => {
    admissions.observe(() => 'nothing', 'cut'); // A probe that nobody answers for would keep the member out for ever.
    throw error;
  });
  const scores = new Map(result.columns.map((part) => [part.member, part]));
  const columnOf = (member: PlanMember): ScoreColumn => {
    if (member.fault !== null) return failedColumn(length, faultReason(member.fault));
    const refusal = admissions.refusal(member);
    if (refusal === 'member') return failedColumn(length, breakerOpen(breakers, member));
    if (refusal === 'encoder') return failedColumn(length, encoderBreakerOpen(plan, breakers, member));
    return scores.get(member.index)?.column ?? failedColumn(length, NO_ANSWER);
  };
  const columns = new Map(asked.map((member) => [member, columnOf(member)]));
  const isCut = request.signal?.aborted === true;
  admissions.observe(
    (member) => {
      const column = columns.get(member);
      return isCut || column === undefined ? 'nothing' : batchOutcome(column, result.unreadable);
    },
    isCut ? 'cut' : (result.encoders ?? []),
  );
  return {
    plan,
    examples: request.examples,
    durationMs: performance.now() - startedAt,
    askedBy: state,
    columns: plan.members.map((member) => columns.get(member) ?? null),
    timesMs: plan.members.map((member) => (scores.get(member.index)?.timeMs ?? 0) / Math.max(1, length)),
    unreadable: result.unreadable,
    encoders: encoderUses(result.encoders ?? [], plan.engine.encoders),
  };
}

const NO_ANSWER: FailureReason = { code: 'MEMBER_LOAD_FAILED', message: 'The member is not loaded.' };

function faultReason({ code, found }: Fault): FailureReason {
  return { code, message: `found ${found}` };
}

function breakerOpen({ members }: SuiteBreakers, member: PlanMember): FailureReason {
  const { failuresInARow, nextProbeAt } = members.status(versionKey(member));
  const message = `The member failed ${failuresInARow} batches in a row and is left alone; it is tried again ${probeTime(nextProbeAt)}.`;
  return { code: 'MEMBER_BREAKER_OPEN', message };
}

function encoderBreakerOpen(plan: Plan, { encoders }: SuiteBreakers, member: PlanMember): FailureReason {
  const encoder = plan.engine.encoders[plan.engine.encoderOf(member.index) ?? -1];
  const name = encoder === undefined ? '' : encoderName(encoder);
  const { failuresInARow, nextProbeAt } = encoders.status(name);
  const message = `Its encoder ${name} failed ${failuresInARow} batches in a row and is left alone; it is tried again ${probeTime(nextProbeAt)}.`;
  return { code: 'ENCODER_BREAKER_OPEN', message };
}

function probeTime(nextProbeAt: number | null): string {
  return nextProbeAt === null ? 'soon' : `at ${new Date(nextProbeAt).toISOString()}`;
}
