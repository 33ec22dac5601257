import { access, constants } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';

import { errorMessage } from '@clamor/contract';
import { discover, encodeTexts, type TextRows } from '@clamor/runtime';
import { writeNpy } from '@clamor/store';

import { ignoreInGit } from '../column-cache.ts';
import { EncoderCache } from '../encoder-cache.ts';
import { CliError } from '../errors.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { findEncoder } from '../find-encoder.ts';
import { type Io, printable, printableLine } from '../io.ts';
import { startProgress } from '../progress.ts';
import { type ReadTexts, readTexts } from '../read-texts.ts';

/** What {@link encode} takes. */
export interface EncodeOptions {
  /** Name of its package, or what comes after `encoder-` in it; perhaps with `@VERSION`. */
  readonly encoder: string;
  /** JSON lines, each a JSON string; `-` is stdin. */
  readonly texts: string;
  /** A file `.npy` that the rows are written to; default standard output. */
  readonly out?: string;
  readonly json?: boolean;
  /** Name of the data that the texts are of: their rows are kept under it. */
  readonly keep?: string;
  readonly workers?: number;
}

/** Texts without a row that are named. */
const SHOWN = 10;

/**
 * `clamor encode ENCODER`: the rows that an encoder gives for texts, for whoever fits a member on them. Rows are given for all texts
 * or for none: those without a row are named, and the exit code is 69.
 *
 * @throws {CliError} `CLI_USAGE`, `CLI_ENCODER_UNKNOWN`, `CLI_ENCODER_AMBIGUOUS`, `CLI_INPUT_UNREADABLE`, `CLI_INPUT_EMPTY`,
 * `CLI_TEXTS_INVALID`, `CLI_OUTPUT_UNWRITABLE`; {RuntimeError} `ENCODER_…`
 */
export async function encode(options: EncodeOptions, io: Io): Promise<ExitCode> {
  const { out, json = false, workers } = options;
  if (out !== undefined && extname(out) !== '.npy') {
    throw new CliError('CLI_USAGE', `"${out}" does not end in .npy: rows are written in NumPy's format.`);
  }
  const { dir } = findEncoder(options.encoder, io.cwd);
  const file = out === undefined ? null : resolve(io.cwd, out);
  // Asked before the work, which may take long.
  if (file !== null) await access(dirname(file), constants.W_OK).catch((cause: unknown) => refuse(file, cause));
  const read = await readTexts(options.texts, io);
  const cache = options.keep === undefined ? null : createCache(options.keep, io);
  const progress = startProgress(io, { label: 'encoded', total: read.texts.length });
  const given = await encodeTexts(read.texts, {
    dir,
    signal: io.signal,
    onProgress: (done) => progress.update(done),
    ...(cache === null ? {} : { encodings: cache }),
    ...(workers === undefined ? {} : { workers }),
  }).finally(() => progress.stop());
  cache?.say({ ...given.encoder, ...given });
  await cache?.keep(given.encoder);
  if (given.reasons.size > 0) {
    sayReasons(given, read, { file: options.texts, io });
    return EXIT_CODES.suite;
  }
  const { rows, encoder } = given;
  const shape = [read.texts.length, encoder.width];
  if (file !== null) await writeNpy(file, rows, shape).catch((cause: unknown) => refuse(file, cause));
  print(given, read, { file, json, io });
  return EXIT_CODES.ok;
}

/** Beside the rows that commands which score keep: rows are known by text, whoever asked for them. */
function createCache(dataset: string, io: Io): EncoderCache {
  const folder = join(discover({ from: io.cwd }).host, '.clamor', 'cache');
  const prepare = (): Promise<void> => ignoreInGit(folder);
  return new EncoderCache({ folder: join(folder, 'encoders'), source: { dataset }, prepare }, io);
}

function refuse(file: string, cause: unknown): never {
  throw new CliError('CLI_OUTPUT_UNWRITABLE', `"${file}" cannot be written: ${errorMessage(cause)}.`, { cause });
}

function sayReasons(
  { encoder, reasons }: TextRows,
  { lines, texts }: ReadTexts,
  place: { file: string; io: Io },
): void {
  const { file, io } = place;
  for (const [i, { code, message }] of [...reasons].toSorted(([a], [b]) => a - b).slice(0, SHOWN)) {
    io.stderr.write(`clamor: [${code}] line ${lines[i]} of "${printable(file)}": ${printableLine(message, 400)}\n`);
  }
  const name = `${encoder.package} ${encoder.version}`;
  io.stderr.write(
    printable(
      `${name} has no row for ${reasons.size} of ${texts.length} texts, so no row was given. Leave these texts out, or report it to the owner of the encoder.\n`,
    ),
  );
}

function print(
  { encoder, rows }: TextRows,
  { texts }: ReadTexts,
  { file, json, io }: { readonly file: string | null; readonly json: boolean; readonly io: Io },
): void {
  const { package: name, version, width } = encoder;
  const rowOf = (i: number): number[] => [...rows.subarray(i * width, (i + 1) * width)];
  const said = printable(`${texts.length} ${texts.length === 1 ? 'row' : 'rows'} of ${width} by ${name} ${version}`);
  if (json) {
    const numbers = file === null ? { rows: texts.map((_, i) => rowOf(i)) } : {};
    io.stdout.write(`${JSON.stringify({ encoder, texts: texts.length, file, ...numbers })}\n`);
  } else if (file === null) {
    for (const i of texts.keys()) io.stdout.write(`${JSON.stringify(rowOf(i))}\n`);
    io.stderr.write(`${said}\n`);
  } else io.stdout.write(`${said}: ${printable(file)}\n`);
}
