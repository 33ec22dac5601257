import type { JsonSchema } from '@clamor/contract';

import { FIGURE, INTERVAL, TEXT, TEXT_OR_NULL, each, listOf, objectOf, oneOf, orNull } from './build-schema.ts';
import {
  MEMBER_FIGURES,
  POSITIVE_SET,
  RATIO_FIGURES,
  SUITE_FIGURES,
  THRESHOLD_CURVE,
  THRESHOLD_POINT,
} from './figures-schema.ts';

const DECISION = oneOf('pass', 'fail', 'inconclusive', 'no effect');
const COUNTS = objectOf(each(['truePositives', 'falsePositives'], FIGURE));
const LOSS = objectOf(each(['draws', 'left', 'leftAfter'], FIGURE));
const GATE_TEST = objectOf({
  ...each(['probability', 'confidence'], FIGURE),
  result: oneOf('passed', 'failed', 'open', 'none'),
});

/** `GateOutcome` of the evaluation. */
export const GATE_OUTCOME: JsonSchema = objectOf({
  candidate: TEXT,
  decision: DECISION,
  decidedBy: oneOf('harm', 'merit', 'harm and merit', 'floor', 'no unique positives'),
  reason: TEXT,
  blueprint: objectOf({
    ...each(['uniquePrecision', 'precisionWithout', 'probability'], FIGURE),
    ...each(['uniquePrecisionInterval', 'precisionWithoutInterval'], INTERVAL),
    holds: { type: ['boolean', 'null'] },
  }),
  harm: GATE_TEST,
  merit: GATE_TEST,
  counts: objectOf({
    unique: COUNTS,
    others: COUNTS,
    ...each(['uniqueUnknown', 'uniqueUnlabelled'], FIGURE),
    designEffect: objectOf(each(['unique', 'others', 'share'], FIGURE)),
    effective: objectOf({ unique: COUNTS, others: COUNTS, share: objectOf(each(['unique', 'others'], FIGURE)) }),
  }),
  before: SUITE_FIGURES,
  after: SUITE_FIGURES,
  loss: LOSS,
  labelsNeeded: {
    type: ['array', 'null'],
    items: objectOf({ ...each(['assumedUniquePrecision', 'labels'], FIGURE), decision: oneOf('pass', 'fail', null) }),
  },
  cost: objectOf(each(['msPerExample', 'recallGain', 'recallGainPerMs'], FIGURE)),
});

/** `ChangeOutcome` of the evaluation. */
export const CHANGE_OUTCOME: JsonSchema = objectOf({
  candidate: TEXT,
  decision: DECISION,
  decidedBy: oneOf('precision', 'recall', 'precision and recall', 'merit', 'no change'),
  reason: TEXT,
  regions: objectOf(each(['kept', 'gained', 'lost'], COUNTS)),
  unlabelled: objectOf(each(['kept', 'gained', 'lost'], FIGURE)),
  ...each(['precision', 'recall', 'raises', 'merit'], GATE_TEST),
  before: SUITE_FIGURES,
  after: SUITE_FIGURES,
  loss: LOSS,
  ...each(['unknown', 'designEffect', 'seed', 'draws'], FIGURE),
});

const GROUP = { members: listOf(TEXT), outcome: GATE_OUTCOME };

/** `JointOutcome` of the evaluation. */
export const JOINT_OUTCOME: JsonSchema = objectOf({
  ...each(['alone', 'conflicts', 'alliances', 'order'], listOf(objectOf(GROUP))),
  rejected: listOf(objectOf({ ...GROUP, alone: DECISION, reason: TEXT })),
  after: SUITE_FIGURES,
});

const MEMBER_MOVES: readonly JsonSchema[] = [
  objectOf({ kind: { const: 'remove' }, member: TEXT }),
  objectOf({ kind: { const: 'threshold' }, member: TEXT, from: FIGURE, to: FIGURE }),
];
const MOVE: JsonSchema = {
  anyOf: [...MEMBER_MOVES, objectOf({ kind: { const: 'together' }, moves: listOf({ anyOf: MEMBER_MOVES }) })],
};

const ADVISED_MOVE = objectOf({
  move: MOVE,
  reason: oneOf(
    'low unique precision',
    'low band',
    'dead weight',
    'near-duplicate',
    'shared false positives',
    'within reach',
  ),
  aim: oneOf('precision', 'recall', 'cost'),
  message: TEXT,
  suite: SUITE_FIGURES,
  change: objectOf(each(['precision', 'recall'], FIGURE)),
  evidence: GATE_TEST,
  savesMs: FIGURE,
});

const FINDING: JsonSchema = {
  anyOf: [
    objectOf({
      kind: { const: 'near-duplicates' },
      members: listOf(TEXT),
      together: FIGURE,
      apart: FIGURE,
      message: TEXT,
    }),
    objectOf({
      kind: { const: 'shared false positives' },
      sets: listOf(POSITIVE_SET),
      shareOfFalsePositives: FIGURE,
      message: TEXT,
    }),
    objectOf({ kind: { const: 'few unique positives' }, member: TEXT, labelled: FIGURE, message: TEXT }),
    objectOf({
      kind: { const: 'low band' },
      member: TEXT,
      band: objectOf(each(['from', 'to'], FIGURE)),
      truePositives: FIGURE,
      falsePositives: FIGURE,
      message: TEXT,
    }),
    objectOf({ kind: { const: 'threshold curve dips' }, member: TEXT, dips: listOf(THRESHOLD_POINT), message: TEXT }),
  ],
};

/** `Advice` of the evaluation. */
export const ADVICE: JsonSchema = objectOf({
  suite: SUITE_FIGURES,
  below: oneOf('precision', null),
  moves: listOf(ADVISED_MOVE),
  sequence: listOf(ADVISED_MOVE),
  findings: listOf(FINDING),
  missed: listOf(
    objectOf({
      column: TEXT_OR_NULL,
      value: TEXT_OR_NULL,
      ...each(['positiveLabels', 'missed', 'outOfReach'], FIGURE),
      withinReach: listOf(objectOf({ member: TEXT, missed: FIGURE, threshold: FIGURE })),
      ids: listOf(TEXT),
    }),
  ),
});

const LABELLED_FIGURE = { kind: oneOf('uniquePrecision', 'suitePrecision', 'suiteRecall'), member: TEXT_OR_NULL };

/** `TunedThreshold` of the evaluation. */
export const TUNED_THRESHOLD: JsonSchema = objectOf({
  member: TEXT,
  current: THRESHOLD_POINT,
  chosen: orNull(THRESHOLD_POINT),
  reason: TEXT,
  spends: objectOf(each(['current', 'chosen'], FIGURE)),
  dips: listOf(THRESHOLD_POINT),
  curve: THRESHOLD_CURVE,
});

/** `LabelPlan` of the evaluation, with keys and estimates. */
export const LABEL_ANSWER: JsonSchema = objectOf({
  ...each(['budget', 'seed'], FIGURE),
  strata: listOf(
    objectOf({
      name: TEXT,
      kind: oneOf('unique', 'shared', 'none'),
      member: TEXT_OR_NULL,
      band: orNull(objectOf(each(['from', 'to'], FIGURE))),
      ...each(['examples', 'weight', 'labels', 'inclusionProbability'], FIGURE),
    }),
  ),
  chosen: listOf(objectOf(each(['example', 'stratum', 'inclusionProbability'], FIGURE))),
  figures: listOf(objectOf({ ...LABELLED_FIGURE, ...each(['importance', 'expectedStandardError'], FIGURE) })),
  keys: listOf(TEXT),
  estimates: orNull(
    listOf(objectOf({ ...LABELLED_FIGURE, ...each(['value', 'standardError'], FIGURE), interval: INTERVAL })),
  ),
});

const HALF = objectOf(each(['before', 'after'], RATIO_FIGURES));

/** `UnionProposal` of the evaluation. */
export const UNION_PROPOSAL: JsonSchema = objectOf({
  targetPrecision: FIGURE,
  reached: { type: 'boolean' },
  proposals: listOf(objectOf({ member: TEXT, from: FIGURE, to: FIGURE, alone: RATIO_FIGURES })),
  fitted: HALF,
  heldOut: HALF,
  overfit: objectOf(each(['precision', 'recall'], FIGURE)),
});

const BUMP = oneOf('patch', 'minor', 'major');
const SAID = oneOf('none', 'patch', 'minor', 'major');
const JUDGEMENT = oneOf('positive', 'negative', 'abstained', 'failed');
const BOTH = { from: JUDGEMENT, to: JUDGEMENT };

const MEMBER_COMPARISON: JsonSchema = objectOf({
  ...each(['examples', 'changed'], FIGURE),
  ways: listOf(objectOf({ ...BOTH, ...each(['positiveLabels', 'negativeLabels', 'withoutLabel'], FIGURE) })),
  scores: objectOf(each(['compared', 'differing', 'largest', 'median', 'rankCorrelation'], FIGURE)),
  positives: objectOf({
    regions: objectOf(each(['kept', 'gained', 'lost'], COUNTS)),
    unlabelled: objectOf(each(['kept', 'gained', 'lost'], FIGURE)),
    unknown: FIGURE,
  }),
  suite: objectOf(each(['before', 'after'], SUITE_FIGURES)),
  figures: objectOf(each(['before', 'after'], MEMBER_FIGURES)),
  shown: listOf(
    objectOf({
      ...each(['key', 'title'], TEXT),
      label: oneOf(1, 0, null),
      ...BOTH,
      ...each(['before', 'after'], FIGURE),
    }),
  ),
});

/** `CompareAnswer`: two versions of a package, the bump that follows, and what the changesets say of it. */
export const COMPARE_ANSWER: JsonSchema = objectOf({
  package: TEXT,
  kind: oneOf('classifier', 'encoder', 'suite'),
  version: objectOf(each(['before', 'after'], TEXT)),
  bump: BUMP,
  causes: listOf(objectOf({ bump: BUMP, what: TEXT, was: TEXT_OR_NULL, now: TEXT_OR_NULL })),
  member: orNull(MEMBER_COMPARISON),
  outputs: orNull(
    objectOf({ unit: oneOf('example', 'text'), ...each(['compared', 'differing'], FIGURE), keys: listOf(TEXT) }),
  ),
  changeset: orNull(
    objectOf({
      said: SAID,
      versioned: SAID,
      isEnough: { type: 'boolean' },
      files: listOf(TEXT),
      write: { type: ['array', 'null'], items: TEXT },
    }),
  ),
});
