import { RUNTIME_ERRORS } from '@clamor/runtime';
import { STORE_ERRORS } from '@clamor/store';
import { describe, expect, it } from 'vitest';

import { CLI_ERRORS } from './errors.ts';
import { EXIT_CODES, exitCodeOf } from './exit-codes.ts';

describe('exitCodeOf', () => {
  it.each([
    ['CLI_USAGE', 64],
    ['STORE_SPLIT_UNKNOWN', 64],
    ['STORE_LABEL_COLUMN_MISSING', 65],
    ['EVAL_TRAINED_ON', 65],
    ['SUITE_FAULTY', 69],
    ['CLI_EVALUATION_MISSING', 69],
    ['INTERNAL_CLI', 70],
    ['ENOENT', 70],
  ])('answers %s with %i', (code, exitCode) => {
    expect(exitCodeOf({ code })).toBe(exitCode);
  });

  it('has an answer of its own for every code that commands can end with', () => {
    const codes = [...Object.keys(CLI_ERRORS), ...Object.keys(STORE_ERRORS), ...Object.keys(RUNTIME_ERRORS)];
    const perExample = ['EXAMPLE_INVALID', 'EXAMPLE_TIMEOUT'];
    const unanswered = codes.filter(
      (code) => exitCodeOf({ code }) === EXIT_CODES.internal && !perExample.includes(code),
    );
    expect(unanswered).toEqual(['INTERNAL_CLI']);
  });

  it('leaves 1, 2 and 3 to the outcomes of a gate, 4 to a changeset that says less', () => {
    const { ok, gateFail, gateInconclusive, gateNoEffect, changesetLess, ...errors } = EXIT_CODES;
    expect([ok, gateFail, gateInconclusive, gateNoEffect, changesetLess]).toEqual([0, 1, 2, 3, 4]);
    expect(Math.min(...Object.values(errors))).toBeGreaterThanOrEqual(64);
  });

  it('takes what carries no code for a bug', () => {
    expect(exitCodeOf(new TypeError('x'))).toBe(70);
    expect(exitCodeOf('x')).toBe(70);
  });
});
