import type { EncodeResult, FailureReason } from '@clamor/contract';

/** The row of a text, or why it has none. */
export type EncodedText = Float32Array | FailureReason;

/** The texts of one batch that encoders have been asked for: members take their rows from here. */
export class BatchEncodings {
  readonly #texts = new Map<number, Map<string, EncodedText>>();

  /** Those of the texts that an encoder has not been asked for yet. */
  missing(encoder: number, texts: Iterable<string>): Set<string> {
    const known = this.#texts.get(encoder);
    return new Set([...texts].filter((text) => known?.has(text) !== true));
  }

  /** Takes what an encoder gave. */
  add(encoder: number, encoded: ReadonlyMap<string, EncodedText>): void {
    const known = this.#texts.get(encoder) ?? new Map<string, EncodedText>();
    for (const [text, row] of encoded) known.set(text, row);
    this.#texts.set(encoder, known);
  }

  /**
   * The rows of texts; a member that asks for a text that it did not name before has none for it.
   *
   * @returns Copies: what a member does with them reaches nobody else.
   */
  answer(encoder: number, texts: readonly string[], width: number): EncodeResult {
    const known = this.#texts.get(encoder);
    const rows = new Float32Array(texts.length * width);
    const reasons = new Map<number, FailureReason>();
    for (const [i, text] of texts.entries()) {
      const found = known?.get(text) ?? TEXT_CHANGED;
      if (found instanceof Float32Array) rows.set(found, i * width);
      else reasons.set(i, found);
    }
    return { rows, reasons };
  }

  /** Codes with which an encoder failed. */
  codes(encoder: number): ReadonlySet<string> {
    const codes = new Set<string>();
    for (const found of this.#texts.get(encoder)?.values() ?? [])
      if (!(found instanceof Float32Array)) codes.add(found.code);
    return codes;
  }
}

const TEXT_CHANGED: FailureReason = {
  code: 'MEMBER_TEXT_CHANGED',
  message: 'The member asks for a text that it did not name before the encoder ran: its text function is not one.',
};
