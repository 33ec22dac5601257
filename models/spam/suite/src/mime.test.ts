import { describe, expect, it } from 'vitest';

import { decodeHeader, parseMime, type MimeMail } from './mime.ts';

const parse = (lines: readonly string[]): Promise<MimeMail> => parseMime(new TextEncoder().encode(lines.join('\r\n')));

const ALTERNATIVE = [
  'Content-Type: multipart/mixed; boundary=o',
  '',
  'not shown',
  '--o',
  'Content-Type: multipart/alternative; boundary=i',
  '',
  '--i',
  '',
  'plain',
  '--i',
  'Content-Type: TEXT/HTML; charset=ISO-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  '<b>caf=E9</b>',
  '--i--',
  '--o',
  'Content-Type: application/pdf',
  'Content-Disposition: attachment; filename=x.pdf',
  'Content-Transfer-Encoding: base64',
  '',
  'AAAA',
  '--o--',
];

const nest = (depth: number): string[] =>
  Array.from({ length: depth }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}x\r\n\r\n--b${i}x`);
const block = (sizeKb: number): string[] => Array(sizeKb).fill(`X-A: ${'a'.repeat(995)}`);

describe('parseMime', () => {
  it('gives the leaves with type, charset, encoding and decoded text', async () => {
    const { leaves } = await parse(ALTERNATIVE);
    expect(leaves).toEqual([
      {
        type: 'text/plain',
        charset: '',
        encoding: '8bit',
        attachment: false,
        sizeBytes: 6,
        text: 'plain\n',
        alternative: 0,
      },
      {
        type: 'text/html',
        charset: 'iso-8859-1',
        encoding: 'quoted-printable',
        attachment: false,
        sizeBytes: 12,
        text: '<b>café</b>\n',
        alternative: 0,
      },
      {
        type: 'application/pdf',
        charset: '',
        encoding: 'base64',
        attachment: true,
        sizeBytes: 3,
        text: null,
        alternative: -1,
      },
    ]);
  });
  it('gives headers unfolded, in order, names in lower case', async () => {
    const { headers } = await parse(['Subject: a', '  b', 'X-One: 1', 'x-one: 2', '', 'c']);
    expect(headers).toEqual([
      { name: 'subject', value: 'a  b' },
      { name: 'x-one', value: '1' },
      { name: 'x-one', value: '2' },
    ]);
  });
  it('takes a line without a proper name for no header', async () => {
    const { headers } = await parse(['Subject: a', 'two words: b', 'none', ': c', '', 'd']);
    expect(headers.map(({ name }) => name)).toEqual(['subject', 'none']);
  });
  it('reads a message within a message, three deep', async () => {
    const inner = ['Content-Type: message/rfc822', ''];
    expect((await parse([...inner, ...inner, ...inner, 'Subject: x', '', 'deep'])).leaves[0]?.text).toBe('deep\n');
    expect((await parse([...inner, ...inner, ...inner, ...inner, '', 'deep'])).leaves[0]).toMatchObject({
      type: 'message/rfc822',
      text: null,
    });
  });
  it('reads a multipart without a boundary as text', async () => {
    expect((await parse(['Content-Type: multipart/mixed', '', 'a'])).leaves[0]?.text).toBe('a\n');
  });
  it('joins the lines of flowed text', async () => {
    const { leaves } = await parse(['Content-Type: text/plain; format=flowed', '', 'a ', 'b', '']);
    expect(leaves[0]?.text).toBe('a b\n');
  });
  it('keeps at most 100 leaves', async () => {
    const { leaves } = await parse([
      'Content-Type: multipart/mixed; boundary=b',
      '',
      ...Array(200).fill('--b\r\n\r\nx'),
    ]);
    expect(leaves).toHaveLength(100);
  });
  it('reads parts nested 90 deep and refuses 200', async () => {
    expect((await parse([...nest(90), '', 'deep'])).leaves[0]?.text).toBe('deep\n');
    await expect(parse([...nest(200), '', 'deep'])).rejects.toMatchObject({ code: 'MAIL_UNREADABLE' });
  });
  it('reads 200 kB of headers and refuses 300', async () => {
    expect((await parse([...block(200), '', 'x'])).headers).toHaveLength(200);
    await expect(parse([...block(300), '', 'x'])).rejects.toMatchObject({ code: 'MAIL_UNREADABLE' });
  });
});

describe('decodeHeader', () => {
  it('decodes encoded words of several charsets', () => {
    expect(decodeHeader('=?iso-8859-1?Q?caf=E9?= =?utf-8?B?4oKs?=')).toBe('café€');
  });
  it('leaves what only looks like one', () => {
    expect(decodeHeader('=?utf-8?x?')).toBe('=?utf-8?x?');
  });
  it('is at most 2,000 characters long', () => {
    expect(decodeHeader('a'.repeat(100_000))).toHaveLength(2_000);
  });
});
