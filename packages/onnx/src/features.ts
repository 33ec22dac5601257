import {
  ABSTAINED,
  FAILED,
  type FailureReason,
  type InputSpec,
  type OnnxClassifier,
  errorCode,
  errorMessage,
} from '@clamor/contract';
import { BagBuilder, type BagFeatures } from './bag-features.ts';
import { OnnxError } from './errors.ts';

/** Shape [kept, width], row by row. */
export interface DenseFeatures {
  readonly kind: 'dense';
  readonly width: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** Shape [kept]. */
export interface StringFeatures {
  readonly kind: 'string';
  readonly values: readonly string[];
}

/** Shape [kept]. */
export interface NumberFeatures {
  readonly kind: 'number';
  readonly values: Float32Array<ArrayBuffer>;
}

/** What one named input of a graph is fed for a batch. */
export type InputFeatures = DenseFeatures | BagFeatures | StringFeatures | NumberFeatures;

/** The inputs of a batch of n examples; only those that did not abstain or fail have rows. */
export interface FeatureBatch {
  readonly inputs: { readonly [name: string]: InputFeatures };
  /** Number of rows. */
  readonly kept: number;
  /** Shape [n]: scored (has a row), abstained, or failed. */
  readonly status: Uint8Array<ArrayBuffer>;
  readonly reasons: ReadonlyMap<number, FailureReason>;
}

/** What collects one input of a batch, one example after another. */
interface Collector {
  /** What the feature function writes to for the next example. */
  readonly target: unknown;
  keep(): void;
  drop(): void;
  finish(): InputFeatures;
}

/**
 * Runs a member's feature function over a batch: the one implementation of its features, for training and for judging.
 *
 * @param examples - Shape [n].
 * @returns A feature function that throws fails its example only, with code `MEMBER_FEATURES_THREW` (or the thrown code).
 * @throws {OnnxError} `ONNX_ENCODED_UNSUPPORTED`
 * @example
 * const inputs = { length: dense(1) };
 * const features = (text: string, { length }: { length: Float32Array }) => void (length[0] = text.length);
 * buildFeatures({ inputs, features }, ['a', 'bc']).inputs.length
 * // { kind: 'dense', width: 1, values: Float32Array [1, 2] }
 */
export function buildFeatures<Example>(
  classifier: Pick<OnnxClassifier<Example>, 'inputs' | 'features'>,
  examples: readonly Example[],
): FeatureBatch {
  const collectors = Object.entries(classifier.inputs).map(
    ([name, spec]) => [name, createCollector(name, spec, examples.length)] as const,
  );
  const status = new Uint8Array(examples.length);
  const reasons = new Map<number, FailureReason>();
  let kept = 0;
  for (const [i, example] of examples.entries()) {
    const targets = Object.fromEntries(collectors.map(([name, collector]) => [name, collector.target]));
    try {
      if (classifier.features(example, targets) === false) status[i] = ABSTAINED;
    } catch (error) {
      status[i] = FAILED;
      reasons.set(i, { code: errorCode(error) ?? 'MEMBER_FEATURES_THREW', message: errorMessage(error) });
    }
    const keep = status[i] === 0;
    for (const [, collector] of collectors) {
      if (keep) collector.keep();
      else collector.drop();
    }
    if (keep) kept++;
  }
  return { inputs: Object.fromEntries(collectors.map(([name, c]) => [name, c.finish()])), kept, status, reasons };
}

function createCollector(name: string, spec: InputSpec<never>, capacity: number): Collector {
  switch (spec.kind) {
    case 'dense':
      return new DenseCollector(spec.width, capacity);
    case 'bag':
      return new BagCollector(new BagBuilder(spec));
    case 'string':
      return new CellCollector<string>('', (values) => ({ kind: 'string', values }));
    case 'number':
      return new CellCollector<number>(0, (values) => ({ kind: 'number', values: Float32Array.from(values) }));
    case 'encoded':
      throw new OnnxError(
        'ONNX_ENCODED_UNSUPPORTED',
        `Input "${name}" is an encoder's output, and no encoder step runs here. Members on encoders need a later @clamor/onnx.`,
      );
  }
}

class DenseCollector implements Collector {
  readonly #width: number;
  readonly #values: Float32Array<ArrayBuffer>;
  #row = 0;

  constructor(width: number, capacity: number) {
    this.#width = width;
    this.#values = new Float32Array(width * capacity);
  }

  get target(): Float32Array {
    return this.#values.subarray(this.#row * this.#width, (this.#row + 1) * this.#width);
  }

  keep(): void {
    this.#row++;
  }

  drop(): void {
    this.#values.fill(0, this.#row * this.#width, (this.#row + 1) * this.#width);
  }

  finish(): DenseFeatures {
    return { kind: 'dense', width: this.#width, values: this.#values.subarray(0, this.#row * this.#width) };
  }
}

class BagCollector implements Collector {
  readonly target: BagBuilder;

  constructor(builder: BagBuilder) {
    this.target = builder;
  }

  keep(): void {
    this.target.keep();
  }

  drop(): void {
    this.target.drop();
  }

  finish(): BagFeatures {
    return this.target.finish();
  }
}

/** One string or number per example; an example that sets none has the empty value. */
class CellCollector<Value> implements Collector {
  readonly #values: Value[] = [];
  readonly #empty: Value;
  readonly #finish: (values: Value[]) => InputFeatures;
  #current: Value;
  readonly target: { set(value: Value): void };

  constructor(empty: Value, finish: (values: Value[]) => InputFeatures) {
    this.#empty = empty;
    this.#current = empty;
    this.#finish = finish;
    this.target = { set: (value) => void (this.#current = value) };
  }

  keep(): void {
    this.#values.push(this.#current);
    this.#current = this.#empty;
  }

  drop(): void {
    this.#current = this.#empty;
  }

  finish(): InputFeatures {
    return this.#finish(this.#values);
  }
}
