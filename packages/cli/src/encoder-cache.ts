import { errorCode, errorMessage } from '@clamor/contract';
import type { EncodingColumn, EncodingSource, RunningSuite, SuiteEncoder } from '@clamor/runtime';
import { type EncoderColumn, type EvaluationSource, readEncoderColumn, writeEncoderColumn } from '@clamor/store';

import { type Io, printable } from './io.ts';

/** What {@link EncoderCache} takes. */
export interface EncoderCacheOptions {
  /** Folder that rows are kept in. */
  readonly folder: string;
  /** What the texts are of. */
  readonly source: Pick<EvaluationSource, 'dataset' | 'datasetHash'>;
  /** Called before anything is written. */
  readonly prepare: () => Promise<void>;
}

/** An encoder whose rows are kept. */
export type KeptEncoder = Pick<SuiteEncoder, 'package' | 'version' | 'hash' | 'width'>;

/** How many texts an encoder was asked for. */
export interface AskedEncoder {
  readonly package: string;
  readonly version: string;
  readonly hits: number;
  readonly misses: number;
}

/** Bytes of rows that are kept per encoder and dataset at most. */
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * Rows of encoders over the texts of a dataset that need not be encoded again, by text: those of another split, and those of a member
 * that has changed, are of use too.
 */
export class EncoderCache implements EncodingSource {
  readonly #options: EncoderCacheOptions;
  readonly #io: Io;
  readonly #added = new Map<string, EncodingColumn[]>();

  constructor(options: EncoderCacheOptions, io: Io) {
    this.#options = options;
    this.#io = io;
  }

  async known(encoderHash: string): Promise<EncoderColumn | null> {
    const { folder, source } = this.#options;
    return await readEncoderColumn(folder, { encoder: encoderHash, dataset: source.dataset }).catch(
      (error: unknown) => {
        this.#say(
          `[${errorCode(error) ?? 'INTERNAL_CLI'}] cached rows of an encoder are not used: ${errorMessage(error)}`,
        );
        return null;
      },
    );
  }

  add(encoderHash: string, column: EncodingColumn): void {
    const added = this.#added.get(encoderHash) ?? [];
    this.#added.set(encoderHash, [...added, column]);
  }

  /**
   * Keeps what was encoded for a suite, beside what another process has kept meanwhile, and says on stderr how many texts were
   * known and how many encoded.
   */
  async save(suite: RunningSuite): Promise<void> {
    for (const { encoder, version, hits, misses } of suite.status().encoders) {
      this.say({ package: encoder, version, hits, misses });
    }
    for (const encoder of suite.encoders) await this.keep(encoder);
  }

  /** Says on stderr how many texts were known to an encoder and how many it encoded; nothing when it was not asked. */
  say({ package: name, version, hits, misses }: AskedEncoder): void {
    if (hits + misses > 0) this.#say(`texts for ${name} ${version}: ${hits} known, ${misses} encoded`, '');
  }

  /** Keeps what was encoded by one encoder. */
  async keep(encoder: KeptEncoder): Promise<void> {
    const added = this.#added.get(encoder.hash) ?? [];
    this.#added.delete(encoder.hash);
    if (added.length > 0) await this.#keep(encoder, added).catch((error: unknown) => this.#sayUnkept(error));
  }

  async #keep({ package: name, version, hash, width }: KeptEncoder, added: readonly EncodingColumn[]): Promise<void> {
    const { folder, source, prepare } = this.#options;
    const { dataset, datasetHash = null } = source;
    const known = await readEncoderColumn(folder, { encoder: hash, dataset }).catch(() => null); // It is written anew.
    const parts = [...(known === null ? [] : [known]), ...added];
    const bytes = parts.reduce((sum, { rows }) => sum + rows.byteLength, 0);
    if (bytes > MAX_BYTES) throw new Error(`they would be ${bytes} bytes, of at most ${MAX_BYTES}`);
    await prepare();
    await writeEncoderColumn(folder, { package: name, version, encoder: hash, dataset, datasetHash, width, parts });
  }

  #sayUnkept(error: unknown): void {
    this.#say(`encoded texts are not kept in ${this.#options.folder}: ${errorMessage(error)}`);
  }

  #say(text: string, prefix = 'clamor: '): void {
    this.#io.stderr.write(`${prefix}${printable(text)}\n`);
  }
}
