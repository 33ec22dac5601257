import {
  type Advice,
  type ChangeOutcome,
  type GateOutcome,
  type GateRules,
  type JointOutcome,
  type JudgementTable,
  type MemberFigures,
  type SuiteFigures,
  type ThresholdPoint,
  type TunedThreshold,
  type UnionProposal,
  evaluate,
  gate,
} from '@clamor/evaluation';

import type { CompareAnswer, LabelAnswer, ReportContext, ResultReport } from '../src/index.ts';

/** The gate of the spam suite's policy. */
export const RULES: GateRules = { lossBudget: 0.005, meritFloor: 0.9, harmConfidence: 0.9, meritConfidence: 0.8 };

/** A context on a split that may be explored. */
export const CONTEXT: ReportContext = {
  suite: 'spam',
  suiteVersion: '9f2c1e07',
  dataset: 'spam@1',
  split: 'valid',
  roles: ['explore'],
  evidence: { queries: 3, warning: 'asked 3 times: at most .49 of candidates at the boundary pass by chance' },
  policy: { precisionFloor: 0.99, uniquePrecisionFloor: 0.9, lossBudget: 0.005 },
  marks: ['threshold in sample'],
  notes: ['Cost measured on 256 examples, one core.'],
};

/** The same question on a split that gates. */
export const GATE_CONTEXT: ReportContext = { ...CONTEXT, split: 'test', roles: ['gate', 'test'], marks: [], notes: [] };

interface Counts {
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** A suite of one member at 534/8 and a candidate with these unique positives; 20 positives are missed by both. */
export function tableBeside(
  unique: Counts,
  others: Counts = { truePositives: 534, falsePositives: 8 },
): JudgementTable {
  const rows: [count: number, label: 0 | 1, words: 0 | 1, urls: 0 | 1][] = [
    [others.truePositives, 1, 1, 0],
    [others.falsePositives, 0, 1, 0],
    [unique.truePositives, 1, 0, 1],
    [unique.falsePositives, 0, 0, 1],
    [20, 1, 0, 0],
    [1000, 0, 0, 0],
  ];
  const all = rows.flatMap(([count, ...row]) => Array.from({ length: count }, () => row));
  return {
    labels: all.map(([label]) => label),
    members: [
      { name: 'words', judgements: all.map(([, words]) => words) },
      { name: 'urls', judgements: all.map(([, , urls]) => urls) },
    ],
  };
}

/** The outcome of a gate beside 534/8. */
export function gateOutcome(truePositives: number, falsePositives: number): GateOutcome {
  const table = tableBeside({ truePositives, falsePositives });
  return gate(table, { candidate: 'urls', rules: RULES, msPerExample: 0.042 });
}

const PASS = gateOutcome(8, 0);
const FAIL = gateOutcome(3, 9);
const OPEN = gateOutcome(3, 0);
const SUITE: SuiteFigures = evaluate(tableBeside({ truePositives: 8, falsePositives: 0 })).suite;
const BETTER: SuiteFigures = {
  ...SUITE,
  truePositives: 541,
  falsePositives: 3,
  precision: 541 / 544,
  recall: 541 / 562,
  precisionInterval: [0.9839, 0.9982],
};
const passed = { probability: 0.9713, confidence: 0.9, result: 'passed' } as const;

/** A new version that drops five false positives and loses one true positive, by hand. */
export const CHANGE: ChangeOutcome = {
  candidate: 'urls',
  decision: 'inconclusive',
  decidedBy: 'recall',
  reason: 'Precision is in order (.999); that recall loses no more than 0.5 points is not shown (.883).',
  regions: {
    kept: { truePositives: 541, falsePositives: 3 },
    gained: { truePositives: 0, falsePositives: 0 },
    lost: { truePositives: 1, falsePositives: 5 },
  },
  unlabelled: { kept: 0, gained: 0, lost: 0 },
  unknown: 0,
  precision: { probability: 0.9991, confidence: 0.9, result: 'passed' },
  recall: { probability: 0.8832, confidence: 0.9, result: 'open' },
  raises: { probability: 0.9987, confidence: 0.9, result: 'passed' },
  merit: { probability: null, confidence: 0.8, result: 'none' },
  before: SUITE,
  after: BETTER,
  loss: { draws: 0, left: 0.005, leftAfter: 0.005 },
  designEffect: 1,
  seed: 1,
  draws: 100_000,
};

/** Three candidates of which two can be merged, by hand from outcomes of the gate. */
export const JOINT_OUTCOME: JointOutcome = {
  alone: [
    { members: ['urls'], outcome: PASS },
    { members: ['loans'], outcome: { ...PASS, candidate: 'loans' } },
    { members: ['caps'], outcome: { ...FAIL, candidate: 'caps' } },
  ],
  conflicts: [{ members: ['urls', 'caps'], outcome: { ...FAIL, candidate: 'urls + caps' } }],
  alliances: [],
  order: [
    { members: ['urls'], outcome: PASS },
    { members: ['loans'], outcome: { ...PASS, candidate: 'loans' } },
  ],
  rejected: [
    {
      members: ['caps'],
      outcome: { ...FAIL, candidate: 'caps' },
      alone: 'fail',
      reason: 'It fails alone and beside urls and loans.',
    },
  ],
  after: PASS.after,
};

/** Two moves, two findings, and one slice with ids, by hand. */
export const ADVICE: Advice = {
  suite: SUITE,
  below: 'precision',
  moves: [
    {
      move: { kind: 'remove', member: 'caps' },
      reason: 'low unique precision',
      aim: 'precision',
      message: 'On the 8 examples that caps alone calls positive, 5 have label 0: u = 37.5% against o = 99.4%.',
      suite: BETTER,
      change: { precision: BETTER.precision! - SUITE.precision!, recall: -1 / 562 },
      evidence: passed,
      savesMs: 0.031,
    },
    {
      move: { kind: 'threshold', member: 'urls', from: 0.41, to: 0.63 },
      reason: 'low band',
      aim: 'precision',
      message: 'Below .63 its unique positives are 2 TP and 4 FP.',
      suite: { ...BETTER, falsePositives: 5, precision: 541 / 546 },
      change: { precision: 541 / 546 - SUITE.precision!, recall: -1 / 562 },
      evidence: { probability: 0.83, confidence: 0.9, result: 'open' },
      savesMs: null,
    },
  ],
  sequence: [],
  findings: [
    {
      kind: 'near-duplicates',
      members: ['words', 'words-2'],
      together: 512,
      apart: 3,
      message: 'words and words-2 are positive together on 512 examples and apart on 3.',
    },
  ],
  missed: [
    {
      column: null,
      value: null,
      positiveLabels: 562,
      missed: 20,
      withinReach: [{ member: 'urls', missed: 7, threshold: 0.33 }],
      outOfReach: 13,
      ids: ['spam-2/00017', 'spam-2/00231'],
    },
  ],
};

/** A curve made by a formula: unique precision falls as the threshold does. */
export function curvePoints(count: number): ThresholdPoint[] {
  return Array.from({ length: count }, (_, index) => {
    const threshold = Math.fround(0.98 - (0.9 * index) / (count - 1));
    const uniqueTruePositives = 2 + index * 2;
    const uniqueFalsePositives = Math.floor((index / 6) ** 2);
    const n = uniqueTruePositives + uniqueFalsePositives;
    const u = uniqueTruePositives / n;
    const half = 1.96 * Math.sqrt((u * (1 - u) + 1 / n) / n);
    return {
      threshold,
      uniqueTruePositives,
      uniqueFalsePositives,
      uniquePrecision: u,
      uniquePrecisionInterval: [Math.max(0, u - half), Math.min(1, u + half)] as const,
      merit: 0.5,
      truePositives: 534 + uniqueTruePositives,
      falsePositives: 8 + uniqueFalsePositives,
      precision: (534 + uniqueTruePositives) / (542 + n),
      recall: (534 + uniqueTruePositives) / 700,
    };
  });
}

const POINTS = curvePoints(25);

/** A threshold that may come down, by hand. */
export const TUNED: TunedThreshold = {
  member: 'urls',
  current: POINTS[6]!,
  chosen: POINTS[10]!,
  reason: 'The lowest threshold at which P(u ≥ 90%) is .8 or more, there and at every higher one that could show it.',
  spends: { current: 0, chosen: 0.0008 },
  dips: [POINTS[14]!],
  curve: { member: 'urls', points: POINTS },
};

/** Two proposals whose gain is half learnt, by hand. */
export const UNION: UnionProposal = {
  targetPrecision: 0.99,
  reached: true,
  proposals: [
    { member: 'urls', from: 0.41, to: 0.33, alone: { precision: 0.989, recall: 0.968, f1: 0.978 } },
    { member: 'words', from: 0.5, to: 0.58, alone: { precision: 0.993, recall: 0.951, f1: 0.972 } },
  ],
  fitted: {
    before: { precision: 0.987, recall: 0.962, f1: 0.974 },
    after: { precision: 0.991, recall: 0.978, f1: 0.984 },
  },
  heldOut: {
    before: { precision: 0.985, recall: 0.966, f1: 0.975 },
    after: { precision: 0.986, recall: 0.972, f1: 0.979 },
  },
  overfit: { precision: 0.005, recall: 0.006 },
};

const LABELLED = [
  { kind: 'uniquePrecision', member: 'words' },
  { kind: 'suitePrecision', member: null },
  { kind: 'suiteRecall', member: null },
] as const;
const ESTIMATES: LabelAnswer['estimates'] = [
  { ...LABELLED[0], value: 0.9, standardError: 0.05, interval: [0.75, 0.97] },
  { ...LABELLED[1], value: 0.98, standardError: 0.01, interval: [0.95, 0.99] },
  { ...LABELLED[2], value: null, standardError: null, interval: null },
];

/** Six of 130 examples; their keys only where they may be read. */
function labelAnswer({ roles }: ReportContext, estimates: LabelAnswer['estimates']): LabelAnswer {
  const chosen = [3, 5, 8, 13, 21, 34].map((example, i) => ({
    example,
    stratum: i >> 1,
    inclusionProbability: [0.2, 0.1, 0.02][i >> 1]!,
  }));
  const stratum = { member: null, band: null, labels: 2 };
  return {
    budget: 6,
    seed: 1,
    strata: [
      {
        ...stratum,
        name: 'only words',
        kind: 'unique',
        member: 'words',
        examples: 10,
        weight: 10,
        inclusionProbability: 0.2,
      },
      { ...stratum, name: 'two or more', kind: 'shared', examples: 20, weight: 20, inclusionProbability: 0.1 },
      {
        ...stratum,
        name: 'nobody, score -0.30 to -0.01',
        kind: 'none',
        band: { from: -0.3, to: -0.01 },
        examples: 100,
        weight: 100,
        inclusionProbability: 0.02,
      },
    ],
    chosen,
    figures: LABELLED.map((figure) => ({ ...figure, importance: 1, expectedStandardError: 0.08 })),
    keys: roles.includes('explore') ? chosen.map(({ example }) => `mail-${example}`) : [],
    estimates,
  };
}

const OWN: MemberFigures = evaluate(tableBeside({ truePositives: 8, falsePositives: 0 })).members[1]!;
const HOSTILE = 'free`` \u202Emoney\n## <b>@everyone</b> | [x](http://x.test)';

/** A new version of urls that changes eight judgements, its range and says too little, by hand; examples only where they may be read. */
function compareAnswer({ roles }: ReportContext): CompareAnswer {
  const way = { positiveLabels: 2, negativeLabels: 1, withoutLabel: 1 };
  return {
    package: '@clamor/spam-urls',
    kind: 'classifier',
    version: { before: '1.2.0', after: '1.2.0' },
    bump: 'major',
    causes: [
      { bump: 'major', what: 'suite range', was: '^1.0.0', now: '^2.0.0' },
      { bump: 'minor', what: 'judgements', was: null, now: null },
    ],
    member: {
      examples: 1570,
      changed: 8,
      ways: [
        { from: 'positive', to: 'negative', ...way },
        { from: 'negative', to: 'positive', ...way },
      ],
      scores: { compared: 1570, differing: 47, largest: 3.25, median: 0.0004, rankCorrelation: 0.9871 },
      positives: { regions: CHANGE.regions, unlabelled: CHANGE.unlabelled, unknown: 0 },
      suite: { before: SUITE, after: BETTER },
      figures: { before: OWN, after: { ...OWN, uniqueTruePositives: 7, uniquePrecision: 1 } },
      shown: roles.includes('explore')
        ? [{ key: 'mail-17', title: HOSTILE, label: 0, from: 'negative', to: 'positive', before: null, after: 4.5 }]
        : [],
    },
    outputs: null,
    changeset: {
      said: 'patch',
      versioned: 'none',
      isEnough: false,
      files: ['brave-lions-sing'],
      write: ['---', '"@clamor/spam-urls": major', '---', '', 'What was done, in a sentence.'],
    },
  };
}

/** The parsing of a suite, in which three of 500 examples came out otherwise. */
function parsingAnswer({ roles }: ReportContext): CompareAnswer {
  return {
    package: '@clamor/spam',
    kind: 'suite',
    version: { before: '1.0.0', after: '2.0.0' },
    bump: 'major',
    causes: [{ bump: 'major', what: 'outputs', was: null, now: null }],
    member: null,
    outputs: {
      unit: 'example',
      compared: 500,
      differing: 3,
      keys: roles.includes('explore') ? ['mail-3', HOSTILE] : [],
    },
    changeset: { said: 'none', versioned: 'major', isEnough: true, files: [], write: null },
  };
}

/** One report of every kind that answers a question. */
export function resultReports(context: ReportContext = CONTEXT): ResultReport[] {
  return [
    { kind: 'gate', context, result: PASS },
    { kind: 'gate', context, result: FAIL },
    { kind: 'gate', context, result: OPEN },
    { kind: 'gate', context, result: gateOutcome(0, 0) },
    { kind: 'change', context, against: 'v0.1.0', result: CHANGE },
    { kind: 'joint', context, result: JOINT_OUTCOME },
    { kind: 'advice', context, result: ADVICE },
    { kind: 'tune', context, result: TUNED },
    { kind: 'union', context, result: UNION },
    { kind: 'label', context, result: labelAnswer(context, null) },
    { kind: 'label', context, result: labelAnswer(context, ESTIMATES) },
    { kind: 'compare', context, against: 'npm:1.2.0', result: compareAnswer(context) },
    { kind: 'compare', context, against: 'git:main', result: parsingAnswer(context) },
  ];
}
