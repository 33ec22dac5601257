import { describe, expect, it } from 'vitest';

import { maskDate, maskDigits, maskReceived } from './mask.ts';

describe('maskDate', () => {
  it('masks day, month, date and time, and keeps the zone', () => {
    expect(maskDate('Thu, 22 Aug 2002 07:33:07 -0600 (MDT)')).toBe('Www, 00 Mmm 0000 00:00:00 -0600 (MDT)');
  });
  it('gives the same for two dates of one shape', () => {
    expect(maskDate('Mon, 01 Jul 2002 01:02:03 +0100')).toBe(maskDate('Sun, 29 Sep 2002 23:59:59 +0100'));
  });
  it('masks long names', () => {
    expect(maskDate('Thursday 22 September 2002')).toBe('Www 00 Mmm 0000');
  });
  it('keeps the shape of a date that is not one', () => {
    expect(maskDate('today-12345')).toBe('today-00000');
  });
});

describe('maskDigits', () => {
  it('keeps letters and signs', () => {
    expect(maskDigits('<20020930.108ba@a.example>')).toBe('<00000000.000ba@a.example>');
  });
});

describe('maskReceived', () => {
  it('masks the date and the queue id, and keeps the route', () => {
    expect(maskReceived('from a [10.1.2.3] by b (8.11.6) id g7MBYrZ04811; Thu, 22 Aug 2002 12:34:53 +0100')).toBe(
      'from a [10.1.2.3] by b (8.11.6) id g0MBYrZ00000; Www, 00 Mmm 0000 00:00:00 +0100',
    );
  });
  it('masks the queue id of a line without a date', () => {
    expect(maskReceived('by b id 12')).toBe('by b id 00');
  });
  it('gets through a megabyte of ids', () => {
    expect(maskReceived('id '.repeat(300_000))).toHaveLength(900_000);
  });
});
