// Question: what does the gate say of candidates whose truth is at, above and below its boundaries?
// Source: splits drawn from a known truth, independent or in near-copies, the latter with and without the design effect.
import {
  createRandom,
  designEffect,
  type GateDecision,
  type GateEvidence,
  type GateRules,
  type PositiveCounts,
  type Random,
} from '@clamor/evaluation';

import { createAskedGate, RULES } from './asked-gate.ts';
import { drawPositives, type DrawnPositives, type DrawnSet } from './clustered-positives.ts';
import type { Simulation, SimulationOptions } from './simulation.ts';

const RUNS = 400;

/** A boundary of the gate, and the truths around it. */
export interface Boundary {
  readonly rules: GateRules;
  readonly precisionWithout: number;
  readonly uniqueShare: number;
  /** Below, at and above the boundary. */
  readonly uniquePrecisions: readonly number[];
  /** Expected unique positives. */
  readonly sizes: readonly number[];
}

/** Merit: the candidate is small enough to do no harm, so that u against the floor of .9 decides. */
export const FLOOR: Boundary = {
  rules: RULES,
  precisionWithout: 0.985,
  uniqueShare: 0.02,
  uniquePrecisions: [0.8, 0.9, 0.97],
  sizes: [10, 20, 40, 80],
};

/** Harm: the floor is far below, so that u against o − δ ÷ λ = .935 decides. */
export const BUDGET: Boundary = {
  rules: { ...RULES, meritFloor: 0.7 },
  precisionWithout: 0.985,
  uniqueShare: 0.1,
  uniquePrecisions: [0.87, 0.935, 0.985],
  sizes: [20, 40, 80, 160],
};

/** How the examples of a split depend on each other, and whether the gate knows. */
export const MODES = ['independent', 'near-copies, not told', 'near-copies, design effect'] as const;

/** What the gate said of one truth. */
export interface GateErrors {
  readonly mode: (typeof MODES)[number];
  readonly uniquePrecision: number;
  readonly size: number;
  readonly runs: number;
  readonly shares: Readonly<Record<GateDecision, number>>;
}

/** Shares of the outcomes around both boundaries. */
export const gateErrors: Simulation = {
  name: 'gate-errors',
  title: 'What the gate says of a known truth',
  run(options) {
    const random = createRandom(options.seed);
    const { onProgress } = options;
    const progress = (from: number): SimulationOptions => ({
      ...options,
      onProgress: (done, cells) => onProgress?.(from + done, 2 * cells),
    });
    return page(simulateBoundary(FLOOR, progress(0), random), simulateBoundary(BUDGET, progress(CELLS), random));
  },
};

const CELLS = 36;

/** Every truth, size and mode around one boundary. */
export function simulateBoundary(
  boundary: Boundary,
  { scale, onProgress }: SimulationOptions,
  random: Random,
): GateErrors[] {
  const gate = createAskedGate(boundary.rules);
  const runs = Math.ceil(RUNS * scale);
  const cells = MODES.flatMap((mode) =>
    boundary.uniquePrecisions.flatMap((uniquePrecision) =>
      boundary.sizes.map((size) => ({ mode, uniquePrecision, size })),
    ),
  );
  return cells.map((cell, done) => {
    onProgress?.(done, cells.length);
    const count: Record<GateDecision, number> = { pass: 0, fail: 0, inconclusive: 0, 'no effect': 0 };
    for (let run = 0; run < runs; run++) {
      const drawn = drawPositives(
        {
          uniquePrecision: cell.uniquePrecision,
          precisionWithout: boundary.precisionWithout,
          uniqueShare: boundary.uniqueShare,
          positives: Math.round(cell.size / boundary.uniqueShare),
          isClustered: cell.mode !== 'independent',
        },
        random,
      );
      count[gate(cell.mode === 'near-copies, design effect' ? effectiveEvidence(drawn) : evidence(drawn))] += 1;
    }
    const shares = Object.fromEntries(Object.entries(count).map(([decision, of]) => [decision, of / runs]));
    return { ...cell, runs, shares: shares as Record<GateDecision, number> };
  });
}

function evidence({ unique, others }: DrawnPositives): GateEvidence {
  return { unique: divided(unique, 1), others: divided(others, 1) };
}

/** Counts divided by the design effect of each share, as `gate` does it. */
export function effectiveEvidence({ unique, others, clusters }: DrawnPositives): GateEvidence {
  const sample = { weights: null, clusters };
  const share = designEffect(either(unique), either(others), sample);
  return {
    unique: divided(unique, designEffect(unique.true, unique.false, sample)),
    others: divided(others, designEffect(others.true, others.false, sample)),
    share: { unique: total(unique) / share, others: total(others) / share },
  };
}

function divided({ truePositives, falsePositives }: DrawnSet, effect: number): PositiveCounts {
  return { truePositives: truePositives / effect, falsePositives: falsePositives / effect };
}

function either(set: DrawnSet): Uint32Array<ArrayBuffer> {
  return set.true.map((word, w) => word | set.false[w]!);
}

function total({ truePositives, falsePositives }: DrawnSet): number {
  return truePositives + falsePositives;
}

function page(floor: readonly GateErrors[], budget: readonly GateErrors[]): string {
  return `
Splits are drawn from a known truth and gated: ${RUNS} for each row (standard error at most .025). Below and above a boundary one of
pass and fail is an error; at the boundary neither is right, and 1 − confidence is what each is asked to stay at. Where there
are near-copies, seven in ten clusters are one example and three in ten are 2 to 15 copies that share label and member, which
is a design effect of E(m²) ÷ E(m) = 8.4; the gate is asked once as if it did not know and once with its clusters.

## The floor: δ = ${RULES.lossBudget}, floor ${FLOOR.rules.meritFloor}, λ = ${FLOOR.uniqueShare}, o = ${FLOOR.precisionWithout}

Harm is not in question, and merit asks u against ${FLOOR.rules.meritFloor} with c₂ = ${RULES.meritConfidence}: at the boundary .2 pass and .2 fail are asked.

${table(floor)}

## The loss budget: δ = ${RULES.lossBudget}, floor ${BUDGET.rules.meritFloor}, λ = ${BUDGET.uniqueShare}, o = ${BUDGET.precisionWithout}

Merit is not in question, and harm asks u against o − δ ÷ λ = .935 with c = ${RULES.harmConfidence}: at the boundary .1 pass and .1 fail are asked.

${table(budget)}

## What follows

- **Independent examples.** At the boundary the gate passes ${range(floor, FLOOR, 'independent', 'pass')} where .2 is asked, ${range(budget, BUDGET, 'independent', 'pass')} where .1 is; it fails
  ${range(floor, FLOOR, 'independent', 'fail')} and ${range(budget, BUDGET, 'independent', 'fail')}. The probabilities are calibrated, and what is clearly below seldom passes.
- **Few unique positives are inconclusive, and that is an answer.** A gate that had to choose would be wrong that often.
- **Near-copies that the gate is not told of** let ${range(floor, FLOOR, 'near-copies, not told', 'pass')} pass at the floor and ${range(budget, BUDGET, 'near-copies, not told', 'pass')} at the budget: a mail that was sent
  fifteen times is counted as fifteen. More of them do not help.
- **The design effect** brings that to ${range(floor, FLOOR, 'near-copies, design effect', 'pass')} and ${range(budget, BUDGET, 'near-copies, design effect', 'pass')}. The price is power: with an eighth of the
  independent examples, an eighth is known. With few clusters it errs on the side of saying nothing.
`;
}

/** The lowest and the highest share of a decision at the boundary, over the sizes. */
function range(
  rows: readonly GateErrors[],
  { uniquePrecisions }: Boundary,
  mode: GateErrors['mode'],
  decision: GateDecision,
): string {
  const shares = rows
    .filter((row) => row.mode === mode && row.uniquePrecision === uniquePrecisions[1])
    .map((row) => row.shares[decision]);
  return `${Math.min(...shares).toFixed(2)}–${Math.max(...shares).toFixed(2)}`;
}

function table(rows: readonly GateErrors[]): string {
  return [
    '| examples | true u | unique positives | pass | fail | inconclusive | no effect |',
    '| -------- | -----: | ---------------: | ---: | ---: | -----------: | --------: |',
    ...rows.map(
      ({ mode, uniquePrecision, size, shares }) =>
        `| ${mode} | ${uniquePrecision} | ${size} | ${[shares.pass, shares.fail, shares.inconclusive, shares['no effect']].map((share) => share.toFixed(2)).join(' | ')} |`,
    ),
  ].join('\n');
}
