import { describe, expect, it } from 'vitest';
import { linkedTests } from './linked-tests.ts';

describe('linkedTests', () => {
  it('finds the test that a sentence names, across lines', () => {
    const markdown = 'A loop\n[is stopped\nin time](../x/loop.test.ts), as [everybody knows](why.md).';
    expect(linkedTests('/repo/docs/page.md', markdown)).toEqual([
      { file: '/repo/x/loop.test.ts', name: 'is stopped in time' },
    ]);
  });

  it('joins the heads and the first cell of a table with what a cell promises', () => {
    const table = '| a member that … | worker |\n| --- | --- |\n| throws | [fails with `CODE`][suite] |';
    const markdown = `${table}

[suite]: a.test.ts`;
    const name = 'worker > a member that throws fails with CODE';
    expect(linkedTests('/docs/page.md', markdown)).toEqual([{ file: '/docs/a.test.ts', name }]);
  });
});
