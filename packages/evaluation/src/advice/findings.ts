// Question: what does the blueprint's one number, unique precision, hide in this suite?
// Source: the blind spots of the blueprint; (c), candidates that pass apart and fail together, is the joint gate's.
import { amount } from '../gate/gate-reason.ts';
import type { AdviceState } from './advice-state.ts';
import { couldShow, dipsOf } from '../thresholds/tune-member.ts';
import type { Finding } from './advice.ts';
import type { LowBand } from './precision-moves.ts';
import { meritOf } from '../gate/gate-probabilities.ts';
import { namesOf, sharedFalsePositives } from './shared-false-positives.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { pointAt } from '../thresholds/sweep-point.ts';
import { share, trueOf } from './advised-move.ts';
import { shownScore } from '../thresholds/shown-score.ts';

/**
 * The blind spots (a), (b), (d), (e) and (f) that are found, in this order.
 *
 * @param bands - The low bands of the state.
 */
export function findings(state: AdviceState, bands: readonly LowBand[]): Finding[] {
  return [
    ...nearDuplicateFindings(state),
    ...sharedFinding(state),
    ...fewUniqueFindings(state),
    ...lowBandFindings(state, bands),
    ...(state.options.thresholds === 'frozen' ? [] : dipFindings(state)),
  ];
}

function nearDuplicateFindings(state: AdviceState): Finding[] {
  return nearDuplicates(state).map(({ members, together, apart }) => ({
    kind: 'near-duplicates',
    members,
    together,
    apart,
    message: `${namesOf(members)} are positive together on ${amount(together)} and apart on ${amount(apart)}: each hides the unique positives of the others, so that their unique figures say nothing.`,
  }));
}

/** Where no unique precision is below the suite's, or where most false positives are in nobody's unique set. */
function sharedFinding(state: AdviceState): Finding[] {
  const { suite, members } = state.evaluation;
  const { share: shared, sets } = sharedFalsePositives(state);
  if (shared === null) return [];
  const hasLower = members.some(
    ({ uniquePrecision }) => uniquePrecision !== null && uniquePrecision < suite.precision!,
  );
  if (hasLower && shared < 0.5) return [];
  const start = hasLower
    ? `${share(shared)} of the false positives are shared by two or more members, where no unique precision shows them`
    : `No member's unique precision is below the suite's ${share(suite.precision)}, so that no removal raises it; ${share(shared)} of the false positives are shared by two or more members`;
  const [largest] = sets;
  const end =
    shared >= 0.5 && largest !== undefined
      ? `, most by ${namesOf(largest.members)} (${amount(largest.falsePositives)}): their thresholds would have to rise together.`
      : ': the move is raising thresholds one by one.';
  return [{ kind: 'shared false positives', sets, shareOfFalsePositives: shared, message: start + end }];
}

/** Members with fewer labelled unique positives than could show the floor if all were true. */
function fewUniqueFindings({ evaluation, sweeps, options }: AdviceState): Finding[] {
  const rule = { floor: options.policy.uniquePrecisionFloor, confidence: options.policy.meritConfidence };
  const enough = fewestToShow(rule);
  return sweeps.flatMap((sweep, j): Finding[] => {
    const { name, uniquePositives, uniquePrecisionInterval: interval } = evaluation.members[j]!;
    if (uniquePositives === 0 || couldShow(sweep, sweep.current, rule)) return [];
    const labelled = sweep.sums.uniqueTrue[sweep.current]! + sweep.sums.uniqueFalse[sweep.current]!;
    const known =
      interval === null
        ? 'nothing is known of their precision'
        : `their precision lies in [${share(interval[0])}, ${share(interval[1])}]`;
    const message = `Unique positives of "${name}": ${amount(uniquePositives)}, of which ${amount(labelled)} have a label, and ${known}. Even if all were true, that would not show ${rule.floor} with ${rule.confidence}${enough === null ? '' : `; it takes ${enough} independent ones`}.`;
    return [{ kind: 'few unique positives', member: name, labelled, message }];
  });
}

/** How many independent true ones show the floor; `null` when no number below a million does. */
function fewestToShow({ floor, confidence }: { readonly floor: number; readonly confidence: number }): number | null {
  const isShown = (count: number): boolean =>
    meritOf({ truePositives: count, falsePositives: 0 }, floor)! >= confidence;
  let [below, enough] = [0, 1];
  while (!isShown(enough)) {
    if (enough > 1e6) return null;
    [below, enough] = [enough, enough * 2];
  }
  while (enough - below > 1) {
    const middle = (below + enough) >> 1;
    if (isShown(middle)) enough = middle;
    else below = middle;
  }
  return enough;
}

function lowBandFindings(state: AdviceState, bands: readonly LowBand[]): Finding[] {
  return bands.flatMap((band): Finding[] => {
    if (!band.isHidden) return [];
    const { member, from, to } = band.move;
    const { counts } = band.result.lost;
    const { uniquePrecision } = state.evaluation.members.find(({ name }) => name === member)!;
    return [
      {
        kind: 'low band',
        member,
        band: { from, to },
        ...counts,
        message: `The unique precision of "${member}" is ${share(uniquePrecision)} as a whole, but at scores from ${shownScore(from)} to ${shownScore(to)} only ${trueOf(counts)} are true: its average hides its margin.`,
      },
    ];
  });
}

function dipFindings({ sweeps, options }: AdviceState): Finding[] {
  const rule = { floor: options.policy.uniquePrecisionFloor, confidence: options.policy.meritConfidence };
  return sweeps.flatMap((sweep): Finding[] => {
    const dips = dipsOf(sweep, rule).map((step) => pointAt(sweep, step, rule.floor));
    const [first] = dips;
    if (first === undefined) return [];
    const member = sweep.member.name;
    const message = `The unique precision of "${member}" falls below ${rule.floor} at the threshold ${shownScore(first.threshold)} (${share(first.uniquePrecision)}) and keeps it again lower down: a threshold chosen for the best-looking point would pass over that.`;
    return [{ kind: 'threshold curve dips', member, dips, message }];
  });
}
