import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { errorCode, errorMessage } from '@clamor/contract';

import {
  type EncoderColumn,
  type EncoderColumnManifest,
  encoderManifestFaults,
  type EncoderColumnName,
  encoderStem,
  KEY_BYTES,
} from './encoder-column.ts';
import { StoreError } from './errors.ts';
import { decodeNpy } from './npy.ts';

/**
 * Reads the rows of an encoder over a dataset that `writeEncoderColumn` wrote. Every hash is checked, so that what is torn, changed
 * or of another encoder is not used.
 *
 * @returns `null` when there are none.
 * @throws {StoreError} `STORE_MANIFEST_INVALID`, `STORE_FILE_MISSING`, `STORE_COLUMN_HASH_MISMATCH`, `STORE_NPY_INVALID`,
 * `STORE_ENCODER_COLUMN_INVALID`: write them again.
 */
export async function readEncoderColumn(folder: string, name: EncoderColumnName): Promise<EncoderColumn | null> {
  const file = join(folder, `${encoderStem(name)}.json`);
  const manifest = await readManifest(file);
  if (manifest === null) return null;
  if (manifest.encoder !== name.encoder || manifest.dataset !== name.dataset) {
    throw invalid(
      file,
      `is of encoder ${manifest.encoder} over ${manifest.dataset}, not of ${name.encoder} over ${name.dataset}`,
    );
  }
  const keys = await readPart(folder, manifest, 'keys');
  const rows = await readPart(folder, manifest, 'rows');
  const { count, width } = manifest;
  const isFit = isShape(keys.shape, [count, KEY_BYTES]) && isShape(rows.shape, [count, width]);
  if (!isFit || !(keys.values instanceof Uint8Array) || !(rows.values instanceof Float32Array)) {
    throw invalid(file, `has keys [${keys.shape.join(', ')}] and rows [${rows.shape.join(', ')}] for ${count} texts`);
  }
  if (!isAscending(keys.values)) throw invalid(file, 'has keys that are not in order');
  return { manifest, keys: new Uint8Array(toShared(keys.values)), rows: new Float32Array(toShared(rows.values)) };
}

async function readManifest(file: string): Promise<EncoderColumnManifest | null> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch (cause) {
    throw new StoreError('STORE_MANIFEST_INVALID', `"${file}" is not JSON: ${errorMessage(cause)}. Encode again.`, {
      cause,
    });
  }
  const faults = encoderManifestFaults(manifest);
  if (faults.length === 0) return manifest as EncoderColumnManifest;
  throw new StoreError('STORE_MANIFEST_INVALID', `"${file}": ${faults.join('; ')}. Encode again.`);
}

async function readPart(
  folder: string,
  manifest: EncoderColumnManifest,
  part: 'keys' | 'rows',
): Promise<ReturnType<typeof decodeNpy>> {
  const file = join(folder, manifest.files[part]);
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new StoreError('STORE_FILE_MISSING', `"${file}" cannot be read: ${errorMessage(cause)}. Encode again.`, {
      cause,
    });
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 === manifest.sha256[part]) return decodeNpy(bytes, file);
  throw new StoreError(
    'STORE_COLUMN_HASH_MISMATCH',
    `"${file}" has SHA-256 ${sha256}; its manifest says ${manifest.sha256[part]}.\nRemove it, and encode again.`,
  );
}

function isShape(shape: readonly number[], wanted: readonly number[]): boolean {
  return shape.length === wanted.length && shape.every((axis, i) => axis === wanted[i]);
}

function isAscending(keys: Uint8Array): boolean {
  for (let i = KEY_BYTES; i < keys.length; i += KEY_BYTES) {
    if (Buffer.compare(keys.subarray(i - KEY_BYTES, i), keys.subarray(i, i + KEY_BYTES)) >= 0) return false;
  }
  return true;
}

/** A copy that threads can look into without one of their own. */
function toShared({ buffer, byteOffset, byteLength }: Uint8Array | Float32Array): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(byteLength);
  new Uint8Array(shared).set(new Uint8Array(buffer, byteOffset, byteLength));
  return shared;
}

function invalid(file: string, found: string): StoreError {
  return new StoreError('STORE_ENCODER_COLUMN_INVALID', `"${file}" ${found}. Remove it, and encode again.`);
}
