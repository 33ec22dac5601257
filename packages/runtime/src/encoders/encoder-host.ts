import type { FailureReason, LoadedEncoder } from '@clamor/contract';
import type { Callers } from '../execution/callers.ts';
import { ProblemError } from '../execution/problem-error.ts';
import type { Progress } from '../execution/progress-cell.ts';
import { underDeadline } from '../execution/under-deadline.ts';
import type { HostSetup, MemberProblem, WorkerEncoder } from '../execution/worker-protocol.ts';
import type { EncodedText } from './batch-encodings.ts';
import { callEncoder } from './call-encoder.ts';
import { type EncoderRun, failuresOf } from './encoder-run.ts';
import { EncodingCache } from './encoding-cache.ts';
import type { EncodingColumn } from './encoding-source.ts';
import { findEncoding } from './known-encodings.ts';
import { loadEncoder } from './load-encoder.ts';
import { KEY_BYTES, textKey } from './text-key.ts';

/** What an encoder gave for texts, and what it did for that. */
export interface EncodedTexts {
  readonly encoded: ReadonlyMap<string, EncodedText>;
  readonly run: EncoderRun;
}

/**
 * The encoders of one place (a thread, a process), each loaded once for all members there, and the rows of texts that are known: from
 * a source, or encoded lately.
 */
export class EncoderHost {
  readonly #setup: HostSetup;
  readonly #progress: Progress;
  readonly #callers: Callers;
  readonly #cache: EncodingCache;
  readonly #loads = new Map<number, Promise<MemberProblem | null>>();
  readonly #loaded = new Map<number, LoadedEncoder>();

  constructor(setup: HostSetup, { progress, callers }: { readonly progress: Progress; readonly callers: Callers }) {
    this.#setup = setup;
    this.#progress = progress;
    this.#callers = callers;
    this.#cache = new EncodingCache(setup.encoderCacheBytes);
  }

  /** Loads an encoder, unless it was tried before; tells what is wrong with it, for every member on it. */
  load(index: number): Promise<MemberProblem | null> {
    const load = this.#loads.get(index) ?? this.#load(index);
    this.#loads.set(index, load);
    return load;
  }

  /** Lets an encoder that could not be loaded be tried again. */
  async forgetProblem(index: number): Promise<void> {
    if ((await this.#loads.get(index)) !== null) this.#loads.delete(index);
  }

  /** The rows of texts: those that are known, and the others encoded in one call. */
  async encode(index: number, texts: ReadonlySet<string>, deadline: number): Promise<EncodedTexts> {
    const encoded = new Map<string, EncodedText>();
    const missing = new Map<string, Buffer | null>();
    for (const text of texts) {
      const key = textKey(text);
      const known = key === null ? null : this.#find(index, key);
      if (known === null) missing.set(text, key);
      else encoded.set(text, known);
    }
    const hits = encoded.size;
    const start = performance.now();
    const rows = missing.size === 0 ? [] : await this.#call(index, [...missing.keys()], deadline);
    const timeMs = performance.now() - start;
    for (const [i, [text, key]] of [...missing].entries()) {
      const row = rows[i] ?? NO_ROW;
      encoded.set(text, row);
      if (row instanceof Float32Array && key !== null) this.#cache.set(index, key, row);
    }
    const reasons = rows.flatMap((row) => (row instanceof Float32Array ? [] : [row]));
    const run = { encoder: index, timeMs, hits, misses: missing.size, failures: failuresOf(reasons) };
    const added = this.#setup.givesEncodings ? columnOf([...missing.values()], rows) : null;
    return { encoded, run: added === null ? run : { ...run, rows: added } };
  }

  /** Closes every encoder; each may be closed more than once. */
  async close(): Promise<void> {
    const closing = [...this.#loaded].map(([index, encoder]) =>
      this.#callers.run({ who: { kind: 'encoder', index }, encodings: null }, async () => encoder.close()),
    );
    await Promise.allSettled(closing);
    this.#loaded.clear();
    this.#loads.clear();
  }

  #find(index: number, key: Buffer): Float32Array | null {
    const known = this.#setup.encoders[index]?.known ?? null;
    return (known === null ? null : findEncoding(known, key)) ?? this.#cache.get(index, key);
  }

  async #call(index: number, texts: readonly string[], deadline: number): Promise<EncodedText[]> {
    const encoder = this.#loaded.get(index);
    if (encoder === undefined) return texts.map(() => NOT_LOADED);
    this.#progress.publish('encoding', index);
    const { width } = this.#encoder(index).record;
    return this.#callers.watch({ who: { kind: 'encoder', index }, encodings: null }, (uncaught) =>
      callEncoder(encoder, texts, { width, deadline, uncaught }),
    );
  }

  async #load(index: number): Promise<MemberProblem | null> {
    this.#progress.publish('preparing', index);
    const encoder = this.#encoder(index);
    const { loadDeadlineMs } = this.#setup;
    try {
      const loaded = await this.#callers.watch({ who: { kind: 'encoder', index }, encodings: null }, (uncaught) => {
        const failed = uncaught.then((reason) => Promise.reject(crashed(reason)));
        failed.catch(() => {});
        return underDeadline(Promise.race([loadEncoder(encoder), failed]), Date.now() + loadDeadlineMs, () =>
          loadTimeout(loadDeadlineMs),
        );
      });
      this.#loaded.set(index, loaded);
      return null;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { problem } = error;
      return { ...problem, found: `of its encoder ${encoder.package} ${encoder.version}: ${problem.found}` };
    }
  }

  #encoder(index: number): WorkerEncoder {
    const encoder = this.#setup.encoders[index];
    if (encoder === undefined) throw new RangeError(`There is no encoder ${index}.`);
    return encoder;
  }
}

const NOT_LOADED: FailureReason = { code: 'ENCODER_LOAD_FAILED', message: 'The encoder is not loaded.' };
const NO_ROW: FailureReason = { code: 'ENCODER_FAILED', message: 'The encoder gave no row.' };

/** Texts that were encoded anew, as they are kept; `null` for none. */
function columnOf(keys: readonly (Buffer | null)[], rows: readonly EncodedText[]): EncodingColumn | null {
  const kept = rows.flatMap((row, i) => {
    const key = keys[i] ?? null;
    return row instanceof Float32Array && key !== null ? [{ row, key }] : [];
  });
  const width = kept[0]?.row.length ?? 0;
  if (kept.length === 0) return null;
  const column = { keys: new Uint8Array(kept.length * KEY_BYTES), rows: new Float32Array(kept.length * width) };
  for (const [i, { row, key }] of kept.entries()) {
    column.keys.set(key, i * KEY_BYTES);
    column.rows.set(row, i * width);
  }
  return column;
}

function crashed({ code, message }: FailureReason): ProblemError {
  return new ProblemError(code, message, 'an encoder that loads', REPORT);
}

function loadTimeout(deadlineMs: number): ProblemError {
  const found = `no end of import or load within ${deadlineMs} ms`;
  return new ProblemError('ENCODER_LOAD_TIMEOUT', found, 'an encoder that loads in time', REPORT);
}

const REPORT = 'Report it to its owner; exclude the members on it meanwhile, or raise loadDeadlineMs.';
