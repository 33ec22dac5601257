import { columnStem } from './write-columns.ts';

/** Bytes of a key: SHA-256. */
export const KEY_BYTES = 32;

/** Rows of an encoder by text. */
export interface EncodedTexts {
  /** Shape [n, 32]: SHA-256 of each text in UTF-8. */
  readonly keys: Uint8Array;
  /** Shape [n, width], row by row, finite. */
  readonly rows: Float32Array;
}

/** What stands beside the rows of an encoder on disk. */
export interface EncoderColumnManifest {
  readonly kind: 'encodings';
  /** Package and version of the encoder that was installed when the rows were made. */
  readonly package: string;
  readonly version: string;
  /** What tells it from other encoders, whatever their packages and versions: 64 lower-case hex digits. */
  readonly encoder: string;
  /** Name and version of the dataset whose texts these are, for example `spam@1`. */
  readonly dataset: string;
  /** As `hashDataset` makes it; `null` when whoever encoded did not know it. */
  readonly datasetHash: string | null;
  /** Columns of a row. */
  readonly width: number;
  /** Number of texts. */
  readonly count: number;
  /** Files beside the manifest, as NumPy reads them: uint8 [count, 32] in ascending order, and float32 [count, width]. */
  readonly files: { readonly keys: string; readonly rows: string };
  /** SHA-256 of these files, lower-case hex. */
  readonly sha256: { readonly keys: string; readonly rows: string };
}

/** Rows of an encoder with their manifest, over memory that threads can share. */
export interface EncoderColumn {
  readonly manifest: EncoderColumnManifest;
  /** Shape [n, 32], ascending: see {@link EncodedTexts}. */
  readonly keys: Uint8Array<SharedArrayBuffer>;
  /** Shape [n, width]. */
  readonly rows: Float32Array<SharedArrayBuffer>;
}

/** Which rows are wanted, or written. */
export type EncoderColumnName = Pick<EncoderColumnManifest, 'encoder' | 'dataset'>;

/** What `writeEncoderColumn` takes; the rest of the manifest is computed. */
export type EncoderColumnToStore = Pick<
  EncoderColumnManifest,
  'package' | 'version' | 'encoder' | 'dataset' | 'width'
> & {
  /** Default `null`. */
  readonly datasetHash?: string | null;
  /** In the order of preference: of a text that stands in several, the first row is kept. */
  readonly parts: readonly EncodedTexts[];
};

/** Name of the files of an encoder's rows over a dataset, without extension. */
export function encoderStem({ encoder, dataset }: EncoderColumnName): string {
  return `${columnStem(dataset)}-${encoder.slice(0, 16)}`;
}

/**
 * What is wrong with the fields of a manifest.
 *
 * @returns One sentence per fault; empty when it can be used.
 */
export function encoderManifestFaults(manifest: unknown): string[] {
  if (typeof manifest !== 'object' || manifest === null) return ['it is not an object'];
  const fields = manifest as { readonly [name: string]: unknown };
  const faults = ['package', 'version', 'encoder', 'dataset']
    .filter((name) => typeof fields[name] !== 'string')
    .map((name) => `"${name}" is not text`);
  if (fields['kind'] !== 'encodings') faults.push('"kind" is not encodings');
  for (const name of ['width', 'count']) {
    if (!Number.isSafeInteger(fields[name]) || (fields[name] as number) < 0)
      faults.push(`"${name}" is not a whole number`);
  }
  for (const name of ['keys', 'rows']) {
    const [file, sha256] = ['files', 'sha256'].map(
      (group) => (fields[group] as { [part: string]: unknown } | null)?.[name],
    );
    // A path would let a manifest read a file from elsewhere.
    if (typeof file !== 'string' || !/^[\w.-]+\.npy$/.test(file))
      faults.push(`"files.${name}" is not a .npy file beside it`);
    if (typeof sha256 !== 'string') faults.push(`"sha256.${name}" is not text`);
  }
  return faults;
}
