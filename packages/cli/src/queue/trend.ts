// Question: what has become of the suite's figures, one opened suite version after another?
// Source: the log of evidence; intervals are Wilson's (wilsonInterval), as in every report.
import { wilsonInterval } from '@clamor/evaluation';
import type { FigureTrend, TrendPoint } from '@clamor/report';
import { type EvidenceQuery, openingsOf } from '@clamor/store';

import { isIn, isJudging } from './branch-members.ts';
import type { Commit } from './git-log.ts';
import type { EvidenceFiles } from './gate-looks.ts';

/** What {@link figureTrends} takes besides the queries. */
export interface FigureTrendsOptions {
  /** Commits of the base with their files, oldest first. */
  readonly line: readonly Commit[];
  /** Members of the base; short name and folder. */
  readonly members: readonly { readonly member: string; readonly folder: string }[];
}

/** The openings of every split and dataset, each against the one before it. */
export function figureTrends(queries: EvidenceFiles['queries'], options: FigureTrendsOptions): FigureTrend[] {
  const openings = queries.filter(({ kind }) => kind === 'opening');
  const places = new Map(openings.map(({ dataset, split }) => [`${split}\0${dataset}`, { dataset, split }]));
  const loggedAt = new Map<EvidenceQuery, number>(
    openings.map((query) => [
      query,
      options.line.findIndex(({ changes }) =>
        changes.some(({ path, status }) => path === query.path && status === 'added'),
      ),
    ]),
  );
  return [...places.values()]
    .toSorted((a, b) => (`${a.dataset} ${a.split}` < `${b.dataset} ${b.split}` ? -1 : 1))
    .map((place) => {
      const own = openingsOf(openings, place);
      return {
        ...place,
        openings: own.map((opening, i) =>
          trendPoint(opening, {
            before: own[i - 1] ?? null,
            changes: i === 0 ? null : changesBetween(loggedAt.get(own[i - 1]!)!, loggedAt.get(opening)!, options),
          }),
        ),
      };
    });
}

function trendPoint(
  opening: EvidenceQuery,
  { before, changes }: { readonly before: EvidenceQuery | null; readonly changes: readonly string[] | null },
): TrendPoint {
  const [own, last] = [figuresOf(opening), before === null ? null : figuresOf(before)];
  const notComparable = before !== null && before.ids !== opening.ids ? 'other examples under the same name' : null;
  const isCompared = last !== null && notComparable === null;
  const difference = (name: 'precision' | 'recall'): number | null => {
    const [now, then] = [own[name], last?.[name] ?? null];
    return !isCompared || now === null || then === null ? null : now - then;
  };
  return {
    suiteVersion: opening.suiteVersion,
    at: opening.when,
    ...own,
    precisionChange: difference('precision'),
    recallChange: difference('recall'),
    notComparable,
    changes,
  };
}

type Figures = Pick<TrendPoint, 'examples' | 'precision' | 'precisionInterval' | 'recall' | 'recallInterval'>;

function figuresOf({ outcome }: EvidenceQuery): Figures {
  const number = (name: string): number | null => {
    const value = outcome[name];
    return typeof value === 'number' ? value : null;
  };
  const [truePositives, falsePositives, labels] = ['truePositives', 'falsePositives', 'positiveLabels'].map(number);
  const positives = truePositives === null || falsePositives === null ? null : truePositives! + falsePositives!;
  return {
    examples: number('examples'),
    precision: number('precision'),
    precisionInterval: intervalOf(truePositives!, positives),
    recall: number('recall'),
    recallInterval: intervalOf(truePositives!, labels!),
  };
}

function intervalOf(successes: number | null, total: number | null): Figures['precisionInterval'] {
  if (successes === null || total === null || successes < 0 || successes > total) return null;
  return wilsonInterval(successes, total);
}

/** Members whose judgements may differ since an earlier commit: `+words`, `~urls`, `−old`. */
function changesBetween(from: number, to: number, { line, members }: FigureTrendsOptions): string[] | null {
  if (from < 0 || to < 0) return null;
  const between = line.slice(from + 1, to + 1).flatMap(({ changes }) => changes);
  return members
    .flatMap(({ member, folder }) => {
      const own = between.filter(({ path }) => isIn(folder, path));
      const isNew = own.some(({ path, status }) => status === 'added' && path === `${folder}/package.json`);
      if (isNew) return [`+${member}`];
      return own.some(({ path }) => isJudging(folder, path)) ? [`~${member}`] : [];
    })
    .toSorted();
}
