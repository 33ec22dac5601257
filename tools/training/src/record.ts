import { createHash } from 'node:crypto';

import type {
  IdSetRecord,
  InputRecord,
  InputSpec,
  MemberRecord,
  OnnxClassifier,
  ScoreColumn,
  StandAloneFigures,
} from '@clamor/contract';
import { baselineFigures } from '@clamor/evaluation';

/** The figures of a member by itself on a column. */
export function standAloneFigures(
  split: string,
  labels: readonly (0 | 1)[],
  member: { readonly name: string; readonly column: ScoreColumn; readonly threshold: number },
): StandAloneFigures {
  const figures = baselineFigures({ labels, ...member });
  return {
    split,
    examples: figures.examples,
    positiveLabels: figures.positiveLabels,
    positives: figures.positives,
    truePositives: figures.truePositives,
    coverage: figures.coverage ?? 0,
    precision: figures.precision,
    precisionInterval: figures.precisionInterval,
    recall: figures.recall,
    recallInterval: figures.recallInterval,
  };
}

/** What {@link memberRecord} takes. */
export interface RecordOptions {
  readonly classifier: OnnxClassifier<unknown>;
  readonly artifact: Uint8Array;
  readonly threshold: number;
  /** Package of the encoder that it reads, or `null`. */
  readonly encoder: string | null;
  readonly abstains: boolean;
  readonly data: string;
  readonly seed: number;
  readonly weights: IdSetRecord;
  readonly thresholdIds: IdSetRecord;
  readonly figures: readonly StandAloneFigures[];
}

/** `assets/record.json` of a fitted member. The band is from a quarter to twice the share of positives out of fold. */
export function memberRecord(options: RecordOptions): MemberRecord {
  const [outOfFold] = options.figures;
  const rate = (outOfFold?.positives ?? 0) / Math.max(1, outOfFold?.examples ?? 1);
  return {
    threshold: options.threshold,
    artifact: {
      file: 'model.onnx',
      sha256: createHash('sha256').update(options.artifact).digest('hex'),
      sizeBytes: options.artifact.length,
    },
    inputs: Object.fromEntries(
      Object.entries(options.classifier.inputs).map(([name, spec]) => [name, inputRecord(spec)]),
    ),
    encoder: options.encoder,
    abstains: options.abstains,
    positiveRateBand: [round(rate / 4), round(Math.min(1, rate * 2))],
    fit: { data: options.data, seed: options.seed, weights: options.weights, threshold: options.thresholdIds },
    figures: options.figures,
  };
}

function inputRecord(spec: InputSpec<never>): InputRecord {
  return spec.kind === 'encoded' ? { kind: 'encoded', width: spec.encoder.width } : spec;
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
