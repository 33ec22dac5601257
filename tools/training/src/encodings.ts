import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';

import type { Encoder, EncodeResult, FailureReason } from '@clamor/contract';
import { type CheckedEncoder, type EncodeTexts, loadEncoder } from '@clamor/onnx';

const KEY_BYTES = 32;
const PART = 64;

/** Rows of encoders, kept in a folder between runs. */
export interface Encodings {
  readonly encode: EncodeTexts;
  readonly close: () => Promise<void>;
}

/** Options of {@link openEncodings}. */
export interface OpenEncodingsOptions {
  /** Default: by `@clamor/onnx`. */
  readonly load?: (encoder: Encoder) => Promise<CheckedEncoder>;
}

/** The rows of one encoder. */
interface KnownRows {
  readonly file: string;
  /** SHA-256 of a text, hex → its row. */
  readonly rows: Map<string, Float32Array<ArrayBuffer>>;
}

/**
 * Encodes texts for the fits, each text once on this machine: a run that stops has lost {@link PART} texts at most.
 *
 * A file per encoder, named by the hashes of its graph and its tokenizer: records of the text's SHA-256, the row, and the first
 * 8 bytes of the SHA-256 of both. The file is cut before a record that is torn or
 * has changed.
 *
 * @param folder - Made when it is not there.
 */
export function openEncodings(folder: string, { load = loadEncoder }: OpenEncodingsOptions = {}): Encodings {
  const known = new Map<Encoder, Promise<KnownRows>>();
  const loaded = new Map<Encoder, Promise<CheckedEncoder>>();
  return {
    async encode(encoder, texts, context) {
      if (!known.has(encoder)) known.set(encoder, readRows(folder, encoder));
      const { file, rows } = await known.get(encoder)!;
      const keys = texts.map((text) => createHash('sha256').update(text).digest('hex'));
      const missing = [...new Map(keys.map((key, i) => [key, texts[i]!]))].filter(([key]) => !rows.has(key));
      const reasons = new Map<string, FailureReason>();
      for (let first = 0; first < missing.length; first += PART) {
        if (!loaded.has(encoder)) loaded.set(encoder, load(encoder));
        const part = missing.slice(first, first + PART);
        const wanted = part.map(([, text]) => text);
        const answer = await (await loaded.get(encoder)!).encode(wanted, context);
        const records: Buffer[] = [];
        for (const [i, [key]] of part.entries()) {
          const reason = answer.reasons.get(i);
          if (reason !== undefined) {
            reasons.set(key, reason);
            continue;
          }
          const row = answer.rows.slice(i * encoder.width, (i + 1) * encoder.width);
          rows.set(key, row);
          records.push(toRecord(key, row));
        }
        await appendFile(file, Buffer.concat(records));
        if (missing.length > 2 * PART) console.log(`encoded ${first + part.length} of ${missing.length} texts`);
      }
      return toResult(encoder, keys, { rows, reasons });
    },
    async close() {
      for (const encoder of loaded.values()) await (await encoder).close();
      loaded.clear();
    },
  };
}

function toResult(
  { width }: Encoder,
  keys: readonly string[],
  found: { readonly rows: KnownRows['rows']; readonly reasons: ReadonlyMap<string, FailureReason> },
): EncodeResult {
  const rows = new Float32Array(keys.length * width);
  const reasons = new Map<number, FailureReason>();
  for (const [i, key] of keys.entries()) {
    const row = found.rows.get(key);
    if (row === undefined) reasons.set(i, found.reasons.get(key)!);
    else rows.set(row, i * width);
  }
  return { rows, reasons };
}

async function readRows(folder: string, encoder: Encoder): Promise<KnownRows> {
  if (encoder.form !== 'onnx') throw new Error('Fits read encoders that are data: what code gives has no hash.');
  await mkdir(folder, { recursive: true });
  const hash = createHash('sha256').update(`${encoder.width} ${encoder.maxTokens} ${encoder.maxCharacters}\n`);
  for (const url of [encoder.artifact, encoder.tokenizer]) hash.update(await readFile(url));
  const file = join(folder, `${hash.digest('hex').slice(0, 16)}.rows`);
  const bytes = await readFile(file).catch(() => Buffer.alloc(0));
  const rows: KnownRows['rows'] = new Map();
  const size = KEY_BYTES + encoder.width * 4 + 8;
  let at = 0;
  for (; at + size <= bytes.length; at += size) {
    const key = bytes.toString('hex', at, at + KEY_BYTES);
    const row = new Float32Array(Uint8Array.from(bytes.subarray(at + KEY_BYTES, at + size - 8)).buffer);
    if (!toRecord(key, row).equals(bytes.subarray(at, at + size))) break;
    rows.set(key, row);
  }
  if (at < bytes.length) await truncate(file, at);
  return { file, rows };
}

function toRecord(key: string, row: Float32Array<ArrayBuffer>): Buffer {
  const record = Buffer.concat([Buffer.from(key, 'hex'), Buffer.from(row.buffer)]);
  return Buffer.concat([record, createHash('sha256').update(record).digest().subarray(0, 8)]);
}
