import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  type EncodedTexts,
  type EncoderColumnManifest,
  type EncoderColumnToStore,
  encoderStem,
  KEY_BYTES,
} from './encoder-column.ts';
import { StoreError } from './errors.ts';
import { encodeNpy } from './npy.ts';
import { removeOldest } from './remove-oldest.ts';

/** Encoders and datasets of which a folder of {@link writeEncoderColumn} holds rows at most unless it is told otherwise. */
export const MAX_ENCODER_COLUMNS = 8;

/**
 * Writes the rows of an encoder over a dataset into a folder: `….keys.npy`, `….rows.npy` and their manifest, named for dataset and
 * encoder. The same texts give the same bytes, in whatever order they come.
 *
 * Each file is replaced as a whole, the manifest last, so that a crash leaves the old rows, or rows that `readEncoderColumn` refuses.
 *
 * @param options.max - Encoders and datasets of which the folder holds rows afterwards at most, those that were written last;
 * default {@link MAX_ENCODER_COLUMNS}.
 * @throws {StoreError} `STORE_ENCODER_COLUMN_INVALID` when keys and rows do not fit together, or a row is not finite.
 */
export async function writeEncoderColumn(
  folder: string,
  column: EncoderColumnToStore,
  { max = MAX_ENCODER_COLUMNS }: { readonly max?: number } = {},
): Promise<EncoderColumnManifest> {
  const { parts, ...about } = column;
  for (const part of parts) checkPart(part, column);
  const { keys, rows } = mergeParts(parts, column.width);
  const count = keys.length / KEY_BYTES;
  const stem = encoderStem(column);
  const contents = { keys: encodeNpy(keys, [count, KEY_BYTES]), rows: encodeNpy(rows, [count, column.width]) };
  const manifest: EncoderColumnManifest = {
    kind: 'encodings',
    ...about,
    datasetHash: column.datasetHash ?? null,
    count,
    files: { keys: `${stem}.keys.npy`, rows: `${stem}.rows.npy` },
    sha256: { keys: sha256(contents.keys), rows: sha256(contents.rows) },
  };
  await mkdir(folder, { recursive: true });
  await replace(join(folder, manifest.files.keys), contents.keys);
  await replace(join(folder, manifest.files.rows), contents.rows);
  await replace(join(folder, `${stem}.json`), `${JSON.stringify(manifest, null, 2)}\n`);
  await removeOldest(folder, { max, files: ['.keys.npy', '.rows.npy'] });
  return manifest;
}

function checkPart({ keys, rows }: EncodedTexts, { encoder, width }: EncoderColumnToStore): void {
  const count = keys.length / KEY_BYTES;
  const faults: string[] = [];
  if (!Number.isInteger(count) || !Number.isInteger(width) || width < 1 || rows.length !== count * width) {
    faults.push(
      `${keys.length} bytes of keys and ${rows.length} numbers; ${KEY_BYTES} and ${width} belong to each text`,
    );
  }
  const wrong = rows.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) faults.push(`row ${Math.floor(wrong / width)} has the value ${rows[wrong]}; all must be finite`);
  if (faults.length === 0) return;
  throw new StoreError(
    'STORE_ENCODER_COLUMN_INVALID',
    `Rows of encoder ${encoder.slice(0, 16)}…: ${faults.join('; ')}. Encode the texts again.`,
  );
}

/** All parts in the order of their keys, each text once. */
function mergeParts(parts: readonly EncodedTexts[], width: number): EncodedTexts {
  const places = new Map<string, { readonly part: EncodedTexts; readonly place: number }>();
  for (const part of parts) {
    const bytes = Buffer.from(part.keys.buffer, part.keys.byteOffset, part.keys.byteLength);
    for (let place = 0; place < bytes.length / KEY_BYTES; place++) {
      const key = bytes.toString('hex', place * KEY_BYTES, (place + 1) * KEY_BYTES);
      if (!places.has(key)) places.set(key, { part, place });
    }
  }
  const sorted = [...places].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const keys = new Uint8Array(sorted.length * KEY_BYTES);
  const rows = new Float32Array(sorted.length * width);
  for (const [i, [key, { part, place }]] of sorted.entries()) {
    keys.set(Buffer.from(key, 'hex'), i * KEY_BYTES);
    rows.set(part.rows.subarray(place * width, (place + 1) * width), i * width);
  }
  return { keys, rows };
}

async function replace(file: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
