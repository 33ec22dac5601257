// Question: how much less do the mails of the spam suite's test split tell than their number says?
// Source: the split as it was opened for the release; clusters are its near-duplicates, threads and mails of one subject.
import { fileURLToPath } from 'node:url';

import {
  columnsToTable,
  evaluate,
  type Evaluation,
  type Interval,
  type Label,
  type MemberFigures,
} from '@clamor/evaluation';
import { loadSuite } from '@clamor/runtime';
import { evaluation as spam } from '@clamor/spam-evaluation';

import type { Simulation } from './simulation.ts';

const SPLIT = 'test';
const WORKSPACE = fileURLToPath(new URL('../../../', import.meta.url));

/** No simulation, but a measurement that stands beside them: the same figures with and without clusters. */
export const clustersOnSpam: Simulation = {
  name: 'clusters-on-spam',
  title: 'Near-copies in the spam test',
  async run() {
    const { examples, clusters, evaluateWith } = await measureSpam();
    return page({
      examples,
      clusters: new Set(clusters).size,
      without: evaluateWith(null),
      withClusters: evaluateWith(clusters),
    });
  },
};

interface MeasuredSpam {
  readonly examples: number;
  /** Shape [n]. */
  readonly clusters: readonly (string | null)[];
  readonly evaluateWith: (clusters: readonly (string | null)[] | null) => Evaluation;
}

/** Scores the split with the installed members. */
async function measureSpam(): Promise<MeasuredSpam> {
  const suite = await loadSuite({ suite: spam.suite, from: WORKSPACE });
  try {
    const labels: Label[] = [];
    const clusters: (string | null)[] = [];
    async function* inputs(): AsyncGenerator<{ key: string; input: unknown }> {
      for await (const { id, label, cluster, input } of spam.examples(SPLIT)) {
        labels.push(label);
        clusters.push(cluster ?? null);
        yield { key: id, input };
      }
    }
    const active = suite.members.filter(({ mode }) => mode === 'active');
    const scores = await suite.score(inputs(), { members: active.map(({ name }) => name) });
    const members = active.map(({ name, record }) => ({
      name,
      threshold: record?.threshold ?? 0,
      column: scores.columns.get(name)!,
    }));
    const table = columnsToTable({ labels, members });
    return {
      examples: labels.length,
      clusters,
      evaluateWith: (given) => evaluate(table, { clusters: given, required: suite.policy.required }),
    };
  } finally {
    await suite.close();
  }
}

interface SpamPage {
  readonly examples: number;
  readonly clusters: number;
  readonly without: Evaluation;
  readonly withClusters: Evaluation;
}

function page({ examples, clusters, without, withClusters }: SpamPage): string {
  const suiteRows = (['precision', 'recall', 'f1'] as const).map((figure) =>
    rowOf(
      `suite ${figure}`,
      without.suite[figure],
      without.suite[`${figure}Interval`],
      withClusters.suite[`${figure}Interval`],
    ),
  );
  const memberRows = (['precision', 'uniquePrecision'] as const).flatMap((figure) =>
    without.members.map((member, j) => memberRow(member, withClusters.members[j]!, figure)),
  );
  return `
The ${examples.toLocaleString('en')} mails of the split \`${SPLIT}\` are in ${clusters} clusters: near-duplicates, reply threads, mails of one subject. No cluster straddles training
and test, but within the test a campaign of copies is one observation, not many. 95 % intervals of the same figures, as if each mail
were independent and with \`evaluate(table, { clusters })\`:

| figure | value | each mail by itself | with clusters | width |
| --- | --- | --- | --- | --- |
${[...suiteRows, ...memberRows].join('\n')}

The width is that with clusters ÷ that without.
`;
}

function memberRow(member: MemberFigures, clustered: MemberFigures, figure: 'precision' | 'uniquePrecision'): string {
  const word = figure === 'precision' ? 'precision' : 'unique precision';
  return rowOf(`${member.name}: ${word}`, member[figure], member[`${figure}Interval`], clustered[`${figure}Interval`]);
}

function rowOf(name: string, value: number | null, without: Interval | null, withClusters: Interval | null): string {
  if (value === null || without === null || withClusters === null) return `| ${name} | none | | | |`;
  const width = (withClusters[1] - withClusters[0]) / (without[1] - without[0]);
  return `| ${name} | ${value.toFixed(3)} | ${shown(without)} | ${shown(withClusters)} | × ${width.toFixed(2)} |`;
}

function shown([lower, upper]: Interval): string {
  return `${lower.toFixed(3)} to ${upper.toFixed(3)}`;
}
