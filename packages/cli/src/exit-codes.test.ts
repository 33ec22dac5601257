import { RUNTIME_ERRORS } from '@clamor/runtime';
import { STORE_ERRORS } from '@clamor/store';
import { describe, expect, it } from 'vitest';

import { CLI_ERRORS } from './errors.ts';
import { exitCodeOf } from './exit-codes.ts';

describe('exitCodeOf', () => {
  it.each([
    ['CLI_USAGE', 2],
    ['STORE_SPLIT_UNKNOWN', 2],
    ['STORE_LABEL_COLUMN_MISSING', 3],
    ['EVAL_TRAINED_ON', 3],
    ['SUITE_FAULTY', 4],
    ['CLI_EVALUATION_MISSING', 4],
    ['INTERNAL_CLI', 1],
    ['ENOENT', 1],
  ])('answers %s with %i', (code, exitCode) => {
    expect(exitCodeOf({ code })).toBe(exitCode);
  });

  it('has an answer of its own for every code that commands can end with', () => {
    const codes = [...Object.keys(CLI_ERRORS), ...Object.keys(STORE_ERRORS), ...Object.keys(RUNTIME_ERRORS)];
    const perExample = ['EXAMPLE_INVALID', 'EXAMPLE_TIMEOUT'];
    const unanswered = codes.filter((code) => exitCodeOf({ code }) === 1 && !perExample.includes(code));
    expect(unanswered).toEqual(['INTERNAL_CLI']);
  });

  it('takes what carries no code for a bug', () => {
    expect(exitCodeOf(new TypeError('x'))).toBe(1);
    expect(exitCodeOf('x')).toBe(1);
  });
});
