import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { type OnnxClassifier, SCORED } from '@clamor/contract';
import { buildFeatures } from '@clamor/onnx';

import { writeNpy } from './npy.ts';

/** What the fit is told of a member's input. */
export type MatrixInput =
  | { readonly name: string; readonly kind: 'dense'; readonly width: number }
  | { readonly name: string; readonly kind: 'bag'; readonly weighted: boolean };

/**
 * Writes a member's feature matrix into a folder, as its own feature function makes it: the rows that did not abstain, and
 * their values (dense) or ids, rows and weights (bag).
 *
 * @throws {Error} when a feature function fails on an example, or the member has not exactly one dense or bag input.
 */
export async function writeMatrix(
  folder: string,
  classifier: OnnxClassifier<unknown>,
  examples: readonly unknown[],
): Promise<MatrixInput> {
  await mkdir(folder, { recursive: true });
  const batch = buildFeatures(classifier, examples);
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
  throw new Error(`${folder}: inputs ${Object.keys(batch.inputs).join(', ')}; one dense or bag input was wanted.`);
}
