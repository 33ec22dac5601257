import { FAILED, type FailureReason, type ScoreColumn, judgementAt } from '@clamor/contract';
import { type EncoderUse, sumUses } from '../encoders/encoder-use.ts';
import { modesFor } from '../state/modes-for.ts';
import { type SuiteState, slotState } from '../state/suite-state.ts';
import { isAskedInFull } from '../verdict/early-stop.ts';
import type { AskingOrder } from './asking-order.ts';
import { type Plan, versionKey } from './plan.ts';
import { type BatchRequest, type ScoredBatch, scoreBatch } from './score-batch.ts';
import type { SuiteBreakers } from './suite-breakers.ts';

/** How asking stops at the first positive. */
export interface EarlyStop {
  readonly asking: AskingOrder;
  /** Share of the examples that is asked in full, in [0, 1]. */
  readonly fullShare: number;
  /** Versions, by `versionKey`, that are shadows whatever the state says. */
  readonly demoted: ReadonlySet<string>;
}

/** The reason in a column where a member was not asked; it stands in no verdict. */
export const NOT_ASKED: FailureReason = { code: 'SUITE_NOT_ASKED', message: 'Another member was positive before.' };

// Members that together cost less than this are asked together: a round trip to a worker is about a tenth of it.
const STAGE_MS = 1;

/**
 * Asks the members of a plan one after the other, each on the examples on which nobody that counts was positive before, and all
 * of them on the share that is asked in full. Shadow members are asked on that share only.
 *
 * The examples are parsed for each stage, and stages run one after the other: this saves work, not time, and only where members
 * cost much more than parsing. What counts is what counted when it was asked: a later change of the state cannot bring
 * back those who were not.
 */
export async function scoreFirst(
  plan: Plan,
  state: SuiteState,
  breakers: SuiteBreakers,
  { request, stop }: { readonly request: BatchRequest; readonly stop: EarlyStop },
): Promise<ScoredBatch> {
  const startedAt = performance.now();
  const { examples, deadlineMs } = request;
  const demoted = new Set(stop.demoted);
  const full = examples.map(({ key }) => isAskedInFull(key, stop.fullShare));
  const counts = countingMembers(plan, state, { request, demoted });
  const columns = plan.members.map(({ name: member }) =>
    slotState(state, { member }).mode === 'off' ? null : notAskedColumn(examples.length),
  );
  const timesMs = plan.members.map(() => 0);
  const unreadable = new Map<number, FailureReason>();
  const uses: EncoderUse[] = [];
  const isOpen = examples.map(() => true);
  for (const stage of stagesOf(plan, counts, { asking: stop.asking, examples: examples.length })) {
    const places = [...examples.keys()].filter(
      (i) =>
        !unreadable.has(i) && (full[i] === true || (isOpen[i] === true && stage.some((m) => counts[m]?.[i] === true))),
    );
    if (places.length === 0) continue;
    const part = await scoreBatch(plan, state, breakers, {
      ...request,
      examples: places.map((i) => examples[i] as (typeof examples)[number]),
      deadlineMs: Math.max(1, deadlineMs - (performance.now() - startedAt)),
      only: stage,
    });
    uses.push(...part.encoders);
    for (const [row, reason] of part.unreadable) unreadable.set(places[row] ?? -1, reason);
    for (const m of stage) {
      timesMs[m] = part.timesMs[m] ?? 0;
      const [from, to] = [part.columns[m], columns[m]];
      if (from == null || to == null) continue;
      copyRows(from, to, places);
      const threshold = plan.members[m]?.record?.threshold ?? Number.NaN;
      for (const i of places)
        if (counts[m]?.[i] === true && judgementAt(to, i, threshold) === 'positive') isOpen[i] = false;
    }
  }
  const durationMs = performance.now() - startedAt;
  const encoders = sumUses(uses);
  return {
    plan,
    examples,
    durationMs,
    askedBy: state,
    columns,
    timesMs,
    unreadable,
    encoders,
    stopped: { full, demoted },
  };
}

/** Whether each member counts on each example, shape [m][n]. */
function countingMembers(
  plan: Plan,
  state: SuiteState,
  { request, demoted }: { readonly request: BatchRequest; readonly demoted: ReadonlySet<string> },
): boolean[][] {
  const counts = plan.members.map((): boolean[] => []);
  for (const slot of plan.slots) {
    const stated = { ...slot, state: slotState(state, slot) };
    for (const { key } of request.examples) {
      const modes = modesFor(stated, key);
      for (const [v, m] of slot.members.entries()) {
        const member = plan.members[m];
        counts[m]?.push(modes[v] === 'active' && member !== undefined && !demoted.has(versionKey(member)));
      }
    }
  }
  return counts;
}

/**
 * Members in the order in which they are asked, cheap ones together, and those on one encoder together, since it runs once for them;
 * those that count nowhere come last, all at once.
 */
function stagesOf(
  plan: Plan,
  counts: readonly (readonly boolean[])[],
  { asking, examples }: { readonly asking: AskingOrder; readonly examples: number },
): number[][] {
  const counting = asking.of(plan).filter((place) => counts[place]?.includes(true) === true);
  const encoderOf = (place: number): number | null => plan.engine.encoderOf(plan.members[place]?.index ?? -1);
  const stages: number[][] = [];
  let stageMs = Infinity;
  for (const m of counting) {
    if (stages.some((stage) => stage.includes(m))) continue;
    if (stageMs >= STAGE_MS) {
      stages.push([]);
      stageMs = 0;
    }
    const encoder = encoderOf(m);
    const together = encoder === null ? [m] : counting.filter((other) => encoderOf(other) === encoder);
    stages.at(-1)?.push(...together);
    stageMs += together.reduce((sum, place) => sum + asking.costMs(place), 0) * examples;
  }
  const others = asking.of(plan).filter((place) => counts[place]?.includes(true) !== true);
  return others.length === 0 ? stages : [...stages, others];
}

interface GrowingColumn extends ScoreColumn {
  readonly reasons: Map<number, FailureReason>;
}

function notAskedColumn(length: number): GrowingColumn {
  return {
    scores: new Float32Array(length).fill(Number.NaN),
    status: new Uint8Array(length).fill(FAILED),
    reasons: new Map(Array.from({ length }, (_, i) => [i, NOT_ASKED])),
  };
}

function copyRows(from: ScoreColumn, to: GrowingColumn, places: readonly number[]): void {
  for (const [row, place] of places.entries()) {
    to.scores[place] = from.scores[row] ?? Number.NaN;
    to.status[place] = from.status[row] ?? FAILED;
    const reason = from.reasons.get(row);
    if (reason === undefined) to.reasons.delete(place);
    else to.reasons.set(place, reason);
  }
}
