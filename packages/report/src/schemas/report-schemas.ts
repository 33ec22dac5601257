import type { JsonSchema } from '@clamor/contract';

import { JSON_FORMAT } from '../json.ts';
import type { Report } from '../report.ts';
import { FIGURE, INTERVAL, TEXT, TEXT_OR_NULL, each, listOf, objectOf, oneOf, orNull } from './build-schema.ts';
import {
  BASELINE_FIGURES,
  MEMBER_FIGURES,
  NOT_ESTIMABLE,
  OVERLAP_FIGURES,
  POSITIVE_SET,
  PRECISION_RECALL_CURVE,
  SLICE_REPORT,
  SUITE_FIGURES,
  THRESHOLD_CURVE,
} from './figures-schema.ts';
import { QUEUE_ANSWER } from './queue-schema.ts';
import {
  ADVICE,
  CHANGE_OUTCOME,
  COMPARE_ANSWER,
  GATE_OUTCOME,
  JOINT_OUTCOME,
  LABEL_ANSWER,
  TUNED_THRESHOLD,
  UNION_PROPOSAL,
} from './result-schemas.ts';

const ROLES = listOf(oneOf('fit', 'explore', 'gate', 'test'));
const PRECISION = oneOf('exact', 'rounded');

const CONTEXT = objectOf(
  {
    suite: TEXT,
    suiteVersion: TEXT,
    dataset: TEXT,
    split: TEXT,
    roles: ROLES,
    precision: PRECISION,
    evidence: objectOf({ queries: { type: 'integer', minimum: 0 }, warning: TEXT_OR_NULL }),
    policy: { type: 'object' },
    marks: listOf(TEXT),
    notes: listOf(TEXT),
  },
  ['evidence', 'policy', 'marks', 'notes'],
);

const MAPPED = { precision: INTERVAL, precisionInterval: INTERVAL };

/** What one section of a suite's report holds; the first one's stands at the top level, too. */
const SECTION = {
  split: TEXT,
  roles: ROLES,
  dataset: TEXT,
  description: TEXT_OR_NULL,
  fit: TEXT_OR_NULL,
  precision: PRECISION,
  marks: listOf(TEXT),
  notes: listOf(TEXT),
  unreadable: { type: 'integer', minimum: 0 },
  suite: SUITE_FIGURES,
  members: listOf(MEMBER_FIGURES),
  overlaps: listOf(OVERLAP_FIGURES),
  baselines: listOf(BASELINE_FIGURES),
  positiveSets: listOf(POSITIVE_SET),
  notEstimable: listOf(NOT_ESTIMABLE),
  precisionAtRates: orNull(
    objectOf({
      rateHere: FIGURE,
      rateThere: INTERVAL,
      assumption: TEXT,
      suite: objectOf(MAPPED),
      members: listOf(
        objectOf({ name: TEXT, ...MAPPED, uniquePrecision: INTERVAL, uniquePrecisionInterval: INTERVAL }),
      ),
    }),
  ),
  slices: orNull(SLICE_REPORT),
  curves: orNull(
    objectOf({
      precisionRecall: listOf(PRECISION_RECALL_CURVE),
      thresholds: listOf(objectOf({ curve: THRESHOLD_CURVE, threshold: FIGURE })),
    }),
  ),
  advice: orNull(ADVICE),
  uniqueExamples: orNull(
    listOf(
      objectOf({
        member: TEXT,
        items: listOf(
          objectOf({ title: TEXT, ...each(['score', 'threshold'], FIGURE), label: oneOf(1, 0, null), key: TEXT }),
        ),
      }),
    ),
  ),
} as const;

const SUITE_REPORT = {
  name: TEXT,
  suiteVersion: TEXT,
  stateVersion: TEXT_OR_NULL,
  policy: { type: ['object', 'null'] },
  packages: listOf(
    objectOf(
      {
        ...each(['name', 'version', 'kind', 'owner', 'reason'], TEXT),
        status: oneOf('loaded', 'excluded', 'failed'),
      },
      ['reason'],
    ),
  ),
  ...SECTION,
  sections: listOf(objectOf(SECTION)),
} as const;

/**
 * What `renderJson` prints, a JSON Schema (draft 2020-12) per kind of report.
 *
 * A number that may be `null` is undefined then (nothing to divide by), or withheld where `precision` is `rounded`. Names
 * may be added without a new `format`, so objects are open.
 *
 * @example REPORT_SCHEMAS.gate['title'] // 'Clamor report: gate'
 */
export const REPORT_SCHEMAS: { readonly [Kind in Report['kind']]: JsonSchema } = {
  suite: reportSchema('suite', SUITE_REPORT),
  gate: reportSchema('gate', { context: CONTEXT, result: GATE_OUTCOME }),
  change: reportSchema('change', { context: CONTEXT, against: TEXT, result: CHANGE_OUTCOME }),
  joint: reportSchema('joint', { context: CONTEXT, result: JOINT_OUTCOME }),
  advice: reportSchema('advice', { context: CONTEXT, result: ADVICE }),
  tune: reportSchema('tune', { context: CONTEXT, result: TUNED_THRESHOLD }),
  union: reportSchema('union', { context: CONTEXT, result: UNION_PROPOSAL }),
  label: reportSchema('label', { context: CONTEXT, result: LABEL_ANSWER }),
  compare: reportSchema('compare', { context: CONTEXT, against: TEXT, result: COMPARE_ANSWER }),
  queue: reportSchema('queue', { suite: TEXT, result: QUEUE_ANSWER }),
};

function reportSchema(kind: Report['kind'], properties: { readonly [name: string]: JsonSchema }): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Clamor report: ${kind}`,
    ...objectOf({ format: { const: JSON_FORMAT }, kind: { const: kind }, ...properties }),
  };
}
