import {
  ABSTAINED,
  FAILED,
  type FailureReason,
  type OnnxClassifier,
  SCORED,
  errorCode,
  errorMessage,
} from '@clamor/contract';
import type { EncodedRow, EncodedRows } from './encoded-inputs.ts';
import { OnnxError } from './errors.ts';
import { type Collector, type InputFeatures, createCollector } from './input-collectors.ts';

/** The inputs of a batch of n examples; only those that did not abstain or fail have rows. */
export interface FeatureBatch {
  readonly inputs: { readonly [name: string]: InputFeatures };
  /** Number of rows. */
  readonly kept: number;
  /** Shape [n]: scored (has a row), abstained, or failed. */
  readonly status: Uint8Array<ArrayBuffer>;
  readonly reasons: ReadonlyMap<number, FailureReason>;
}

/**
 * Runs a member's feature function over a batch: the one implementation of its features, for training and for judging.
 *
 * @param examples - Shape [n].
 * @param encodings - By encoded input, shape [n]: what its encoder gave. An example abstains on `null` and fails for a
 * reason in place of a row; what the feature function says comes first. Default none.
 * @returns A feature function that throws fails its example only, with code `MEMBER_FEATURES_THREW` (or the thrown code).
 * @throws {OnnxError} `ONNX_ENCODED_MISSING`
 * @example
 * const inputs = { length: dense(1) };
 * const features = (text: string, { length }: { length: Float32Array }) => void (length[0] = text.length);
 * buildFeatures({ inputs, features }, ['a', 'bc']).inputs.length
 * // { kind: 'dense', width: 1, values: Float32Array [1, 2] }
 */
export function buildFeatures<Example>(
  classifier: Pick<OnnxClassifier<Example>, 'inputs' | 'features'>,
  examples: readonly Example[],
  encodings: EncodedRows = {},
): FeatureBatch {
  const collectors = Object.entries(classifier.inputs).map(([name, spec]) => ({
    name,
    collector: createCollector(spec, examples.length),
    rows: spec.kind === 'encoded' ? rowsOf(name, encodings, examples.length) : null,
  }));
  const status = new Uint8Array(examples.length);
  const reasons = new Map<number, FailureReason>();
  let kept = 0;
  for (const [i, example] of examples.entries()) {
    try {
      const written = collectors.filter(({ rows }) => rows === null);
      const targets = Object.fromEntries(written.map(({ name, collector }) => [name, collector.target]));
      if (classifier.features(example, targets) === false) status[i] = ABSTAINED;
      else status[i] = takeRows(collectors, i, reasons);
    } catch (error) {
      status[i] = FAILED;
      reasons.set(i, { code: errorCode(error) ?? 'MEMBER_FEATURES_THREW', message: errorMessage(error) });
    }
    const keep = status[i] === SCORED;
    for (const { collector } of collectors) {
      if (keep) collector.keep();
      else collector.drop();
    }
    if (keep) kept++;
  }
  const inputs = Object.fromEntries(collectors.map(({ name, collector }) => [name, collector.finish()]));
  return { inputs, kept, status, reasons };
}

function rowsOf(name: string, encodings: EncodedRows, count: number): readonly EncodedRow[] {
  const rows = encodings[name];
  if (rows?.length === count) return rows;
  throw new OnnxError(
    'ONNX_ENCODED_MISSING',
    `Input "${name}" is an encoder's output, and ${rows?.length ?? 'no'} rows were given for ${count} examples.\nEncode the texts first (inputEncodings names them), or score with loadOnnxClassifier, which does it.`,
  );
}

interface NamedCollector {
  readonly collector: Collector;
  readonly rows: readonly EncodedRow[] | null;
}

/** Copies the encoders' rows of example `i`; its status is not `SCORED` when one is missing. */
function takeRows(collectors: readonly NamedCollector[], i: number, reasons: Map<number, FailureReason>): number {
  const encoded = collectors.filter(({ rows }) => rows !== null);
  const rowAt = ({ rows }: NamedCollector): EncodedRow => rows?.[i] ?? null;
  // To abstain is the member's own word: whether an encoder failed does not matter then.
  if (encoded.some((one) => rowAt(one) === null)) return ABSTAINED;
  for (const one of encoded) {
    const row = rowAt(one);
    if (row instanceof Float32Array) (one.collector.target as Float32Array).set(row);
    else if (row !== null) {
      reasons.set(i, row);
      return FAILED;
    }
  }
  return SCORED;
}
