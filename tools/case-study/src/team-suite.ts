// Question: what becomes of six members that are built two at a time, each against main as it is when the work begins?
import { gate, gateJointly, type GateOutcome, type JointOutcome } from '@clamor/evaluation';

import { baseName, runName, subsetOf } from './fit-sets.ts';
import { GENERAL } from './plan.ts';
import { growFrom, join, positivesOf, type System, unionOf } from './systems.ts';
import {
  changedVerdicts,
  choosingRows,
  clustersOf,
  type Delivery,
  evidenceRows,
  isMergedBy,
  type Merge,
  tableOf,
  type TeamContext,
  teamFigures,
  type TeamFigures,
  type TeamRun,
} from './team.ts';

interface Member {
  readonly name: string;
  readonly scores: Float32Array;
  readonly threshold: number;
}

interface Main {
  members: Member[];
  kinds: string[];
  lossLeft: number;
  merges: Merge[];
}

/**
 * Works through one order with members that join.
 *
 * Both engineers of a round choose their threshold beside the main they began with. The joint gate then says who can be
 * merged, and in which order; whoever is left is gated beside main as it is by then. A member that fails there and was built
 * before main changed chooses its threshold again, once, and is gated again: nothing is fitted for that.
 */
export function runSuiteTeam(context: TeamContext): TeamRun {
  const main = firstMain(context);
  const deliveries: Delivery[] = [];
  const rounds: TeamFigures[] = [teamFigures(context.mails, positiveOf(main).positive, 0)];
  let conflicts = 0;
  let alliances = 0;
  for (let first = 0; first < context.kinds.length; first += 2) {
    const pair = context.kinds.slice(first, first + 2);
    const round = { context, main, brought: context.kinds.slice(0, first + 2) };
    const built = pair.map((kind) => build(round, kind));
    const outcome = gateBoth(round, built);
    conflicts += outcome.conflicts.length;
    alliances += outcome.alliances.length;
    const begun = main.kinds.length;
    const ordered = outcome.order.flatMap(({ members }) => members);
    for (const step of outcome.order) {
      for (const name of step.members) deliveries.push(merge(round, built[pair.indexOf(name)]!, 'pass', false));
      main.lossLeft = step.outcome.loss.leftAfter ?? main.lossLeft;
    }
    for (const kind of pair.filter((name) => !ordered.includes(name))) {
      deliveries.push(settle(round, built[pair.indexOf(kind)]!, main.kinds.length > begun));
    }
    rounds.push(teamFigures(context.mails, positiveOf(main).positive, first + 2));
  }
  const { order, accepting } = context;
  // One fit each: who chooses a threshold again fits nothing.
  const fits = context.kinds.length;
  return { order, way: 'suite', accepting, deliveries, merges: main.merges, fits, conflicts, alliances, rounds };
}

/** The joint gate of both members of a round. */
function gateBoth({ context, main, brought }: Round, built: readonly Member[]): JointOutcome {
  const members = [...main.members, ...built];
  const judged = members.map(({ name, threshold }) => `${name} ${threshold}`);
  const key = [context.assignment, subsetOf(brought), main.lossLeft, ...judged].join();
  const known = context.jointGates.get(key);
  if (known !== undefined) return known;
  const rows = evidenceRows(context, brought);
  const outcome = gateJointly(tableOf(rows, members), {
    candidates: built.map(({ name }) => name),
    rules: { ...context.gateRules, lossBudget: main.lossLeft },
    clusters: clustersOf(context, rows),
  });
  context.jointGates.set(key, outcome);
  return outcome;
}

interface Round {
  readonly context: TeamContext;
  readonly main: Main;
  /** Kinds of this round and of those before. */
  readonly brought: readonly string[];
}

function firstMain(context: TeamContext): Main {
  const set = context.columns('team-base');
  const members = GENERAL.map((name) => ({ name, scores: set.get(baseName(name, context.assignment))! }));
  const { thresholds } = growFrom(members, choosingRows(context, []), context.rules);
  return {
    members: members.map((member, j) => ({ ...member, threshold: thresholds[j]! })),
    kinds: [],
    lossLeft: context.gateRules.lossBudget,
    merges: [],
  };
}

/** A member with its threshold beside main as it is now. A specialist learns from ham and its own kind: main plays no part. */
function build({ context, main }: Round, kind: string): Member {
  const scores = context.columns(`new-${kind}`).get(runName('all', context.assignment))!;
  const { step } = join(positiveOf(main), scores, choosingRows(context, [...main.kinds, kind]), context.rules);
  return { name: kind, scores, threshold: step.threshold };
}

/** Gated beside main as it is by now; built again once when main has changed since and it fails. */
function settle(round: Round, member: Member, isStale: boolean): Delivery {
  const outcome = gateNow(round, member);
  if (isMergedBy(outcome.decision, round.context.accepting)) return accept(round, member, outcome, false);
  if (!isStale || outcome.decision !== 'fail') return rejected(member, outcome, false);
  const again = build(round, member.name);
  const second = gateNow(round, again);
  return isMergedBy(second.decision, round.context.accepting)
    ? accept(round, again, second, true)
    : rejected(again, second, true);
}

function gateNow({ context, main, brought }: Round, member: Member): GateOutcome {
  const rows = evidenceRows(context, brought);
  return gate(tableOf(rows, [...main.members, member]), {
    candidate: member.name,
    rules: { ...context.gateRules, lossBudget: main.lossLeft },
    clusters: clustersOf(context, rows),
  });
}

function accept(round: Round, member: Member, { decision, loss }: GateOutcome, isRedone: boolean): Delivery {
  const delivery = merge(round, member, decision, isRedone);
  round.main.lossLeft = loss.leftAfter ?? round.main.lossLeft;
  return delivery;
}

function merge({ context, main }: Round, member: Member, decision: Delivery['decision'], isRedone: boolean): Delivery {
  const before = positiveOf(main).positive;
  main.members.push(member);
  main.kinds.push(member.name);
  const kinds = [member.name];
  main.merges.push({
    kinds,
    changed: changedVerdicts(context.mails, { before, after: positiveOf(main).positive, kinds }),
  });
  return { kind: member.name, isMerged: true, decision, isRedone };
}

function rejected({ name }: Member, { decision }: GateOutcome, isRedone: boolean): Delivery {
  return { kind: name, isMerged: false, decision, isRedone };
}

function positiveOf({ members }: Main): System {
  return { positive: unionOf(members.map(({ scores, threshold }) => positivesOf(scores, threshold))) };
}
