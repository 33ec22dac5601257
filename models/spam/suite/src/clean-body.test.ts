import { describe, expect, it } from 'vitest';

import { cleanBody, isFooterLine } from './clean-body.ts';

describe('cleanBody', () => {
  it('drops the footer of a Mailman list with its rule and the name of the list', () => {
    const footer = '_______________\nX mailing list\nx@a.example\nhttp://a.example/mailman/listinfo/x';
    expect(cleanBody(`Hello\nyou\n\n${footer}`)).toBe('Hello\nyou');
  });
  it('drops the name of a list without a rule over it', () => {
    expect(cleanBody('Hello\nX mailing list\nx@a.example\nhttp://a.example/mailman/listinfo/x')).toBe('Hello');
  });
  it('drops a footer that is quoted and keeps what follows it', () => {
    expect(cleanBody('> Hello\n> ----------\n> http://a.example/mailman/listinfo/x\nNo')).toBe('> Hello\nNo');
  });
  it('drops an advertisement that a list host puts before its footer', () => {
    expect(cleanBody('Hello\n-------\nThis sf.net email is sponsored by:ThinkGeek\nhttp://thinkgeek.com/sf')).toBe(
      'Hello',
    );
  });
  it('drops the footer of a Yahoo group line by line', () => {
    const footer =
      'To unsubscribe from this group, send an email to:\nx-unsubscribe@egroups.com\n\n' +
      'Your use of Yahoo! Groups is subject to http://docs.yahoo.com/info/terms/';
    expect(cleanBody(`Hello\n\n${footer}`)).toBe('Hello');
  });
  it('keeps what spam says about mailing lists', () => {
    const text = 'Cheap\n_________\nTo be removed from our mailing list click http://a.example/unsubscribe';
    expect(cleanBody(text)).toBe(text);
  });
  it('hides one line, its rule and the name of the list of a forged footer, and not the text before it', () => {
    expect(cleanBody('Buy\nnow\nand\nhere\nhttp://a.example/mailman/listinfo/x\nCheap')).toBe(
      'Buy\nnow\nand\nhere\nCheap',
    );
  });
  it('keeps a long line that holds the mark of a footer', () => {
    const line = `${'Buy '.repeat(100)}/mailman/listinfo`;
    expect(cleanBody(line)).toBe(line);
  });
  it('drops at most 40 footer lines', () => {
    const text = Array.from({ length: 50 }, () => '/mailman/listinfo').join('\n');
    expect(cleanBody(text).split('\n')).toHaveLength(10);
  });
  it.each([['_'], ['-\n'], ['-- \n'], ['>'], ['__\n/mailman/listinfo\n']])(
    'gets through a megabyte of "%s"',
    (unit) => {
      const text = unit.repeat(1_000_000 / unit.length);
      expect(cleanBody(text).length).toBeLessThanOrEqual(text.length);
    },
  );
});

describe('isFooterLine', () => {
  it('knows a link to a list, and no other link', () => {
    expect(isFooterLine('https://Lists.example/lists/listinfo/x')).toBe(true);
    expect(isFooterLine('https://lists.example/')).toBe(false);
  });
});
