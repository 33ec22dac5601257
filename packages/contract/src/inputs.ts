import type { Encoder } from './encoder.ts';
import { ContractError } from './errors.ts';

/** A row of float32 numbers per example; graph input `<name>`: float32 [n, width]. */
export interface DenseInput {
  readonly kind: 'dense';
  readonly width: number;
}

/**
 * Any number of ids per example, each with an optional weight: ragged, so without padding, and the sum over one
 * example never depends on its batch.
 *
 * Graph inputs, with T the ids of the whole batch: `<name>_ids` int64 [T], `<name>_rows` int64 [T] (the example that each
 * id belongs to, ascending), `<name>_count` int64 [1] (n), and, when weighted, `<name>_weights` float32 [T].
 */
export interface BagInput {
  readonly kind: 'bag';
  /** Ids beyond this many in one example are dropped: mail is hostile, its size is not to be trusted. */
  readonly maxIds: number;
  readonly weighted: boolean;
}

/** One string per example; graph input `<name>`: string [n, 1], as skl2onnx exports it. */
export interface StringInput {
  readonly kind: 'string';
}

/** One number per example; graph input `<name>`: float32 [n, 1], as skl2onnx exports it. */
export interface NumberInput {
  readonly kind: 'number';
}

/** An encoder's output for a text of the example; graph input `<name>`: float32 [n, width]. */
export interface EncodedInput<Example> {
  readonly kind: 'encoded';
  readonly encoder: Encoder;
  /** The text to encode, or `null` to abstain. */
  readonly text: (example: Example) => string | null;
}

/** How one named input of a graph is fed. */
export type InputSpec<Example = never> = DenseInput | BagInput | StringInput | NumberInput | EncodedInput<Example>;

/** Where a feature function puts the ids of one example. */
export interface BagWriter {
  /**
   * Adds an id. Silently dropped beyond `maxIds`.
   *
   * @param id - Integer ≥ 0 within the range of the graph's table.
   * @param weight - Finite; default 1. Ignored by a bag that is not weighted.
   */
  add(id: number, weight?: number): void;
}

/** Where a feature function puts one string or number. */
export interface CellWriter<Value> {
  set(value: Value): void;
}

/** The place that a feature function writes one example's input to; a dense row starts as zeros, shape [width]. */
export type FeatureTarget<Spec> = Spec extends DenseInput
  ? Float32Array
  : Spec extends BagInput
    ? BagWriter
    : Spec extends StringInput
      ? CellWriter<string>
      : Spec extends NumberInput
        ? CellWriter<number>
        : never;

/** One {@link FeatureTarget} per named input; encoded inputs are filled by the runtime. */
export type FeatureTargets<Inputs> = {
  readonly [Name in keyof Inputs as Inputs[Name] extends EncodedInput<never> ? never : Name]: FeatureTarget<
    Inputs[Name]
  >;
};

/**
 * A dense input.
 *
 * @param width - Integer ≥ 1.
 * @throws {ContractError} `CONTRACT_INPUT_INVALID`
 * @example dense(3) // { kind: 'dense', width: 3 }
 */
export function dense(width: number): DenseInput {
  return { kind: 'dense', width: positiveInteger(width, 'dense(width)') };
}

/** Options of {@link bag}. */
export interface BagOptions {
  /** Whether ids carry weights; default `false`. */
  readonly weighted?: boolean;
}

/**
 * A bag input.
 *
 * @param maxIds - Integer ≥ 1: the bound per example.
 * @throws {ContractError} `CONTRACT_INPUT_INVALID`
 * @example bag(4096) // { kind: 'bag', maxIds: 4096, weighted: false }
 */
export function bag(maxIds: number, options: BagOptions = {}): BagInput {
  return { kind: 'bag', maxIds: positiveInteger(maxIds, 'bag(maxIds)'), weighted: options.weighted ?? false };
}

/**
 * A string column.
 *
 * @example string() // { kind: 'string' }
 */
export function string(): StringInput {
  return { kind: 'string' };
}

/**
 * A number column.
 *
 * @example number() // { kind: 'number' }
 */
export function number(): NumberInput {
  return { kind: 'number' };
}

/**
 * An encoder's output as an input.
 *
 * @param text - Which text of the example the encoder reads; `null` abstains.
 * @example
 * // encoded(encoder, (mail: Mail) => mail.text)
 */
export function encoded<Example>(encoder: Encoder, text: (example: Example) => string | null): EncodedInput<Example> {
  return { kind: 'encoded', encoder, text };
}

function positiveInteger(value: number, where: string): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new ContractError('CONTRACT_INPUT_INVALID', `${where} was given ${value}; it takes an integer of at least 1.`);
}
