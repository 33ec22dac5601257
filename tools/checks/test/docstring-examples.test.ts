import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import {
  documentedSources,
  isAsWritten,
  isFragment,
  readExamples,
  runExample,
  type WrittenNumber,
  writtenValue,
} from '../src/docstring-examples.ts';
import { WORKSPACE } from '../src/workspace.ts';

const examples = documentedSources().flatMap((file) => readExamples(file));

describe('examples in doc comments', { tags: ['slow'] }, () => {
  it.each(examples.filter((example) => !isFragment(example)))('hold at $file:$line, $name', async (example) => {
    const value = await runExample(example, await scopeOf(example.file));
    const written = example.comment === null ? null : writtenValue(example.comment);
    // Without a value behind it, running is all that is asked.
    expect(plain(value)).toEqual(written === null ? plain(value) : asWritten(written.value, plain(value)));
  });
});

describe('public functions of the evaluation', () => {
  it('each have an example that runs', async () => {
    const entry = (await import(join(WORKSPACE, 'packages/evaluation/src/index.ts'))) as object;
    const shown = new Set(examples.filter((example) => !isFragment(example)).map(({ name }) => name));
    const functions = Object.entries(entry).filter(
      ([name, value]) => typeof value === 'function' && /^[a-z]/.test(name),
    );
    expect(functions.map(([name]) => name).filter((name) => !shown.has(name))).toEqual([]);
  });
});

/** An example may name what its file exports, what its package exports, and the contract. */
async function scopeOf(file: string): Promise<{ readonly [name: string]: unknown }> {
  const index = file.replace(/\/src\/.*/, '/src/index.ts');
  const files = ['packages/contract/src/index.ts', index, file].filter((each) => existsSync(join(WORKSPACE, each)));
  const modules = await Promise.all(files.map(async (each) => (await import(join(WORKSPACE, each))) as object));
  return Object.assign({}, ...modules) as { readonly [name: string]: unknown };
}

/** Typed arrays as lists, bytes and all. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Uint8Array);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** What is written, with the number that came where it is as written; an object may have more than is written. */
function asWritten(written: unknown, actual: unknown): unknown {
  if (typeof written !== 'object' || written === null) return written;
  if (isWrittenNumber(written)) return isAsWritten(actual, written) ? actual : Number(written.written);
  const inside = (typeof actual === 'object' && actual !== null ? actual : {}) as { readonly [key: string]: unknown };
  if (Array.isArray(written)) return written.map((each, i) => asWritten(each, inside[i]));
  const entries = Object.entries(written).map(([key, each]) => [key, asWritten(each, inside[key])] as const);
  return expect.objectContaining(Object.fromEntries(entries));
}

function isWrittenNumber(value: object): value is WrittenNumber {
  return 'written' in value;
}
