import { isDeepStrictEqual } from 'node:util';

import type { Suite } from '@clamor/contract';
import { parseExample } from '@clamor/runtime';
import type { LabelledExample } from '@clamor/store';

import { CliError } from './errors.ts';

/** What a line of an export says besides the example. */
export interface ExportedFrom {
  readonly split: string;
  readonly suite: Suite;
  /** Write what the suite makes of the input, in place of the input. */
  readonly parsed: boolean;
}

/**
 * One example as a line of JSON, without its line feed: `{ id, split, label, weight?, cluster?, input }`.
 *
 * Bytes have no form in JSON. They are written as text where the suite makes the same of the text as of the bytes, and otherwise
 * in base64, as `inputBase64` instead of `input`: a mail in an older charset would be another one after decoding.
 *
 * With `parsed` there is `example` instead of `input`: what a member reads.
 *
 * @throws {CliError} `CLI_EXAMPLE_NOT_JSON` when the input or example would come back from JSON as something else;
 * `CLI_INPUT_UNREADABLE` when the suite refuses an input that is to be parsed.
 */
export async function exportLine(example: LabelledExample, { split, suite, parsed }: ExportedFrom): Promise<string> {
  const { id, label, weight, cluster } = example;
  const fields = parsed ? await parsedFields(example, suite) : await inputFields(example, suite);
  return JSON.stringify({ id, split, label, weight, cluster, ...fields });
}

async function parsedFields({ id, input }: LabelledExample, suite: Suite): Promise<object> {
  const result = await parseExample(suite, input);
  if ('error' in result) {
    throw new CliError(
      'CLI_INPUT_UNREADABLE',
      `The suite refuses "${id}": ${result.error.message}.\nExport the inputs as they are, without --parsed, or take the example out of the dataset.`,
    );
  }
  checkJson(result.example, id);
  return { example: result.example };
}

async function inputFields({ id, input }: LabelledExample, suite: Suite): Promise<object> {
  if (input instanceof Uint8Array) {
    const text = decodeExactly(input);
    if (text !== null && (await isSameExample(suite, input, text))) return { input: text };
    return { inputBase64: Buffer.from(input).toString('base64') };
  }
  checkJson(input, id);
  return { input };
}

function checkJson(value: unknown, id: string): void {
  if (value !== undefined && isDeepStrictEqual(throughJson(value), value)) return;
  throw new CliError(
    'CLI_EXAMPLE_NOT_JSON',
    `"${id}" is not the same after it was written as JSON and read again.\nLet the dataset give bytes, or values that JSON has: no dates, no undefined, no bytes inside an object.`,
  );
}

/** @returns `null` when the bytes are not UTF-8. */
function decodeExactly(bytes: Uint8Array): string | null {
  try {
    // ignoreBOM keeps the mark, so that the text has the same bytes again.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

async function isSameExample(suite: Suite, bytes: Uint8Array, text: string): Promise<boolean> {
  const [fromBytes, fromText] = [await parseExample(suite, bytes), await parseExample(suite, text)];
  return 'example' in fromBytes && 'example' in fromText && isDeepStrictEqual(fromBytes.example, fromText.example);
}

function throughJson(value: unknown): unknown {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}
