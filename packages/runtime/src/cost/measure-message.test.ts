import { describe, expect, it } from 'vitest';

import { readMessage } from './measure-message.ts';

const RESULT = {
  suiteMs: 1,
  emptyBytes: 2,
  importMs: 3,
  engineMs: null,
  engineBytes: 0,
  loadMs: 4,
  firstScoreMs: 5,
  memberBytes: 6,
};

describe('readMessage', () => {
  it.each([
    { kind: 'phase', phase: 'import' },
    { kind: 'result', result: RESULT },
    { kind: 'problem', problem: { code: 'MEMBER_THREW', message: 'no' } },
  ])('takes what a measuring process sends: $kind', (message) => {
    expect(readMessage(message)).toEqual(message);
  });

  it.each([
    null,
    undefined,
    7,
    'phase',
    [],
    {},
    { kind: 'phase', phase: '__proto__' },
    { kind: 'result' },
    { kind: 'result', result: null },
    { kind: 'result', result: { ...RESULT, loadMs: 'long' } },
    { kind: 'result', result: { ...RESULT, engineMs: {} } },
    { kind: 'other' },
  ])('takes nothing else: %j', (message) => {
    expect(readMessage(message)).toBeNull();
  });

  it('cuts what a member wrote', () => {
    const problem = { code: 'C'.repeat(1000), message: 'm'.repeat(1e6) };
    const message = readMessage({ kind: 'problem', problem });
    expect(JSON.stringify(message).length).toBeLessThan(1200);
    expect(readMessage({ kind: 'problem' })).toEqual({
      kind: 'problem',
      problem: { code: 'undefined', message: 'undefined' },
    });
  });
});
