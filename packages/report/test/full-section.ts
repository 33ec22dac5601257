import { column } from '@clamor/contract';
import {
  type BaselineFigures,
  type ScoredTable,
  type SliceColumn,
  baselineFigures,
  columnsToTable,
  createRandom,
  evaluate,
  positiveSets,
  precisionAtRates,
  precisionRecallCurves,
  sliceReport,
  thresholdCurve,
} from '@clamor/evaluation';

import type { ReportSection } from '../src/index.ts';
import { ADVICE } from './results.ts';

const EXAMPLES = 1600;
const LANGUAGES = ['en', 'de', 'fr', 'pt', 'a language with a long name'] as const;
/** How well each member tells positives, and where its threshold is. */
const MEMBERS = [
  ['words', 3.2, 1.9],
  ['characters', 2.6, 2.1],
  ['urls', 2.2, 2.3],
  ['structure', 1.8, 2.6],
  ['headers', 1.4, 2.4],
  ['advance-fee', 1.2, 3.2],
  ['loans', 0.9, 3],
] as const;

/** Scores of seven members on 1,600 examples of which a third is positive, always the same. */
export function syntheticTable(): ScoredTable {
  const random = createRandom(20_261_125);
  const labels = Array.from({ length: EXAMPLES }, () => (random() < 1 / 3 ? 1 : 0));
  const members = MEMBERS.map(([name, shift, threshold]) => {
    const score = (label: number): number => label * shift * (0.4 + 1.2 * random()) + normal(random);
    return { name, column: column(labels, score), threshold };
  });
  return { labels, members };
}

/** Everything that a section can hold, as the evaluation gives it; advice is written by hand. */
export function fullSection(): ReportSection {
  const table = syntheticTable();
  const bits = columnsToTable(table);
  const evaluation = evaluate(bits, { gate: { lossBudget: 0.005, meritFloor: 0.9 } });
  return {
    split: 'valid',
    roles: ['explore'],
    dataset: 'made up',
    description: 'Scores drawn with a seed, for tests and pictures.',
    marks: ['threshold in sample'],
    notes: [],
    unreadable: 0,
    evaluation,
    baselines: [jointModel(table)],
    positiveSets: positiveSets(bits),
    notEstimable: [],
    curves: {
      precisionRecall: precisionRecallCurves(table, { points: 60 }),
      thresholds: table.members.map(({ name, threshold }) => ({
        curve: thresholdCurve(table, name, { points: 60, floor: 0.9 }),
        threshold,
      })),
    },
    slices: sliceReport(bits, [languages(table)]),
    advice: ADVICE,
    precisionAtRates: precisionAtRates(evaluation, 0.05),
  };
}

function jointModel({ labels, members }: ScoredTable): BaselineFigures {
  const sum = column(labels, (_, i) => members.reduce((all, member) => all + member.column.scores[i]!, 0));
  return baselineFigures({ name: 'joint model', labels, column: sum, threshold: 6 });
}

/** A column that has nothing to do with the scores. */
function languages({ labels }: ScoredTable): SliceColumn {
  return { name: 'language', values: labels.map((_, i) => LANGUAGES[Math.floor(i / 7) % LANGUAGES.length]!) };
}

/** Box and Muller's transform. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
