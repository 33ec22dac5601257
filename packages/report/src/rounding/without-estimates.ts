// Where a figure is not estimable, the reason is printed instead of it. Taking the figure away before any renderer sees it
// makes that true of tables, plots, sentences and JSON alike.

import type { Evaluation, NotEstimable } from '@clamor/evaluation';

import type { ReportSection } from '../report.ts';
import type { Shown } from './shown.ts';

/** Figures of anybody that go with a figure of the suite: where it needs labels that are not there, so do they. */
const WITH_THE_SUITE: { readonly [Figure in NotEstimable['figure']]?: readonly string[] } = {
  recall: ['recall', 'recallInterval', 'uniqueRecall', 'recallWithout', 'undeterminedBounds'],
  f1: ['f1', 'f1Interval', 'undeterminedBounds'],
  falseNegatives: ['falseNegatives'],
  trueNegatives: ['trueNegatives'],
};

type Estimated = Shown<Pick<ReportSection, 'evaluation' | 'baselines' | 'slices' | 'advice'>> &
  Pick<ReportSection, 'curves'>;

/** What a section holds, without the figures that its labels cannot estimate: they are `null`, and curves of them gone. */
export function withoutEstimates({ notEstimable = [], ...section }: ReportSection): Estimated {
  const { evaluation, baselines, slices, curves, advice } = section;
  const ofSuite = notEstimable.filter(({ member }) => member === null).map(({ figure }) => figure);
  const everywhere = new Set(ofSuite.flatMap((figure) => WITH_THE_SUITE[figure] ?? []));
  const clear = <Value>(value: Value): Shown<Value> => cleared(value, everywhere) as Shown<Value>;
  const isCurveKnown = !ofSuite.some((figure) => figure === 'precision' || figure === 'recall');
  return {
    evaluation: withoutPrecisions(clear(evaluation), notEstimable),
    baselines: clear(baselines),
    ...(slices === undefined ? {} : { slices: clear(slices) }),
    ...(curves === undefined || !isCurveKnown ? {} : { curves }),
    ...(advice === undefined ? {} : { advice: withoutMissed(clear(advice), everywhere) }),
  };
}

function cleared(value: unknown, names: ReadonlySet<string>): unknown {
  if (names.size === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => cleared(each, names));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, names.has(key) ? null : cleared(inner, names)]),
  );
}

/** The precision of the suite and of single members. */
function withoutPrecisions(evaluation: Shown<Evaluation>, notEstimable: readonly NotEstimable[]): Shown<Evaluation> {
  const isUnknown = (figure: NotEstimable['figure'], member: string | null): boolean =>
    notEstimable.some((each) => each.figure === figure && each.member === member);
  const noPrecision = { precision: null, precisionInterval: null };
  const noUnique = { uniquePrecision: null, uniquePrecisionInterval: null };
  const noRecall = { recall: null, recallInterval: null, uniqueRecall: null };
  return {
    ...evaluation,
    suite: { ...evaluation.suite, ...(isUnknown('precision', null) ? noPrecision : {}) },
    members: evaluation.members.map((member) => ({
      ...member,
      ...(isUnknown('precision', member.name) ? noPrecision : {}),
      ...(isUnknown('recall', member.name) ? noRecall : {}),
      ...(isUnknown('f1', member.name) ? { f1: null } : {}),
      ...(isUnknown('uniquePrecision', member.name) ? noUnique : {}),
    })),
  };
}

/** Who is missed is what recall counts. */
function withoutMissed<Advised extends { readonly missed: readonly unknown[] }>(
  advice: Advised,
  everywhere: ReadonlySet<string>,
): Advised {
  return everywhere.has('recall') ? { ...advice, missed: [] } : advice;
}
