import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';

import { errorMessage } from '@clamor/contract';
import { readJsonLines } from '@clamor/store';

import { CliError } from './errors.ts';
import type { Io } from './io.ts';

/** Texts of a file, and the line that each stands on, from 1 on: blank lines are passed over. */
export interface ReadTexts {
  readonly texts: readonly string[];
  readonly lines: readonly number[];
}

/** Characters (UTF-16 units) of all texts together that are held. */
const MAX_CHARACTERS = 2 ** 28;
const MAX_TEXTS = 500_000;

/**
 * The texts of a file of JSON lines, each a JSON string: all of them, or an error.
 *
 * @param file - `-` is stdin.
 * @throws {CliError} `CLI_INPUT_UNREADABLE`, `CLI_INPUT_EMPTY`; `CLI_TEXTS_INVALID` for a line that is no JSON string, and for more
 * than is held.
 */
export async function readTexts(file: string, io: Io): Promise<ReadTexts> {
  const texts: string[] = [];
  const lines: number[] = [];
  let characters = 0;
  const chunks = file === '-' ? io.stdin : createReadStream(resolve(io.cwd, file), { signal: io.signal });
  for await (const row of readable(readJsonLines(chunks, file), file)) {
    if (row.fault !== undefined) throw invalid(row.fault.message);
    if (typeof row.value !== 'string') {
      throw invalid(`Line ${row.row} of "${file}" is ${kindOf(row.value)}; a JSON string is wanted. Correct the line.`);
    }
    characters += row.value.length;
    if (characters > MAX_CHARACTERS) {
      throw invalid(
        `"${file}" holds more than ${MAX_CHARACTERS} characters up to line ${row.row}. Encode it in parts.`,
      );
    }
    if (texts.length === MAX_TEXTS) throw invalid(`"${file}" holds more than ${MAX_TEXTS} texts. Encode it in parts.`);
    texts.push(row.value);
    lines.push(row.row);
  }
  if (texts.length > 0) return { texts, lines };
  throw new CliError('CLI_INPUT_EMPTY', `"${file}" holds no text. One JSON string per line is wanted.`);
}

async function* readable<Value>(rows: AsyncGenerator<Value>, file: string): AsyncGenerator<Value> {
  try {
    yield* rows;
  } catch (cause) {
    throw new CliError('CLI_INPUT_UNREADABLE', `"${file}" cannot be read: ${errorMessage(cause)}. Check the path.`, {
      cause,
    });
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
}

function invalid(message: string): CliError {
  return new CliError('CLI_TEXTS_INVALID', message);
}
