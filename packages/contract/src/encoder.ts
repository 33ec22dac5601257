import { CONTRACT_VERSION } from './contract-version.ts';
import type { CallContext } from './classifier.ts';
import { ContractError } from './errors.ts';

/** An encoder that is ready to run. */
export interface LoadedEncoder {
  /**
   * Encodes a batch of texts.
   *
   * @returns Shape [n, width], row by row, float32, finite. The row of a text never depends on its batch.
   */
  encode(
    texts: readonly string[],
    context: CallContext,
  ): Float32Array<ArrayBuffer> | Promise<Float32Array<ArrayBuffer>>;
  /** May be called twice. */
  close(): void | Promise<void>;
}

/** Shared heavy work: runs once per example for all members that read it. */
export interface Encoder {
  readonly kind: 'encoder';
  readonly contract: number;
  /** Columns of the output. */
  readonly width: number;
  load(): LoadedEncoder | Promise<LoadedEncoder>;
}

/** What {@link defineEncoder} takes. */
export type EncoderDefinition = Pick<Encoder, 'width' | 'load'>;

/**
 * Declares an encoder; a package exports it as `encoder`.
 *
 * @throws {ContractError} `CONTRACT_DEFINITION_INVALID`
 * @example
 * defineEncoder({ width: 1, load: () => ({ encode: (texts) => Float32Array.from(texts, (t) => t.length), close() {} }) })
 */
export function defineEncoder(definition: EncoderDefinition): Encoder {
  if (typeof definition.load !== 'function' || !Number.isInteger(definition.width) || definition.width < 1) {
    throw new ContractError(
      'CONTRACT_DEFINITION_INVALID',
      `defineEncoder takes { width, load } with width an integer of at least 1; width is ${definition.width}, load is a ${typeof definition.load}.`,
    );
  }
  return Object.freeze({ kind: 'encoder', contract: CONTRACT_VERSION, width: definition.width, load: definition.load });
}
