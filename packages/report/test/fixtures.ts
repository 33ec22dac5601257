import { readFileSync } from 'node:fs';

import { type BaselineFigures, type Evaluation, type PositiveSet, evaluate } from '@clamor/evaluation';

import type { ReportSection, SuiteReport } from '../src/index.ts';

interface VectorCase {
  readonly name: string;
  readonly labels: readonly (0 | 1 | null)[];
  readonly weights: readonly number[] | null;
  readonly judgements: readonly (readonly (0 | 1 | null | 'failed')[])[];
  readonly expected: Evaluation;
}

const VECTORS = new URL('../../evaluation/test/fixtures/vectors.json', import.meta.url);
const CASES = (JSON.parse(readFileSync(VECTORS, 'utf8')) as { cases: readonly VectorCase[] }).cases;

/** Names of the cases of an independent program; their figures are literal expected values. */
export const CASE_NAMES: readonly string[] = CASES.map((each) => each.name);

/** The figures of a case; `@clamor/evaluation` tests that they are those of the vectors. */
export function vectorEvaluation(name: string): Evaluation {
  const { labels, weights, judgements, expected } = vectorCase(name);
  const members = expected.members.map((member, column) => ({
    name: member.name,
    judgements: judgements.map((row) => row[column] ?? null),
  }));
  return evaluate({ labels, weights, members }, { gate: { lossBudget: 0.002, meritFloor: 0.9 } });
}

/** The sets of positive members of a case, counted here in the plainest way. */
export function vectorPositiveSets(name: string): PositiveSet[] {
  const { labels, weights, judgements, expected } = vectorCase(name);
  const sets = new Map<string, { -readonly [Key in keyof PositiveSet]: PositiveSet[Key] }>();
  judgements.forEach((row, index) => {
    const members = expected.members.filter((_, member) => row[member] === 1).map((member) => member.name);
    const key = members.join(' ');
    const empty = { members, count: 0, weight: 0, truePositives: 0, falsePositives: 0, unlabelled: 0 };
    const set = sets.get(key) ?? empty;
    const weight = weights?.[index] ?? 1;
    set.count += 1;
    set.weight += weight;
    if (labels[index] === 1) set.truePositives += weight;
    else if (labels[index] === 0) set.falsePositives += weight;
    else set.unlabelled += weight;
    sets.set(key, set);
  });
  return [...sets.values()].filter((set) => set.members.length > 0).toSorted((a, b) => b.count - a.count);
}

/** A baseline with figures written by hand: 31 of 33 positive labels found, 20 false positives. */
export const JOINT: BaselineFigures = {
  name: 'joint model',
  examples: 200,
  weight: 200,
  labelled: 200,
  positiveLabels: 33,
  judged: 200,
  failed: 0,
  coverage: 1,
  falseNegatives: 2,
  trueNegatives: 147,
  positives: 51,
  truePositives: 31,
  falsePositives: 20,
  precision: 31 / 51,
  recall: 31 / 33,
  f1: 62 / 84,
  precisionInterval: [0.4716, 0.7297],
  recallInterval: [0.8039, 0.9832],
};

/** A section over a case of the vectors. */
export function vectorSection(name: string, changes: Partial<ReportSection> = {}): ReportSection {
  return {
    split: 'test',
    roles: ['test'],
    dataset: 'spam@1',
    fit: 'release fit',
    marks: [],
    notes: [],
    unreadable: 0,
    evaluation: vectorEvaluation(name),
    baselines: name === 'typical' ? [JOINT] : [],
    positiveSets: vectorPositiveSets(name),
    ...changes,
  };
}

/** A report of one section over a case of the vectors. */
export function vectorReport(name: string, changes: Partial<ReportSection> = {}): SuiteReport {
  return {
    kind: 'suite',
    suite: 'spam',
    suiteVersion: '9f2c1e07',
    stateVersion: '41d8a0b3',
    packages: [
      { name: '@clamor/spam', version: '0.1.0', kind: 'suite', owner: 'mail-team', status: 'loaded' },
      { name: '@clamor/spam-words', version: '0.1.0', kind: 'classifier', owner: 'mail-team', status: 'loaded' },
      {
        name: '@clamor/spam-old',
        version: '0.0.9',
        kind: 'classifier',
        owner: 'archive',
        status: 'excluded',
        reason: 'excluded by name',
      },
    ],
    sections: [vectorSection(name, changes)],
  };
}

function vectorCase(name: string): VectorCase {
  const found = CASES.find((each) => each.name === name);
  if (found === undefined) throw new Error(`The vectors have no case "${name}".`);
  return found;
}
