import type { MemberRecord, StandAloneFigures } from '@clamor/contract';

const NO_IDS = { splits: [], count: 0, sha256: '0'.repeat(64) };

/** Figures out of fold over a hundred examples; what a test is about is given. */
export function standAloneFigures(fields: Partial<StandAloneFigures> = {}): StandAloneFigures {
  return {
    split: 'out-of-fold',
    examples: 100,
    positiveLabels: 45,
    positives: 20,
    truePositives: 18,
    coverage: 1,
    precision: 0.9,
    precisionInterval: [0.8, 0.95],
    recall: 0.4,
    recallInterval: [0.3, 0.5],
    ...fields,
  };
}

/** The record of a member with weights; what a test is about is given. */
export function memberRecord(fields: Partial<MemberRecord> = {}): MemberRecord {
  return {
    threshold: 0.5,
    artifact: { file: 'model.onnx', sha256: 'a'.repeat(64), sizeBytes: 1 },
    inputs: {},
    encoder: null,
    abstains: false,
    positiveRateBand: [0, 1],
    fit: { data: 'spam@1', seed: 7, weights: NO_IDS, threshold: NO_IDS },
    figures: [standAloneFigures()],
    ...fields,
  };
}
