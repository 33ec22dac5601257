import type { Policy } from '@clamor/contract';
import { falsePassRate } from '@clamor/evaluation';
import type { EvidenceCount, ReportContext } from '@clamor/report';
import type { RunningSuite } from '@clamor/runtime';
import type { EvaluationSource, EvidenceUse } from '@clamor/store';

import type { MeasuredTable } from './measured-table.ts';
import { isHeldBack } from './split-evidence.ts';

/** What {@link answerContext} takes besides the table. */
export interface AnswerContextOptions {
  readonly suite: RunningSuite;
  readonly source: EvaluationSource;
  /** How often the split has been asked; `null` where nobody counts. */
  readonly use: EvidenceUse | null;
  /** Sentences that a reader needs beside the figures. */
  readonly notes: readonly string[];
}

/** What an answer belongs to, and how precisely it may be told. */
export function answerContext(
  { split, marks, columns }: MeasuredTable,
  { suite, source, use, notes }: AnswerContextOptions,
): ReportContext {
  const unreadable = columns.unreadable.length;
  return {
    suite: suite.name,
    suiteVersion: suite.suiteVersion,
    dataset: source.dataset,
    split: split.name,
    roles: split.roles,
    precision: isHeldBack(split) ? 'rounded' : 'exact',
    policy: suite.policy,
    marks,
    notes: [
      ...(unreadable === 0 ? [] : [`${unreadable} examples could not be read and are in no figure.`]),
      `Scores: ${columns.fit}.`,
      ...notes,
    ],
    ...(use === null ? {} : { evidence: evidenceCount(use, suite.policy) }),
  };
}

/** Fewer candidates than this are what a split is held back for. */
const FEW = 10;

/** How often evidence was asked, with a warning that grows with the number of different candidates. */
function evidenceCount({ queries, columns }: EvidenceUse, policy: Policy): EvidenceCount {
  const { uniquePrecisionFloor: meritFloor, meritConfidence } = policy;
  if (columns < 2) return { queries, warning: null };
  const rate = Math.round(100 * falsePassRate(columns, { meritFloor, meritConfidence }));
  const risk = `${columns} different candidates have been asked about on these examples: were each exactly at the floor, one or more would pass by luck with a probability of up to ${rate} %.`;
  return { queries, warning: columns < FEW ? risk : `${risk} Gate the next one on fresh examples.` };
}
