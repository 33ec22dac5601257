// Question: what becomes of six retrainings of one model, two at a time, each begun on main as it is then?
import { type ChangeOutcome, gateChange } from '@clamor/evaluation';

import { subsetOf } from './fit-sets.ts';
import { alone } from './systems.ts';
import {
  changedVerdicts,
  choosingRows,
  clustersOf,
  type Delivery,
  evidenceRows,
  isMergedBy,
  type JointModel,
  type Merge,
  tableOf,
  type TeamContext,
  teamFigures,
  type TeamFigures,
  type TeamRun,
  type Way,
} from './team.ts';

/** Of the Dirichlet in the comparison of a changed model; the probabilities are right to .007 (one standard error). */
const DRAWS = 5000;

/**
 * Works through one order with one model. Who finishes first in a round is compared with main by what is kept, gained and
 * lost. If that is merged, the second model knows nothing of it: it is fitted again on everything and compared again.
 */
export function runJointTeam(context: TeamContext): TeamRun {
  return runRounds(context, 'joint', (state, pair) => {
    const begun = state.main;
    for (const kind of pair) {
      const isRedone = state.main !== begun;
      state.fits += isRedone ? 2 : 1;
      const { decision, isMerged } = propose(context, state, [kind]);
      state.deliveries.push({ kind, isMerged, decision, isRedone });
    }
  });
}

/** Works through one order with one model that is fitted once a round, on what both engineers bring. */
export function runPooledTeam(context: TeamContext): TeamRun {
  return runRounds(context, 'joint, pooled', (state, pair) => {
    state.fits++;
    const { decision, isMerged } = propose(context, state, pair);
    for (const kind of pair) state.deliveries.push({ kind, isMerged, decision, isRedone: false });
  });
}

interface State {
  main: JointModel;
  lossLeft: number;
  fits: number;
  brought: readonly string[];
  deliveries: Delivery[];
  merges: Merge[];
}

function runRounds(context: TeamContext, way: Way, work: (state: State, pair: readonly string[]) => void): TeamRun {
  const { mails, kinds, order, accepting } = context;
  const state: State = {
    main: fitted(context, []),
    lossLeft: context.gateRules.lossBudget,
    fits: 0,
    brought: [],
    deliveries: [],
    merges: [],
  };
  const rounds: TeamFigures[] = [teamFigures(mails, state.main.positive, 0)];
  for (let first = 0; first < kinds.length; first += 2) {
    state.brought = kinds.slice(0, first + 2);
    work(state, kinds.slice(first, first + 2));
    rounds.push(teamFigures(mails, state.main.positive, first + 2));
  }
  const { deliveries, merges, fits } = state;
  return { order, way, accepting, deliveries, merges, fits, conflicts: 0, alliances: 0, rounds };
}

/** A model fitted on main's mails and these, compared with main, and merged when the comparison allows it. */
function propose(
  context: TeamContext,
  state: State,
  kinds: readonly string[],
): Pick<Delivery, 'decision' | 'isMerged'> {
  const candidate = fitted(context, [...state.main.kinds, ...kinds]);
  const { decision, loss } = compare(context, state, candidate);
  const isMerged = isMergedBy(decision, context.accepting);
  if (!isMerged) return { decision, isMerged };
  const before = state.main.positive;
  state.merges.push({ kinds, changed: changedVerdicts(context.mails, { before, after: candidate.positive, kinds }) });
  state.main = candidate;
  state.lossLeft = loss.leftAfter ?? state.lossLeft;
  return { decision, isMerged };
}

function fitted(context: TeamContext, kinds: readonly string[]): JointModel {
  const subset = String(subsetOf(kinds));
  const key = `${context.assignment}/${subset}`;
  const scores = context.columns(`team-joint-${context.assignment}`).get(subset)!;
  const model = context.models.get(key) ?? {
    kinds,
    scores,
    ...alone(scores, choosingRows(context, kinds), context.rules),
  };
  context.models.set(key, model);
  return model;
}

function compare(context: TeamContext, { main, lossLeft, brought }: State, candidate: JointModel): ChangeOutcome {
  const key = [context.assignment, subsetOf(main.kinds), subsetOf(candidate.kinds), subsetOf(brought), lossLeft].join();
  const known = context.comparisons.get(key);
  if (known !== undefined) return known;
  const rows = evidenceRows(context, brought);
  const tableWith = ({ scores, threshold }: JointModel) => tableOf(rows, [{ name: 'joint', scores, threshold }]);
  const outcome = gateChange({
    before: tableWith(main),
    after: tableWith(candidate),
    candidate: 'joint',
    rules: { ...context.gateRules, lossBudget: lossLeft },
    clusters: clustersOf(context, rows),
    draws: DRAWS,
  });
  context.comparisons.set(key, outcome);
  return outcome;
}
