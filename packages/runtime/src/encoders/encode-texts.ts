import { availableParallelism } from 'node:os';
import type { FailureReason } from '@clamor/contract';
import { type Fault, formatFault } from '../discovery/fault.ts';
import { type CheckedEncoder, createEncoderReader } from '../discovery/read-encoder.ts';
import { RuntimeError, type RuntimeErrorCode } from '../errors.ts';
import { knownEncodings } from '../suite/known-encodings.ts';
import { EncodingProcess } from './encoding-process.ts';
import type { EncodedText } from './batch-encodings.ts';
import type { EncodingColumn, EncodingSource } from './encoding-source.ts';
import { findEncoding } from './known-encodings.ts';
import { KEY_BYTES, textKey } from './text-key.ts';

/** Options of {@link encodeTexts}. */
export interface EncodeTextsOptions {
  /** Folder of the encoder's package. */
  readonly dir: string;
  /** Processes, each with a copy of the encoder; default the cores this process may use. */
  readonly workers?: number;
  /** Milliseconds that the import and load of the encoder may take; default 60,000. */
  readonly loadDeadlineMs?: number;
  /** Milliseconds that a text may take; default 30,000. */
  readonly deadlineMs?: number;
  /** Ends it; what runs is killed and the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Rows that are known, and where new ones go; default none. */
  readonly encodings?: EncodingSource;
  /** Called with the number of texts that are done. */
  readonly onProgress?: (done: number) => void;
}

/** The rows of texts, and which encoder gave them. */
export interface TextRows {
  readonly encoder: {
    readonly package: string;
    readonly version: string;
    /** As in `SuiteEncoder`. */
    readonly hash: string;
    /** Columns of a row. */
    readonly width: number;
  };
  /** Shape [n, width], float32; of a text with a reason zeros. */
  readonly rows: Float32Array<ArrayBuffer>;
  /** Index of a text without a row → why. */
  readonly reasons: ReadonlyMap<number, FailureReason>;
  /** Distinct texts whose rows were known, and those that were encoded. */
  readonly hits: number;
  readonly misses: number;
}

const BATCH = 32;
const LOAD_DEADLINE_MS = 60_000;
const DEADLINE_MS = 30_000;

/**
 * The rows that an encoder gives for texts, by itself: for recipes, which fit on rows before there is a member. Each distinct text is
 * encoded once. The encoder runs in processes of its own, which are killed afterwards.
 *
 * @param texts - Shape [n].
 * @throws {RuntimeError} With a code `ENCODER_…`: the package is not fit to be imported, it does not load, or it ended its process
 * or did not answer, and then the message names the texts; `SUITE_ENCODINGS_INVALID` when known rows are not of it.
 * @example
 * // const { rows, encoder } = await encodeTexts(['Hello'], { dir: 'node_modules/@clamor/encoder-minilm' });
 * // rows.length === encoder.width // true
 */
export async function encodeTexts(texts: readonly string[], options: EncodeTextsOptions): Promise<TextRows> {
  const { loadDeadlineMs = LOAD_DEADLINE_MS, deadlineMs = DEADLINE_MS, onProgress } = options;
  options.signal?.throwIfAborted();
  const encoder = await readSound(options.dir);
  const { package: name, version, hash, record } = encoder;
  const placesOf = Map.groupBy(texts.keys(), (i) => texts[i]!);
  const rows = new Float32Array(texts.length * record.width);
  const known = (await knownEncodings(options.encodings, [{ package: name, hash, width: record.width }])).get(hash);
  const missing = [...placesOf].filter(([text, places]) => {
    const key = textKey(text);
    const row = known === undefined || key === null ? null : findEncoding(known, key);
    if (row !== null) for (const place of places) rows.set(row, place * record.width);
    return row === null;
  });
  const batches = inBatches(missing.map(([text]) => text));
  const reasons = new Map<number, FailureReason>();
  const queue = batches.values();
  const failure = new AbortController();
  const signal = options.signal === undefined ? failure.signal : AbortSignal.any([failure.signal, options.signal]);
  let done = texts.length - missing.reduce((sum, [, places]) => sum + places.length, 0);
  const run = async (): Promise<void> => {
    await using encoding = await EncodingProcess.start(encoder, { loadDeadlineMs, deadlineMs, signal });
    for (const batch of queue) {
      const given = await encoding.encode(batch);
      options.encodings?.add(hash, columnOf(given, record.width));
      for (const [text, encoded] of given) {
        for (const place of placesOf.get(text) ?? []) {
          if (encoded instanceof Float32Array) rows.set(encoded, place * record.width);
          else reasons.set(place, encoded);
          done++;
        }
      }
      onProgress?.(done);
    }
  };
  const workers = Math.min(options.workers ?? availableParallelism(), batches.length);
  await Promise.allSettled(
    // Nobody waits for what the others would give when one has failed.
    Array.from({ length: workers }, () => run().catch((error: unknown) => failure.abort(error))),
  );
  options.signal?.throwIfAborted();
  failure.signal.throwIfAborted();
  const [hits, misses] = [placesOf.size - missing.length, missing.length];
  return { encoder: { package: name, version, hash, width: record.width }, rows, reasons, hits, misses };
}

/** Rows that were encoded anew, as they are kept. */
function columnOf(given: ReadonlyMap<string, EncodedText>, width: number): EncodingColumn {
  const kept = [...given].flatMap(([text, row]) => {
    const key = textKey(text);
    return row instanceof Float32Array && key !== null ? [{ key, row }] : [];
  });
  const column = { keys: new Uint8Array(kept.length * KEY_BYTES), rows: new Float32Array(kept.length * width) };
  for (const [i, { key, row }] of kept.entries()) {
    column.keys.set(key, i * KEY_BYTES);
    column.rows.set(row, i * width);
  }
  return column;
}

async function readSound(dir: string): Promise<CheckedEncoder> {
  const reading = await createEncoderReader()(dir);
  if ('encoder' in reading) return reading.encoder;
  const faults = reading.problems.map((problem): Fault => ({ package: dir, version: reading.version, ...problem }));
  throw new RuntimeError(faults[0]!.code as RuntimeErrorCode, faults.map(formatFault).join('\n'));
}

function inBatches(texts: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(texts.length / BATCH) }, (_, i) => texts.slice(i * BATCH, (i + 1) * BATCH));
}
