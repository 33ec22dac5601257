import { describe, expect, it } from 'vitest';

import { matchesOutput } from './match-output.ts';

describe('matchesOutput', () => {
  it.each([
    ['the same', 'a\nb\n', 'a\nb', true],
    ['another line', 'a\nc\n', 'a\nb', false],
    ['a line more', 'a\nb\nc\n', 'a\nb', false],
    ['a line less', 'a\n', 'a\nb', false],
    ['text of a line', 'took 12 ms (a)\n', 'took … ms (a)', true],
    ['text of two lines', 'took 1\n2 ms\n', 'took … ms', false],
    ['any lines at the end', 'a\nb\nc\n', 'a\n…', true],
    ['no line at the end', 'a\n', 'a\n…', true],
    ['any lines between', 'a\nx\ny\nb\n', 'a\n…\nb', true],
    ['no line between', 'a\nb\n', 'a\n…\nb', true],
    ['a line that is missing after any', 'a\nx\n', 'a\n…\nb', false],
    ['colours, spaces and empty lines', '\n\u001b[32ma\u001b[39m  \n\n', 'a', true],
    ['characters that patterns know', 'a+b (c) [d]\n', 'a+b (c) [d]', true],
    ['nothing at all', '', '', true],
  ])('knows %s', (_, output, shown, expected) => {
    expect(matchesOutput(output, shown)).toBe(expected);
  });

  it('takes a program that goes on by how it begins', () => {
    expect(matchesOutput('ready\nrequest 1\n', 'ready', { begins: true })).toBe(true);
    expect(matchesOutput('starting\nready\n', 'ready', { begins: true })).toBe(false);
  });
});
