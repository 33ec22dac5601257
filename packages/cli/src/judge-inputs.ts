import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { errorCode, errorMessage, type ExampleFormat, type FailureReason } from '@clamor/contract';
import type { ExampleInput } from '@clamor/runtime';
import { readJsonLines, readRows, type Row, type RowFormat, rowFormatOf, rowInput } from '@clamor/store';

import { CliError } from './errors.ts';
import type { Io } from './io.ts';

/** An example to be judged, or something that cannot be read: a row of a file, or a file as a whole. */
export type JudgeInput =
  | { readonly example: ExampleInput; readonly fault?: undefined }
  | { readonly key: string; readonly fault: FailureReason };

/** What {@link readInputs} takes. */
export interface ReadInputsOptions {
  /** `-` is stdin. */
  readonly files: readonly string[];
  /** Name of a format; default by extension. */
  readonly format?: string;
  /** Of the suite. */
  readonly formats: readonly ExampleFormat<unknown>[];
}

const ROW_FORMATS: readonly RowFormat[] = ['jsonl', 'csv', 'parquet'];

/**
 * The examples of files, one after the other and lazily. A row or file that cannot be read is yielded with its fault, and
 * the next one is read.
 *
 * @throws {CliError} `CLI_USAGE` before anything is read, when a format does not exist or stdin has none.
 */
export function readInputs(options: ReadInputsOptions, io: Io): AsyncGenerator<JudgeInput> {
  const { format, formats, files } = options;
  const names = [...ROW_FORMATS, ...formats.map((known) => known.name)];
  if (format !== undefined && !names.includes(format)) {
    throw new CliError('CLI_USAGE', `There is no format "${format}"; there are ${names.join(', ')}.`);
  }
  if (files.includes('-') && format === undefined) {
    throw new CliError('CLI_USAGE', `stdin has no extension: name its format, --format ${names.join(' | ')}.`);
  }
  return readFiles(options, io);
}

async function* readFiles(options: ReadInputsOptions, io: Io): AsyncGenerator<JudgeInput> {
  for (const file of options.files) {
    let count = 0;
    try {
      for await (const input of readFileInputs(file, options, io)) {
        count += 1;
        yield input;
      }
      if (count === 0) throw new CliError('CLI_INPUT_EMPTY', `"${file}" holds no example.`);
    } catch (error) {
      // The file as a whole; what was read of it before stays judged.
      const code = errorCode(error) ?? 'CLI_INPUT_UNREADABLE';
      yield { key: file, fault: { code, message: errorMessage(error) } };
    }
  }
}

async function* readFileInputs(file: string, options: ReadInputsOptions, io: Io): AsyncGenerator<JudgeInput> {
  const extension = extname(file).toLowerCase();
  const own = options.formats.find(({ name, extensions }) =>
    options.format === undefined ? extensions.includes(extension) : name === options.format,
  );
  if (own !== undefined) {
    yield* readOwnFormat(own, file, io);
    return;
  }
  const format = (options.format as RowFormat | undefined) ?? rowFormatOf(file);
  if (format === null) {
    const known = [...options.formats.flatMap(({ extensions }) => extensions), '.jsonl', '.csv', '.tsv', '.parquet'];
    throw new CliError(
      'CLI_FORMAT_UNKNOWN',
      `"${file}": the extension is none of ${known.join(', ')}. Name the --format.`,
    );
  }
  for await (const row of readAnyRows(file, format, io)) {
    if (row.fault === undefined) yield { example: rowInput(row, file) };
    else yield { key: `${file}:${row.row}`, fault: row.fault };
  }
}

/** A file with one example has the key of the file; of several, each has its number. */
async function* readOwnFormat(format: ExampleFormat<unknown>, file: string, io: Io): AsyncGenerator<JudgeInput> {
  const chunks = file === '-' ? io.stdin : await openChunks(resolve(io.cwd, file), file);
  let first: { readonly input: unknown } | null = null;
  let count = 0;
  for await (const input of format.read(chunks)) {
    count += 1;
    if (count === 1) first = { input };
    else {
      if (first !== null) yield { example: { key: `${file}:1`, input: first.input } };
      first = null;
      yield { example: { key: `${file}:${count}`, input } };
    }
  }
  if (first !== null) yield { example: { key: file, input: first.input } };
}

async function openChunks(path: string, file: string): Promise<AsyncIterable<Uint8Array>> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new CliError('CLI_INPUT_UNREADABLE', `"${file}" cannot be read: ${errorMessage(cause)}. Check the path.`, {
      cause,
    });
  });
  if (found.isDirectory()) throw new CliError('CLI_INPUT_UNREADABLE', `"${file}" is a folder; name the files in it.`);
  return createReadStream(path);
}

async function* readAnyRows(file: string, format: RowFormat, io: Io): AsyncGenerator<Row> {
  if (file !== '-') yield* readRows(resolve(io.cwd, file), { format });
  else if (format === 'jsonl') yield* readJsonLines(io.stdin, 'stdin');
  else yield* readSpooled(format, io);
}

/** CSV and Parquet are read from files only, so stdin becomes one for as long as it is read. */
async function* readSpooled(format: RowFormat, io: Io): AsyncGenerator<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'clamor-'));
  try {
    const copy = join(folder, `stdin.${format}`);
    await pipeline(Readable.from(io.stdin), createWriteStream(copy), { signal: io.signal });
    yield* readRows(copy, { format });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
