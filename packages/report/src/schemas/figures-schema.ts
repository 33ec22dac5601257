import type { JsonSchema } from '@clamor/contract';

import { FIGURE, INTERVAL, TEXT, TEXT_OR_NULL, each, listOf, objectOf, oneOf, orNull } from './build-schema.ts';

const RATIOS = objectOf(each(['precision', 'recall', 'f1'], FIGURE));

/** Precision, recall and F1 of one set of counts. */
export const RATIO_FIGURES: JsonSchema = RATIOS;

/** `SuiteFigures` of the evaluation. */
export const SUITE_FIGURES: JsonSchema = objectOf({
  ...each(
    [
      'examples',
      'weight',
      'labelled',
      'positiveLabels',
      'positives',
      'degraded',
      'truePositives',
      'falsePositives',
      'falseNegatives',
      'trueNegatives',
      'precision',
      'recall',
      'f1',
      'undetermined',
    ],
    FIGURE,
  ),
  ...each(['precisionInterval', 'recallInterval', 'f1Interval'], INTERVAL),
  undeterminedBounds: orNull(objectOf({ best: RATIOS, worst: RATIOS })),
});

/** `MemberFigures` of the evaluation. */
export const MEMBER_FIGURES: JsonSchema = objectOf({
  name: TEXT,
  ...each(
    [
      'judged',
      'failed',
      'coverage',
      'positives',
      'truePositives',
      'falsePositives',
      'precision',
      'recall',
      'f1',
      'uniquePositives',
      'uniqueUnknown',
      'uniqueTruePositives',
      'uniqueFalsePositives',
      'uniquePrecision',
      'uniqueRecall',
      'precisionWithout',
      'recallWithout',
      'fairShareTruePositives',
      'fairShareFalsePositives',
    ],
    FIGURE,
  ),
  ...each(['precisionInterval', 'recallInterval', 'uniquePrecisionInterval'], INTERVAL),
  gate: objectOf(each(['atLeastOthers', 'harm', 'merit'], FIGURE)),
});

/** `OverlapFigures` of the evaluation. */
export const OVERLAP_FIGURES: JsonSchema = objectOf({
  a: TEXT,
  b: TEXT,
  ...each(['both', 'jaccard', 'onlyBoth'], FIGURE),
});

/** `BaselineFigures` of the evaluation. */
export const BASELINE_FIGURES: JsonSchema = objectOf(
  {
    name: TEXT,
    ...each(
      [
        'examples',
        'weight',
        'labelled',
        'positiveLabels',
        'judged',
        'failed',
        'coverage',
        'positives',
        'truePositives',
        'falsePositives',
        'falseNegatives',
        'trueNegatives',
        'precision',
        'recall',
        'f1',
      ],
      FIGURE,
    ),
    ...each(['precisionInterval', 'recallInterval', 'f1Interval'], INTERVAL),
  },
  ['f1Interval'],
);

/** `PositiveSet` of the evaluation. */
export const POSITIVE_SET: JsonSchema = objectOf({
  members: listOf(TEXT),
  ...each(['count', 'weight', 'truePositives', 'falsePositives', 'unlabelled'], FIGURE),
});

/** `SliceReport` of the evaluation. */
export const SLICE_REPORT: JsonSchema = objectOf({
  looks: FIGURE,
  confidence: FIGURE,
  suite: objectOf(each(['precision', 'recall'], FIGURE)),
  slices: listOf(
    objectOf({
      column: TEXT,
      value: TEXT,
      ...each(
        [
          'examples',
          'positiveLabels',
          'positives',
          'truePositives',
          'falsePositives',
          'falseNegatives',
          'precision',
          'recall',
        ],
        FIGURE,
      ),
      ...each(['precisionInterval', 'recallInterval'], INTERVAL),
    }),
  ),
});

/** `ThresholdPoint` of the evaluation. */
export const THRESHOLD_POINT: JsonSchema = objectOf({
  ...each(
    [
      'threshold',
      'uniqueTruePositives',
      'uniqueFalsePositives',
      'uniquePrecision',
      'merit',
      'truePositives',
      'falsePositives',
      'precision',
      'recall',
    ],
    FIGURE,
  ),
  uniquePrecisionInterval: INTERVAL,
});

/** `ThresholdCurve` of the evaluation. */
export const THRESHOLD_CURVE: JsonSchema = objectOf({ member: TEXT, points: listOf(THRESHOLD_POINT) });

const PLACE = objectOf(each(['precision', 'recall'], FIGURE));

/** `PrecisionRecallCurve` of the evaluation. */
export const PRECISION_RECALL_CURVE: JsonSchema = objectOf({
  member: TEXT_OR_NULL,
  points: listOf(PLACE),
  operatingPoint: orNull(PLACE),
});

/** `NotEstimable` of the evaluation. */
export const NOT_ESTIMABLE: JsonSchema = objectOf({
  figure: oneOf('precision', 'recall', 'f1', 'falseNegatives', 'trueNegatives', 'uniquePrecision'),
  member: TEXT_OR_NULL,
  reason: TEXT,
});
