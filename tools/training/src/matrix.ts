import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { type OnnxClassifier, SCORED } from '@clamor/contract';
import { buildFeatures, type EncodedRow, type EncodeTexts, inputEncodings } from '@clamor/onnx';
import { writeNpy } from '@clamor/store';

/** What the fit is told of a member's input. */
export type MatrixInput =
  | { readonly name: string; readonly kind: 'dense'; readonly width: number }
  | { readonly name: string; readonly kind: 'bag'; readonly weighted: boolean };

/** Options of {@link writeMatrix}. */
export interface MatrixOptions {
  /** Rows for the texts of encoded inputs; a member that has some needs it. */
  readonly encode?: EncodeTexts;
}

/**
 * Writes a member's feature matrix into a folder, as its own feature function makes it: the rows that did not abstain, and
 * their values (dense, or what an encoder gave) or ids, rows and weights (bag).
 *
 * @throws {Error} when a feature function or an encoder fails on an example, or the member has not exactly one input.
 */
export async function writeMatrix(
  folder: string,
  classifier: OnnxClassifier<unknown>,
  examples: readonly unknown[],
  { encode }: MatrixOptions = {},
): Promise<MatrixInput> {
  await mkdir(folder, { recursive: true });
  const rowsOfTexts = encode === undefined ? {} : await encodedRows(classifier, examples, encode);
  const batch = buildFeatures(classifier, examples, rowsOfTexts);
  for (const [i, { code, message }] of batch.reasons) throw new Error(`${folder}, example ${i}: ${code}: ${message}`);
  const rows = [...batch.status.keys()].filter((i) => batch.status[i] === SCORED);
  await writeNpy(join(folder, 'rows.npy'), Int32Array.from(rows));
  const [[name, features] = ['', undefined], ...others] = Object.entries(batch.inputs);
  if (features?.kind === 'dense' && others.length === 0) {
    await writeNpy(join(folder, 'values.npy'), features.values);
    return { name, kind: 'dense', width: features.width };
  }
  if (features?.kind === 'bag' && others.length === 0) {
    await writeNpy(join(folder, 'ids.npy'), features.ids);
    await writeNpy(join(folder, 'id-rows.npy'), features.rows);
    if (features.weights !== null) await writeNpy(join(folder, 'id-weights.npy'), features.weights);
    return { name, kind: 'bag', weighted: features.weights !== null };
  }
  throw new Error(
    `${folder}: inputs ${Object.keys(batch.inputs).join(', ')}; one dense, bag or encoded input was wanted.`,
  );
}

async function encodedRows(
  classifier: OnnxClassifier<unknown>,
  examples: readonly unknown[],
  encode: EncodeTexts,
): Promise<Record<string, EncodedRow[]>> {
  const rows: Record<string, EncodedRow[]> = {};
  const context = { signal: new AbortController().signal, deadline: Number.MAX_SAFE_INTEGER };
  for (const { input, encoder, texts, reasons } of inputEncodings(classifier, examples)) {
    const wanted = texts.filter((text) => text !== null);
    const answer = await encode(encoder, wanted, context);
    let next = 0;
    const row = (i: number): EncodedRow =>
      answer.reasons.get(i) ?? answer.rows.subarray(i * encoder.width, (i + 1) * encoder.width);
    rows[input] = texts.map((text, i) => (text === null ? (reasons.get(i) ?? null) : row(next++)));
  }
  return rows;
}
