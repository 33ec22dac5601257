// Question: which members could go without the suite deciding otherwise?
// Source: a member without unique positives has no effect (gate/mediant.ts); how often it might have one that was not seen is
// bounded as in Hanley & Lippman-Hand, If nothing goes wrong, is everything all right?, JAMA 249 (1983), 1743–1745 (rule of three).
import type { AdvisedMove, Move } from './advice.ts';
import { advisedMove, changeClause, share } from './advised-move.ts';
import { type AdviceState, resultOf } from './advice-state.ts';
import { amount } from '../gate/gate-reason.ts';
import { type BitColumn, createBitColumn, difference, sizeOf } from '../table/bit-column.ts';
import { designEffect } from '../statistics/design-effect.ts';
import { effectiveSize } from '../statistics/wilson-interval.ts';
import type { MemberFigures } from '../figures/figures.ts';
import { namesOf } from './shared-false-positives.ts';
import { type NearDuplicates, nearDuplicates } from './near-duplicates.ts';

/** The removals that change no verdict or hardly one: of near-duplicates one at a time, and of dead weight. */
export function costMoves(state: AdviceState): AdvisedMove[] {
  const groups = nearDuplicates(state);
  const grouped = new Set(groups.flatMap(({ members }) => members));
  return [
    ...groups.map((group) => oneOfGroup(state, group)),
    ...state.evaluation.members
      .filter((member) => hasNothingUnique(member) && !grouped.has(member.name))
      .map((member) => deadWeight(state, member)),
  ];
}

function hasNothingUnique({ uniquePositives, uniqueUnknown }: MemberFigures): boolean {
  return uniquePositives + uniqueUnknown === 0;
}

/** The costlier of a group; where costs are equal or not measured, the less precise; of equals, the last. */
function oneOfGroup(state: AdviceState, group: NearDuplicates): AdvisedMove {
  const costOf = (name: string): number => state.options.costs?.[name] ?? 0;
  const precisionOf = (name: string): number =>
    state.evaluation.members.find((member) => member.name === name)!.precision ?? 0;
  const [removed] = group.members
    .toReversed()
    .toSorted((a, b) => costOf(b) - costOf(a) || precisionOf(a) - precisionOf(b));
  const move: Move = { kind: 'remove', member: removed! };
  const result = resultOf(state, move);
  const message = `${namesOf(group.members)} are positive together on ${amount(group.together)} and apart on ${amount(group.apart)}, so their unique positives say nothing of either; one would do. Without "${removed!}": ${changeClause(state, result)}. The others must stay then.`;
  return advisedMove(state, { move, reason: 'near-duplicate', aim: 'cost', message, result });
}

function deadWeight(state: AdviceState, { name, judged }: MemberFigures): AdvisedMove {
  const move: Move = { kind: 'remove', member: name };
  const result = resultOf(state, move);
  const rate = unseenRate(state, name);
  const bound = rate === null ? '' : ` That bounds them, with 95 %, to ${percent(rate)} of the examples, not to none.`;
  const cost = state.options.costs?.[name];
  const saves = cost === undefined ? '' : ` It costs ${Number(cost.toPrecision(2))} ms per example.`;
  const message = `"${name}" has no unique positives among ${amount(judged)} judged examples: without it the suite decides the same here (recall ${share(result.suite.recall)}).${bound}${saves}`;
  return advisedMove(state, { move, reason: 'dead weight', aim: 'cost', message, result });
}

/** The upper bound, with 95 %, of a rate of which nothing was seen: 1 − .05^(1/n), about 3 ÷ n. `null` without examples. */
function unseenRate({ context }: AdviceState, name: string): number | null {
  const { table, all } = context.positives;
  const member = table.members.find((one) => one.name === name)!;
  const judged = difference(difference(all, member.abstained), member.failed);
  const size = independentSize(context, judged);
  return size === 0 ? null : 1 - 0.05 ** (1 / size);
}

/** How many independent examples a set is worth when all of it agrees. */
function independentSize({ positives, clusters }: AdviceState['context'], set: BitColumn): number {
  const { weights, examples } = positives.table;
  return effectiveSize(sizeOf(set, weights)) / designEffect(createBitColumn(examples), set, { weights, clusters });
}

function percent(rate: number): string {
  return `${(rate * 100).toPrecision(2)} %`;
}
