import type { InputSpec } from '@clamor/contract';
import { BagBuilder, type BagFeatures } from './bag-features.ts';

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

/** What collects one input of a batch, one example after another. */
export interface Collector {
  /** What the feature function writes to for the next example. */
  readonly target: unknown;
  keep(): void;
  drop(): void;
  finish(): InputFeatures;
}

/** A collector for one input of at most `capacity` examples. */
export function createCollector(spec: InputSpec<never>, capacity: number): Collector {
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
      // The encoder's rows are written where a feature function would write.
      return new DenseCollector(spec.encoder.width, capacity);
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
