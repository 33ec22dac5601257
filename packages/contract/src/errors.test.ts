import { describe, expect, it } from 'vitest';
import { ClamorError, ContractError, errorCode, errorMessage } from './errors.ts';

describe('ClamorError', () => {
  it('carries code, message, cause and the name of its class', () => {
    const cause = new Error('disk');
    const error = new ContractError('CONTRACT_INPUT_INVALID', 'no', { cause });
    expect(error).toMatchObject({ code: 'CONTRACT_INPUT_INVALID', message: 'no', cause, name: 'ContractError' });
    expect(error).toBeInstanceOf(ClamorError);
  });

  it('has no cause unless given one', () => {
    expect('cause' in new ClamorError('A_B', 'no')).toBe(false);
  });
});

describe('errorCode', () => {
  it('reads the code of any object, whoever made it', () => {
    expect(errorCode({ code: 'ENOENT' })).toBe('ENOENT');
  });

  it('is null for what has no code in letters', () => {
    expect([errorCode(new Error('x')), errorCode(null), errorCode('x'), errorCode({ code: 1 })]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('errorMessage', () => {
  it('finds words for anything thrown', () => {
    expect([
      errorMessage(new Error('a')),
      errorMessage({ message: 'b' }),
      errorMessage('c'),
      errorMessage(null),
    ]).toEqual(['a', 'b', 'c', 'null']);
  });
});
