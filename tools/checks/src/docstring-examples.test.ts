import { describe, expect, it } from 'vitest';

import { docstringExamples, isAsWritten, isFragment, runExample, writtenValue } from './docstring-examples.ts';

const SOURCE = `
/**
 * Doubles.
 *
 * @example
 * const x = 2;
 * twice(x) // 4: twice two
 * @see nowhere
 */
export function twice(x: number): number {}
/** @example twice(1) */
export const once = 1;
/** No example. */
export const none = 0;
`;

describe('docstringExamples', () => {
  it('finds code, the comment behind it, the line and what is described', () => {
    expect(docstringExamples('a.ts', SOURCE)).toEqual([
      { file: 'a.ts', line: 5, name: 'twice', code: 'const x = 2;\ntwice(x)', comment: '4: twice two' },
      { file: 'a.ts', line: 11, name: 'once', code: 'twice(1)', comment: null },
    ]);
  });

  it('takes a comment on the last line for what stands above it', () => {
    const [example] = docstringExamples('a.ts', '/**\n * @example\n * twice(1)\n * // 2\n */\nconst twice = 0;');
    expect(example).toMatchObject({ code: 'twice(1)', comment: '2' });
  });
});

describe('isFragment', () => {
  it('is an example of comments only', () => {
    const [fragment, code] = ['// twice(1) // 2', '// Why.\ntwice(1)'].map((text) => ({ code: text }));
    expect([isFragment(fragment!), isFragment(code!)]).toEqual([true, false]);
  });
});

describe('runExample', () => {
  const scope = { twice: (x: number) => 2 * x };

  it('gives the value of the last expression, of TypeScript, with the names of its scope', async () => {
    expect(await runExample({ code: 'const x: number = 2;\ntwice(x) as number' }, scope)).toBe(4);
  });

  it('waits for a promise', async () => {
    expect(await runExample({ code: 'await Promise.resolve(twice(2))' }, scope)).toBe(4);
  });

  it('throws what the example throws', async () => {
    await expect(runExample({ code: 'thrice(2)' }, scope)).rejects.toThrow('thrice');
  });
});

describe('writtenValue', () => {
  it.each([
    ["'pass': both hold", 'pass'],
    ['null', null],
    ['[true, false]', [true, false]],
    ["{ kind: 'dense' }, for example", { kind: 'dense' }],
    ['0.50', { written: '0.50' }],
    ['Uint8Array [0, 0b10]', [{ written: '0' }, { written: '0b10' }]],
  ])('reads %s', (comment, value) => {
    expect(writtenValue(comment)).toEqual({ value });
  });

  it.each(['as the other one', 'sets [1]', '{ kind }', 'process.exit()'])('does not read %s', (comment) => {
    expect(writtenValue(comment)).toBeNull();
  });
});

describe('isAsWritten', () => {
  it.each([
    [2 / 3, '0.667', true],
    [2 / 3, '0.666', false],
    [0.6675, '0.667', true],
    [1.2, '1', false],
    [2, '0b10', true],
    [1.49e-4, '1.5e-4', true],
    [null, '0', false],
  ])('%s written as %s: %s', (actual, written, holds) => {
    expect(isAsWritten(actual, { written })).toBe(holds);
  });
});
