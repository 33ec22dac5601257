import { judgementAt } from '@clamor/contract';
import { toVerdictEncoder } from '../encoders/encoder-use.ts';
import { countingVersion, modesFor } from '../state/modes-for.ts';
import { type Mode, type SuiteState, slotState } from '../state/suite-state.ts';
import {
  type MemberJudgement,
  type Verdict,
  type VerdictRules,
  joinJudgements,
  unreadableVerdict,
} from '../verdict/verdict.ts';
import { type PlanMember, type PlanSlot, versionKey } from './plan.ts';
import type { ScoredBatch } from './score-batch.ts';
import { NOT_ASKED } from './score-first.ts';

/** What the join of a batch goes by, besides its columns. */
export interface JoinOptions {
  readonly state: SuiteState;
  readonly rules: VerdictRules;
  /** Versions that the guard took out of the count, by `versionKey`: shadows, whatever the state says. */
  readonly demoted: ReadonlySet<string>;
}

/**
 * Joins the columns of a batch to verdicts, one example after the other and only as far as the caller reads on: whatever
 * it does after a verdict (the guard may demote a member) counts for the next one.
 *
 * @returns Shape [n], in the order of the examples.
 */
export function* joinBatch(batch: ScoredBatch, options: JoinOptions): Generator<Verdict> {
  const encoders = batch.encoders.map((use) => toVerdictEncoder(use, batch.examples.length));
  for (const [i, { key }] of batch.examples.entries()) {
    const error = batch.unreadable.get(i);
    const verdict =
      error === undefined
        ? joinJudgements(key, judgementsOf(batch, i, options), options.rules)
        : unreadableVerdict(key, error, options.rules);
    const isCut = batch.stopped?.full[i] === false;
    if (!isCut && encoders.length === 0) yield verdict;
    else yield { ...verdict, full: verdict.full && !isCut, ...(encoders.length === 0 ? {} : { encoders }) };
  }
}

function judgementsOf(batch: ScoredBatch, i: number, options: JoinOptions): MemberJudgement[] {
  return batch.plan.slots.flatMap((slot) => slotJudgements(slot, batch, i, options));
}

/** What the installed versions of one member say of example i. */
function slotJudgements(
  slot: PlanSlot,
  batch: ScoredBatch,
  i: number,
  { state, demoted }: JoinOptions,
): MemberJudgement[] {
  const key = batch.examples[i]?.key ?? '';
  const stated = { ...slot, state: slotState(state, slot) };
  const modes = modesFor(stated, key);
  const judgements = slot.members.flatMap((m, v) => {
    const mode = modes[v] ?? 'off';
    const member = batch.plan.members[m];
    if (mode === 'off' || member === undefined || batch.columns[m] === null) return [];
    if (batch.columns[m]?.reasons.get(i) === NOT_ASKED) return [];
    return [toJudgement(batch, m, i, mode === 'active' && demoted.has(versionKey(member)) ? 'shadow' : mode)];
  });
  const counting = countingVersion(stated, key);
  return counting === null || slot.versions.includes(counting)
    ? judgements
    : [...judgements, notInstalled(slot, counting)];
}

function toJudgement(batch: ScoredBatch, m: number, i: number, mode: Mode): MemberJudgement {
  const member = batch.plan.members[m] as PlanMember;
  const column = batch.columns[m] ?? null;
  const threshold = member.record?.threshold ?? Number.NaN;
  const judgement = column === null ? 'failed' : judgementAt(column, i, threshold);
  const reason = column?.reasons.get(i);
  return {
    member: member.name,
    version: member.version,
    mode,
    judgement,
    score: judgement === 'positive' || judgement === 'negative' ? (column?.scores[i] ?? null) : null,
    threshold,
    timeMs: batch.timesMs[m] ?? 0,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** The state lets a version count that nobody installed: that is a member that fails, not one that is silent. */
function notInstalled({ member, versions }: PlanSlot, version: string): MemberJudgement {
  const message = `Version ${version} is to count, and installed is ${versions.join(', ')}. Install it, or let another version count.`;
  return {
    member,
    version,
    mode: 'active',
    judgement: 'failed',
    score: null,
    threshold: Number.NaN,
    timeMs: 0,
    reason: { code: 'STATE_VERSION_UNKNOWN', message },
  };
}
