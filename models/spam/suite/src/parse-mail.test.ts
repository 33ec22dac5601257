import { describe, expect, it } from 'vitest';

import { LIMITS } from './limits.ts';
import type { MailInput } from './mail.ts';
import { parseMail } from './parse-mail.ts';

const LISTED = [
  'From list-admin@a.example Thu Aug 22 12:36:23 2002',
  'Return-Path: <list-admin@a.example>',
  'Received: from localhost by phobos.labs.netnoteinc.com with ESMTP id D03E; Thu, 22 Aug 2002 07:36:16 -0400',
  'Received: from [10.1.2.3] by mail.a.example (8.11.6) id g7M12; Thu, 22 Aug 2002 12:34:53 +0100',
  'From: =?iso-8859-1?Q?Ren=E9?= <Rene@B.example>',
  'To: zzzz@jmason.org, list@a.example',
  'Reply-To: list@a.example',
  'Subject: Re: [LIST] Good evening',
  'Date: Thu, 22 Aug 2002 12:34:00 +0100',
  'Message-ID: <20020822.123@b.example>',
  'In-Reply-To: <1@a.example>',
  'List-Id: <list.a.example>',
  'X-Mailer: Example 1.0',
  'Content-Type: text/plain; charset=us-ascii; boundary=b2002',
  '',
  'Hi zzzz@jmason.org, see http://b.example/x.',
  '______________',
  'List mailing list',
  'http://a.example/mailman/listinfo/list',
  '',
].join('\r\n');

describe('parseMail', () => {
  it('gives a mail without what its list and its collector added', async () => {
    expect(await parseMail(LISTED)).toEqual({
      subject: 'Re: Good evening',
      from: { name: 'René', address: 'rene@b.example' },
      replyTo: { name: '', address: '' },
      text: 'Hi recipient@example.org, see http://b.example/x.',
      html: '',
      links: [{ url: 'http://b.example/x', text: 'http://b.example/x', kind: 'text' }],
      headers: [
        { name: 'from', value: 'René <Rene@B.example>' },
        { name: 'subject', value: 'Re: Good evening' },
        { name: 'date', value: 'Www, 00 Mmm 0000 00:00:00 +0100' },
        { name: 'message-id', value: '<00000000.000@b.example>' },
        { name: 'x-mailer', value: 'Example 1.0' },
        { name: 'content-type', value: 'text/plain; charset=us-ascii; boundary=b0000' },
      ],
      received: ['from [10.1.2.3] by mail.a.example (8.11.6) id g0M00; Www, 00 Mmm 0000 00:00:00 +0100'],
      parts: [{ type: 'text/plain', charset: 'us-ascii', encoding: '8bit', attachment: false, sizeBytes: 116 }],
      sizeBytes: LISTED.length,
    });
  });
  it('says the same about a mail received on another day', async () => {
    const later = LISTED.replaceAll('22 Aug 2002', '11 Sep 2003').replaceAll('Thu', 'Mon').replace('0822', '0911');
    expect(await parseMail(later)).toEqual(await parseMail(LISTED));
  });
  it('gives the same for bytes, text and { raw }', async () => {
    const mail = await parseMail(LISTED);
    expect(await parseMail(new TextEncoder().encode(LISTED))).toEqual(mail);
    expect(await parseMail({ raw: LISTED })).toEqual(mail);
    expect(await parseMail({ raw: Buffer.from(LISTED) })).toEqual(mail);
  });
  it('gives plain data that a worker can be sent', async () => {
    const mail = await parseMail(LISTED);
    expect(structuredClone(mail)).toEqual(mail);
  });
  it('keeps a Reply-To of its own', async () => {
    const { replyTo, headers } = await parseMail('To: a@a.example\nReply-To: Bo <B@b.example>\n\nx');
    expect(replyTo).toEqual({ name: 'Bo', address: 'b@b.example' });
    expect(headers).toEqual([{ name: 'reply-to', value: 'Bo <B@b.example>' }]);
  });
  it('reads the HTML of an alternative and not the text beside it', async () => {
    const mail = await parseMail(
      'Content-Type: multipart/alternative; boundary=b\n\n--b\n\nInnocent http://a.example\n' +
        '--b\nContent-Type: text/html\n\n<a href="http://b.example">Pills</a>\n--b--\n',
    );
    expect([mail.text, mail.links.map(({ url }) => url)]).toEqual(['Pills', ['http://b.example']]);
  });
  it('reads the text of an alternative whose HTML shows nothing', async () => {
    const mail = await parseMail(
      'Content-Type: multipart/alternative; boundary=b\n\n--b\n\nPills\n' +
        '--b\nContent-Type: text/html\n\n<img src="http://b.example/1.gif">\n--b--\n',
    );
    expect([mail.text, mail.links.map(({ kind }) => kind)]).toEqual(['Pills', ['image']]);
  });
  it('reads text that follows HTML without an alternative', async () => {
    const mail = await parseMail(
      'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>One</p>\n--b\n\nTwo\n--b--\n',
    );
    expect(mail.text).toBe('One\n\nTwo');
  });
  it('reads a mail by its fields', async () => {
    const mail = await parseMail({ from: 'A <a@a.example>', subject: '[x] Hi', text: 'www.a.example', html: null });
    expect(mail).toMatchObject({
      subject: 'Hi',
      from: { name: 'A', address: 'a@a.example' },
      text: 'www.a.example',
      sizeBytes: 34,
    });
  });
  it('reads a text without headers, invalid UTF-8, and NUL bytes', async () => {
    expect((await parseMail('just a text')).text).toBe('just a text');
    expect((await parseMail(Uint8Array.of(0x53, 0x3a, 0x0a, 0x0a, 0xff, 0xfe, 0x41))).text).toBe('ÿþA');
    expect((await parseMail('Subject: a\n\nb\0c')).text).toBe('bc');
  });
  it.each<[string, unknown]>([
    ['no bytes', new Uint8Array(0)],
    ['an empty text', ''],
    ['NUL bytes', new Uint8Array(100)],
    ['white space', ' \r\n\t\n'],
    ['empty fields', { subject: '', text: ' ' }],
  ])('refuses %s as empty', async (_, input) => {
    await expect(parseMail(input as MailInput)).rejects.toMatchObject({ code: 'MAIL_EMPTY' });
  });
  it.each<[string, unknown]>([
    ['a number', 5],
    ['null', null],
    ['a list', ['a']],
    ['an object of other fields', { body: 'x' }],
    ['a field that is not text', { text: 5 }],
    ['raw that is not a mail', { raw: 5 }],
  ])('refuses %s as invalid', async (_, input) => {
    await expect(parseMail(input as MailInput)).rejects.toMatchObject({ code: 'MAIL_INPUT_INVALID' });
  });
  it('refuses one byte more than the limit, as bytes, text and field, and reads one of the limit', async () => {
    const most = Buffer.alloc(LIMITS.inputBytes, 0x61);
    expect((await parseMail(most)).text).toHaveLength(LIMITS.textChars);
    const tooLarge = { code: 'MAIL_TOO_LARGE' };
    await expect(parseMail(Buffer.concat([most, most.subarray(0, 1)]))).rejects.toMatchObject(tooLarge);
    await expect(parseMail('a'.repeat(LIMITS.inputBytes + 1))).rejects.toMatchObject(tooLarge);
    await expect(parseMail({ text: 'a'.repeat(LIMITS.inputBytes + 1) })).rejects.toMatchObject(tooLarge);
  });
  it.each<[string, string]>([
    ['one character', 'a'.repeat(1_000_000)],
    ['angle brackets', `Content-Type: text/html\n\n${'<'.repeat(1_000_000)}`],
    ['square brackets', `Subject: ${'['.repeat(100_000)}\n\n${'['.repeat(1_000_000)}`],
    ['nested HTML', `Content-Type: text/html\n\n${'<div>'.repeat(200_000)}`],
    ['empty lines', `Subject: a\n${'\n'.repeat(1_000_000)}`],
    ['boundaries', `Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(20_000)}`],
    ['base64 padding', `Content-Transfer-Encoding: base64\n\n${'=A'.repeat(500_000)}`],
    ['headers', `${'X-A: b\n'.repeat(30_000)}\nx`],
    ['addresses', `From: ${'<"(,'.repeat(20_000)}\nReply-To: ${'a,'.repeat(30_000)}\n\nx`],
    ['links', `Subject: a\n\n${'http://a.example '.repeat(60_000)}`],
  ])('keeps every bound on a mail of %s', async (_, input) => {
    const mail = await parseMail(input);
    expect(mail.subject.length).toBeLessThanOrEqual(LIMITS.headerChars + 100);
    expect(mail.text.length).toBeLessThanOrEqual(LIMITS.textChars);
    expect(mail.html.length).toBeLessThanOrEqual(LIMITS.htmlChars);
    expect(mail.links.length).toBeLessThanOrEqual(LIMITS.links);
    expect(mail.headers.length).toBeLessThanOrEqual(LIMITS.headers);
    expect(mail.parts.length).toBeLessThanOrEqual(LIMITS.parts);
  });
});
