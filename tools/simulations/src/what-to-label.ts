// Question: are the figures that a label plan leads to right, and how much narrower are their intervals than those of
// labels drawn at random?
// Source: the comparison is ours; the plan is that of Bethel, Survey Methodology 15 (1989), 47–57.
import {
  columnsToTable,
  createRandom,
  evaluate,
  type Evaluation,
  type Interval,
  type Label,
  labelledSample,
  labelPlan,
  type Random,
  type ScoredTable,
  stratifiedFigures,
} from '@clamor/evaluation';

import type { Simulation, SimulationOptions } from './simulation.ts';
import { drawSpamStream } from './spam-stream.ts';

const RUNS = 4000;
const EXAMPLES = 6000;
const BUDGET = 400;
/** What the figures of the stream are taken from. */
const STREAM_EXAMPLES = 1_000_000;

/** How labels are drawn and what is made of them. */
const WAYS = ['plan', 'planWeights', 'random', 'halves'] as const;
type Way = (typeof WAYS)[number];

/** One figure, estimated in one way, in one run. */
interface Estimate {
  readonly value: number | null;
  readonly interval: Interval | null;
}

/** What came of one figure in one way. */
export interface WayTally {
  /** Runs in which the figure was defined. */
  readonly runs: number;
  /** Mean error against the same examples with all their labels. */
  readonly bias: number;
  /** Standard deviation of the error. */
  readonly standardError: number;
  readonly rootMeanSquare: number;
  readonly meanWidth: number;
  /** Share of the intervals that hold the figure of the stream. */
  readonly coverage: number;
}

/** One figure of the suite. */
export interface FigureTally {
  readonly name: string;
  /** In the stream. */
  readonly truth: number;
  readonly ways: Readonly<Record<Way, WayTally>>;
  /** Share of the plan's intervals about these examples that hold the figure of these examples. */
  readonly coverageOfExamples: number;
}

/** Streams in which positive labels are rare, labelled by plan, at random, and half among the positives. */
export const whatToLabel: Simulation = {
  name: 'what-to-label',
  title: 'What to label next',
  run(options) {
    const random = createRandom(options.seed);
    const stream = truthsOf(evaluate(columnsToTable(drawSpamStream(STREAM_EXAMPLES * options.scale, random))));
    return page([
      { known: 0, tallies: simulatePlans({ ...options, known: 0 }, stream, random) },
      { known: 200, tallies: simulatePlans({ ...options, known: 200 }, stream, random) },
    ]);
  },
};

/** What is simulated besides the usual options. */
export interface PlanSimulationOptions extends SimulationOptions {
  /** Labels drawn at random before. */
  readonly known: number;
}

/** Every figure in every way. */
export function simulatePlans(
  { scale, known, onProgress }: PlanSimulationOptions,
  stream: ReadonlyMap<string, number | null>,
  random: Random,
): FigureTally[] {
  const runs = Math.ceil(RUNS * scale);
  const tallies = new Map([...stream.keys()].map((name) => [name, createTally()]));
  for (let run = 1; run <= runs; run++) {
    onProgress?.(run, runs);
    const truth = drawSpamStream(EXAMPLES, random);
    const before = drawSome(EXAMPLES, known, random);
    const ways = estimateInEveryWay(truth, before, { seed: run, random });
    const own = truthsOf(evaluate(columnsToTable(truth)));
    for (const [name, tally] of tallies) {
      for (const way of [...WAYS, 'examples'] as const) {
        const estimate = ways[way].get(name)!;
        const target = own.get(name)!;
        if (estimate.value === null || estimate.interval === null || target === null) continue;
        tally[way].errors.push(estimate.value - target);
        tally[way].widths.push(estimate.interval[1] - estimate.interval[0]);
        tally[way].hits.push(holds(estimate.interval, way === 'examples' ? target : stream.get(name)!) ? 1 : 0);
      }
    }
  }
  return [...tallies].map(([name, tally]) => ({
    name,
    truth: stream.get(name)!,
    ways: Object.fromEntries(WAYS.map((way) => [way, wayTally(tally[way])])) as Record<Way, WayTally>,
    coverageOfExamples: mean(tally.examples.hits),
  }));
}

/** Name of a figure → its value. */
export function truthsOf({ suite, members }: Evaluation): Map<string, number | null> {
  return new Map([...figuresOf({ suite, members })].map(([name, { value }]) => [name, value]));
}

function estimateInEveryWay(
  truth: ScoredTable,
  before: readonly number[],
  { seed, random }: { readonly seed: number; readonly random: Random },
): Record<Way | 'examples', Map<string, Estimate>> {
  const known = withLabels(truth, before);
  const open = truth.labels.flatMap((_, i) => (known.labels[i] === null ? [i] : []));
  const plan = labelPlan({ table: known, budget: BUDGET, seed });
  const planned = withLabels(truth, [...before, ...plan.chosen.map(({ example }) => example)]);
  const atRandom = withLabels(truth, [...before, ...pick(open, BUDGET, random)]);
  return {
    plan: byName(stratifiedFigures(planned, plan)),
    examples: byName(stratifiedFigures(planned, plan, { population: 'examples' })),
    planWeights: figuresOf(evaluate(columnsToTable(labelledSample(planned, plan)))),
    random: figuresOf(evaluate(columnsToTable(atRandom))),
    halves: figuresOf(evaluate(columnsToTable(labelHalves(truth, before, random)))),
  };
}

/** What a team does without a plan: half of the labels among the positives, half among the rest. */
function labelHalves(truth: ScoredTable, before: readonly number[], random: Random): ScoredTable {
  const known = new Set(before);
  const isPositive = (i: number): boolean =>
    truth.members.some(({ column, threshold }) => column.scores[i]! >= Math.fround(threshold));
  const open = truth.labels.flatMap((_, i) => (known.has(i) ? [] : [i]));
  const weights = truth.labels.map(() => 1);
  const chosen = [open.filter(isPositive), open.filter((i) => !isPositive(i))].flatMap((part) => {
    const picked = pick(part, Math.min(part.length, BUDGET / 2), random);
    for (const i of picked) weights[i] = part.length / picked.length;
    return picked;
  });
  return { ...withLabels(truth, [...before, ...chosen]), weights };
}

function withLabels(truth: ScoredTable, examples: readonly number[]): ScoredTable {
  const labels: Label[] = truth.labels.map(() => null);
  for (const i of examples) labels[i] = truth.labels[i]!;
  return { ...truth, labels };
}

function figuresOf({ suite, members }: Pick<Evaluation, 'suite' | 'members'>): Map<string, Estimate> {
  return new Map([
    ...members.map((member): [string, Estimate] => [
      `unique precision of ${member.name}`,
      { value: member.uniquePrecision, interval: member.uniquePrecisionInterval },
    ]),
    ['precision of the suite', { value: suite.precision, interval: suite.precisionInterval }],
    ['recall of the suite', { value: suite.recall, interval: suite.recallInterval }],
  ]);
}

function byName(figures: ReturnType<typeof stratifiedFigures>): Map<string, Estimate> {
  return new Map(
    figures.map(({ kind, member, value, interval }) => [
      kind === 'uniquePrecision'
        ? `unique precision of ${member}`
        : `${kind === 'suitePrecision' ? 'precision' : 'recall'} of the suite`,
      { value, interval },
    ]),
  );
}

interface RunningTally {
  readonly errors: number[];
  readonly widths: number[];
  readonly hits: number[];
}

function createTally(): Record<Way | 'examples', RunningTally> {
  return {
    plan: createRunningTally(),
    planWeights: createRunningTally(),
    random: createRunningTally(),
    halves: createRunningTally(),
    examples: createRunningTally(),
  };
}

function createRunningTally(): RunningTally {
  return { errors: [], widths: [], hits: [] };
}

function wayTally({ errors, widths, hits }: RunningTally): WayTally {
  const bias = mean(errors);
  const meanSquare = mean(errors.map((error) => error * error));
  return {
    runs: errors.length,
    bias,
    standardError: Math.sqrt(meanSquare - bias * bias),
    rootMeanSquare: Math.sqrt(meanSquare),
    meanWidth: mean(widths),
    coverage: mean(hits),
  };
}

function drawSome(n: number, count: number, random: Random): number[] {
  return pick(
    Array.from({ length: n }, (_, i) => i),
    count,
    random,
  );
}

function pick(examples: readonly number[], count: number, random: Random): number[] {
  const pool = [...examples];
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (pool.length - i));
    [pool[i], pool[j]] = [pool[j]!, pool[i]!];
  }
  return pool.slice(0, count);
}

function holds([lower, upper]: Interval, value: number): boolean {
  return lower <= value && value <= upper;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

interface Scenario {
  readonly known: number;
  readonly tallies: readonly FigureTally[];
}

function page(scenarios: readonly Scenario[]): string {
  return `
A stream in which 4 % of the labels are 1, seven members, ${EXAMPLES.toLocaleString('en')} examples, ${BUDGET} labels to be had. Three ways to spend them:

- **plan**: \`labelPlan\`, then \`stratifiedFigures\` ("weights": \`evaluate\` of \`labelledSample\` instead);
- **random**: any examples, then \`evaluate\`;
- **halves**: what many teams do, half of the labels among the suite's positives and half among the rest, each weighted by what
  it stands for, then \`evaluate\`.

${scenarios[0]!.tallies[0]!.ways.plan.runs.toLocaleString('en')} streams each. Errors are against the same examples with all their labels. Intervals are 95 %, about the source of the
examples; "of these examples" are those about exactly these.
${scenarios.map(scenarioText).join('')}
## What follows

${scenarios.map(conclusion).join('\n')}
- A mean of ${scenarios[0]!.tallies[0]!.ways.plan.runs.toLocaleString('en')} errors has a standard error of its own, ${(1 / Math.sqrt(scenarios[0]!.tallies[0]!.ways.plan.runs)).toFixed(3)} in these units; more where few runs have any error, as when
  a unique set is nearly always labelled as a whole. Precisions are without bias by construction.
- Labels at random hardly ever meet a unique positive, so that unique precisions stay undefined or nearly so.
- Against the halves the plan wins on recall, where it looks near the thresholds; the halves' interval of recall is narrower
  and wrong. Whoever needs the suite's precision more than its recall says so: \`importance: { suiteRecall: 0 }\`.
- Kish's effective size knows nothing of strata. Intervals from the weights are too wide for the suite's precision and too
  narrow for recall: use \`stratifiedFigures\` for the figures that it gives.
`;
}

function scenarioText({ known, tallies }: Scenario): string {
  const rows = tallies.map(({ name, truth, ways: { plan }, coverageOfExamples }) => [
    name,
    truth.toFixed(3),
    relativeBias(plan)?.toFixed(3) ?? 'no error',
    plan.rootMeanSquare.toFixed(3),
    plan.meanWidth.toFixed(3),
    percent(plan.coverage),
    percent(coverageOfExamples),
  ]);
  const factors = tallies.map(({ name, ways: { plan, planWeights, random, halves } }) => [
    name,
    percent(1 - random.runs / plan.runs),
    factor(random.rootMeanSquare, plan.rootMeanSquare),
    (random.meanWidth / plan.meanWidth).toFixed(2),
    percent(random.coverage),
    factor(halves.rootMeanSquare, plan.rootMeanSquare),
    (halves.meanWidth / plan.meanWidth).toFixed(2),
    percent(halves.coverage),
    (planWeights.meanWidth / plan.meanWidth).toFixed(2),
    percent(planWeights.coverage),
  ]);
  return `
## ${known === 0 ? 'No label before' : `${known} labels before, drawn at random`}

The plan: is it right?

| figure | in the stream | bias ÷ standard error | root mean square error | mean width | coverage | of these examples |
| :- | -: | -: | -: | -: | -: | -: |
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}

The others, as multiples of the plan's error and width: above 1 the plan is better.

| figure | random: undefined | error | width | coverage | halves: error | width | coverage | weights: width | coverage |
| :- | -: | -: | -: | -: | -: | -: | -: | -: | -: |
${factors.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}

function conclusion({ known, tallies }: Scenario): string {
  const bias = Math.max(...tallies.map(({ ways: { plan } }) => Math.abs(relativeBias(plan) ?? 0)));
  const factors = tallies.map(({ ways: { plan, random } }) => random.meanWidth / plan.meanWidth);
  const lost = tallies.filter(({ ways: { plan, halves } }) => halves.meanWidth < plan.meanWidth * 0.99);
  const wide = lost.filter(({ ways: { halves } }) => halves.coverage >= 0.93).map(({ name }) => name);
  const wrong = lost.filter(({ ways: { halves } }) => halves.coverage < 0.93);
  return `- With ${known} labels before: the largest bias is ${bias.toFixed(3)} of a standard error; intervals are ${Math.min(...factors).toFixed(2)} to ${Math.max(...factors).toFixed(2)} times
  narrower than at random. The halves are narrower for ${wide.length === 0 ? 'no figure' : wide.join(', ')}${wrong.length === 0 ? '.' : `; and, but wrong, for ${wrong.map(({ name, ways: { halves } }) => `${name} (coverage ${percent(halves.coverage)})`).join(', ')}.`}`;
}

/** Bias ÷ standard error; `null` where all that the figure rests on was labelled in every run. */
export function relativeBias({ bias, standardError, rootMeanSquare }: WayTally): number | null {
  return rootMeanSquare === 0 ? null : bias / standardError;
}

function factor(other: number, plan: number): string {
  return plan === 0 ? '–' : (other / plan).toFixed(2);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
