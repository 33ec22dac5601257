import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type Encoder, type EncodeResult, errorMessage, type FailureReason, type OnnxEncoder } from '@clamor/contract';
import { type CheckedEncoder, type EncodeTexts, loadEncoder } from '@clamor/onnx';
import { encoderHash } from '@clamor/runtime';
import { type EncodedTexts, readEncoderColumn, writeEncoderColumn } from '@clamor/store';

const KEY_BYTES = 32;
const PART = 64;
const SAVE_EVERY = 512;

/** Rows of encoders, kept in a folder between runs. */
export interface Encodings {
  readonly encode: EncodeTexts;
  /** Keeps what was encoded since the last time, too. */
  readonly close: () => Promise<void>;
}

/** Options of {@link openEncodings}. */
export interface OpenEncodingsOptions {
  /** Name and version of the dataset whose texts are encoded. */
  readonly dataset: string;
  /** As `hashDataset` makes it; default not known. */
  readonly datasetHash?: string | null;
  /** Default: by `@clamor/onnx`. */
  readonly load?: (encoder: Encoder) => Promise<CheckedEncoder>;
}

/**
 * Encodes texts for the fits, each text once on this machine: a run that stops has lost {@link SAVE_EVERY} texts at most.
 *
 * The rows are those that `clamor evaluate` keeps and uses (docs/caching.md), so that neither encodes what the other has. A file that
 * is damaged is said and written anew.
 *
 * @param folder - Made when it is not there.
 */
export function openEncodings(
  folder: string,
  { dataset, datasetHash = null, load = loadEncoder }: OpenEncodingsOptions,
): Encodings {
  const opened = new Map<Encoder, Promise<KeptRows>>();
  return {
    async encode(encoder, texts, context) {
      if (!opened.has(encoder)) opened.set(encoder, KeptRows.open(encoder, { folder, dataset, datasetHash, load }));
      return await (await opened.get(encoder)!).encode(texts, context);
    },
    close: async () => {
      for (const rows of opened.values()) await (await rows).close();
      opened.clear();
    },
  };
}

interface KeptRowsParts extends Required<OpenEncodingsOptions> {
  readonly folder: string;
}

/** The rows of one encoder. */
class KeptRows {
  readonly #encoder: OnnxEncoder;
  readonly #hash: string;
  readonly #parts: KeptRowsParts;
  /** SHA-256 of a text, hex → its row. */
  readonly #rows = new Map<string, Float32Array>();
  /** Of the rows that are not in the folder. */
  #unsaved: string[] = [];
  #loaded: CheckedEncoder | undefined;

  private constructor(encoder: OnnxEncoder, hash: string, parts: KeptRowsParts) {
    this.#encoder = encoder;
    this.#hash = hash;
    this.#parts = parts;
  }

  static async open(encoder: Encoder, parts: KeptRowsParts): Promise<KeptRows> {
    if (encoder.form !== 'onnx') throw new Error('Fits read encoders that are data: what code gives has no hash.');
    const kept = new KeptRows(encoder, await hashOf(encoder), parts);
    const column = await readEncoderColumn(parts.folder, { encoder: kept.#hash, dataset: parts.dataset }).catch(
      (error: unknown) => console.error(`Kept rows are not used: ${errorMessage(error)}`),
    );
    if (column) kept.#add(column);
    return kept;
  }

  async encode(texts: readonly string[], context: Parameters<EncodeTexts>[2]): Promise<EncodeResult> {
    const keys = texts.map((text) => createHash('sha256').update(text).digest('hex'));
    const missing = [...new Map(keys.map((key, i) => [key, texts[i]!]))].filter(([key]) => !this.#rows.has(key));
    const reasons = new Map<string, FailureReason>();
    for (let first = 0; first < missing.length; first += PART) {
      const part = missing.slice(first, first + PART);
      this.#loaded ??= await this.#parts.load(this.#encoder);
      const answer = await this.#loaded.encode(
        part.map(([, text]) => text),
        context,
      );
      for (const [i, [key]] of part.entries()) {
        const reason = answer.reasons.get(i);
        if (reason === undefined) this.#take(key, answer.rows, i);
        else reasons.set(key, reason);
      }
      if (this.#unsaved.length >= SAVE_EVERY) await this.#save();
      if (missing.length > 2 * PART) console.log(`encoded ${first + part.length} of ${missing.length} texts`);
    }
    return this.#toResult(keys, reasons);
  }

  async close(): Promise<void> {
    await this.#save();
    await this.#loaded?.close();
  }

  #add({ keys, rows }: EncodedTexts): void {
    const bytes = Buffer.from(keys);
    const { width } = this.#encoder;
    for (let i = 0; i < bytes.length / KEY_BYTES; i++) {
      this.#rows.set(
        bytes.toString('hex', i * KEY_BYTES, (i + 1) * KEY_BYTES),
        rows.subarray(i * width, (i + 1) * width),
      );
    }
  }

  #take(key: string, rows: Float32Array, place: number): void {
    const { width } = this.#encoder;
    this.#rows.set(key, rows.slice(place * width, (place + 1) * width));
    this.#unsaved.push(key);
  }

  async #save(): Promise<void> {
    if (this.#unsaved.length === 0) return;
    const { folder, dataset, datasetHash } = this.#parts;
    const { width } = this.#encoder;
    // What another run has kept meanwhile stays.
    const kept = await readEncoderColumn(folder, { encoder: this.#hash, dataset }).catch(() => null);
    const rows = new Float32Array(this.#unsaved.length * width);
    for (const [i, key] of this.#unsaved.entries()) rows.set(this.#rows.get(key)!, i * width);
    const added = { keys: Buffer.from(this.#unsaved.join(''), 'hex'), rows };
    const parts = kept === null ? [added] : [kept, added];
    const about = { ...(await packageOf(this.#encoder)), encoder: this.#hash, dataset, datasetHash, width };
    await writeEncoderColumn(folder, { ...about, parts });
    this.#unsaved = [];
  }

  #toResult(keys: readonly string[], failed: ReadonlyMap<string, FailureReason>): EncodeResult {
    const { width } = this.#encoder;
    const rows = new Float32Array(keys.length * width);
    const reasons = new Map<number, FailureReason>();
    for (const [i, key] of keys.entries()) {
      const row = this.#rows.get(key);
      if (row === undefined) reasons.set(i, failed.get(key)!);
      else rows.set(row, i * width);
    }
    return { rows, reasons };
  }
}

/** By the files that it runs with, whatever its record says. */
async function hashOf({ artifact, tokenizer, ...identity }: OnnxEncoder): Promise<string> {
  const files = { artifact: { sha256: await hashFile(artifact) }, tokenizer: { sha256: await hashFile(tokenizer) } };
  return encoderHash({ ...identity, ...files }, '');
}

async function hashFile(file: URL): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

/** The package that an artifact lies in. */
async function packageOf({ artifact }: OnnxEncoder): Promise<{ package: string; version: string }> {
  for (let dir = dirname(fileURLToPath(artifact)); ; dir = dirname(dir)) {
    const text = await readFile(join(dir, 'package.json'), 'utf8').catch(() => null);
    if (text === null && dir !== dirname(dir)) continue;
    const { name = 'none', version = '0.0.0' } = JSON.parse(text ?? '{}') as { name?: string; version?: string };
    return { package: name, version };
  }
}
