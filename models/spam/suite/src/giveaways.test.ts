import { describe, expect, it } from 'vitest';

import { isGiveawayHeader, namesForeignHost } from './giveaways.ts';

describe('isGiveawayHeader', () => {
  it.each([
    'in-reply-to',
    'references',
    'list-id',
    'list-unsubscribe',
    'x-beenthere',
    'mailing-list',
    'precedence',
    'errors-to',
    'sender',
    'x-mailman-version',
    'x-keywords',
    'x-status',
    'delivery-date',
    'x-mailscanner',
    'x-spam-status',
    'x-spam-level',
    'to',
    'cc',
    'delivered-to',
    'x-original-date',
    'return-path',
  ])('drops %s', (name) => {
    expect(isGiveawayHeader(name, 'x')).toBe(true);
  });
  it.each(['from', 'subject', 'date', 'message-id', 'x-mailer', 'reply-to', 'content-type', 'organization'])(
    'keeps %s',
    (name) => {
      expect(isGiveawayHeader(name, 'x')).toBe(false);
    },
  );
  it('drops a Message-ID that the receiving host made up', () => {
    expect(isGiveawayHeader('message-id', '<1@dogma.slashnull.org>')).toBe(true);
    expect(isGiveawayHeader('message-id', '<1@a.example>')).toBe(false);
  });
  it('keeps the sender even of a mail that comes from a list', () => {
    expect(isGiveawayHeader('from', 'niall@linux.ie')).toBe(false);
  });
});

describe('namesForeignHost', () => {
  it('knows the hosts of the collector and of the lists in any case', () => {
    expect(namesForeignHost('from x by Phobos.labs.NetNoteInc.com')).toBe(true);
    expect(namesForeignHost('from x by lugh.tuatha.org')).toBe(true);
    expect(namesForeignHost('from x by mail.other.test')).toBe(false);
  });
});
