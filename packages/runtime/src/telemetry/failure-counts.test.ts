import { describe, expect, it } from 'vitest';

import { FailureCounts, OTHER_CODE } from './failure-counts.ts';

describe('FailureCounts', () => {
  it('counts examples by code', () => {
    const counts = new FailureCounts();
    counts.add('MEMBER_THREW', 'no');
    counts.add('MEMBER_THREW', 'no', 2);
    counts.add('ECONNREFUSED', 'nobody there');
    expect(counts.toObject()).toEqual({ MEMBER_THREW: 3, ECONNREFUSED: 1 });
  });

  it('keeps the message of the first', () => {
    const counts = new FailureCounts();
    counts.add('MEMBER_THREW', 'first');
    counts.add('MEMBER_THREW', 'second');
    expect([...counts.entries()]).toEqual([['MEMBER_THREW', { examples: 2, message: 'first' }]]);
  });

  it('does not grow with a member that throws a new code every time', () => {
    const counts = new FailureCounts();
    for (let i = 0; i < 1000; i++) counts.add(`E${i}`, '');
    expect([...counts.entries()]).toHaveLength(17);
    expect(counts.toObject()[OTHER_CODE]).toBe(984);
    counts.add('MEMBER_DEADLINE', ''); // Its own codes do not crowd out those of the runtime.
    expect(counts.toObject()['MEMBER_DEADLINE']).toBe(1);
  });

  it.each(['', 'no code', 'A'.repeat(65), '\u001b[2J', '__proto__'])('counts %j as another code', (code) => {
    const counts = new FailureCounts();
    counts.add(code, '');
    expect(counts.toObject()).toEqual({ [OTHER_CODE]: 1 });
  });
});
