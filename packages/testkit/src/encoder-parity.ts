import { readFileSync } from 'node:fs';

/** What the original of an encoder gave for some texts, as a JSON file. */
export interface EncoderParity {
  readonly cases: readonly {
    readonly text: string;
    /** The token ids that the original read. */
    readonly ids: readonly number[];
    /** Float32, little-endian, base64. */
    readonly row: string;
  }[];
}

/** One case with its row as numbers. */
export interface ParityCase {
  readonly text: string;
  readonly ids: readonly number[];
  readonly row: Float32Array;
}

/** Reads an {@link EncoderParity} file. */
export function readParity(file: URL): readonly ParityCase[] {
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as EncoderParity;
  return cases.map(({ text, ids, row }) => ({
    text,
    ids,
    row: new Float32Array(Uint8Array.from(Buffer.from(row, 'base64')).buffer),
  }));
}

/**
 * The cosine of the angle between two rows.
 *
 * @returns In [−1, 1]; NaN when a row is all zeros or the lengths differ.
 * @example cosine(Float32Array.of(1, 0), Float32Array.of(0, 2)) // 0
 */
export function cosine(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.NaN;
  const dot = a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}
