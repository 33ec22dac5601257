import { describe, expect, it } from 'vitest';

import { mailSlices } from './mail-slices.ts';

const slices = (mail: string) => mailSlices(Buffer.from(mail, 'latin1'));

describe('mailSlices', () => {
  it.each([
    ['Subject: a\n\nb', 'plain text'],
    ['Content-Type: text/plain; charset=x\n\nb', 'plain text'],
    ['CONTENT-TYPE: TEXT/HTML\r\n\r\n<b>', 'HTML'],
    ['X: y\nContent-Type:\n\tmultipart/alternative;\n boundary=z\n\nContent-Type: text/html\n\nb', 'multipart'],
    ['Content-Type: application/pdf\n\n%', 'other'],
    ['Subject: a\n\nContent-Type: text/html\n', 'plain text'],
    ['', 'plain text'],
  ])('reads the format of %j from the header alone', (mail, format) => {
    expect(slices(mail).format).toBe(format);
  });

  it.each([
    ['X-Page: http://in.header\n\nno link: //here, or a://b', 'none'],
    ['a: b\n\nsee HTTPS://example.com', 'some'],
    ['a: b\r\n\r\nftp://example.com', 'some'],
    ['Content-Transfer-Encoding: base64\n\naHR0cDovL2E=', 'unread'],
    ['a: b\n\n--x\nContent-Transfer-Encoding: BASE64\n\naHR0cDovL2E=\n--x\n\nhttp://plain', 'some'],
    ['a: b\n\n--x\nContent-Transfer-Encoding: BASE64\n\naHR0cDovL2E=', 'unread'],
    ['a: b\n\nbase64 is a word here', 'none'],
  ])('finds the links of %j in the body', (mail, links) => {
    expect(slices(mail).links).toBe(links);
  });

  it('cuts sizes at 3,000 and above 5,000 bytes', () => {
    expect([2999, 3000, 5000, 5001].map((size) => mailSlices(new Uint8Array(size)).size)).toEqual([
      'under 3 kB',
      '3 to 5 kB',
      '3 to 5 kB',
      'over 5 kB',
    ]);
  });

  it('takes hostile bytes in linear time', () => {
    const slow = ['\n', '://', '\n ', 'http', 'content-type:\n ', 'a:\r'].map((text) =>
      Buffer.from(text.repeat(200_000)),
    );
    const start = performance.now();
    for (const bytes of slow) expect(mailSlices(bytes).size).toMatch(/kB/);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
