import { describe, expect, it } from 'vitest';

import { mailSchema } from './mail-schema.ts';

const validate = async (input: unknown) => mailSchema['~standard'].validate(input);

describe('mailSchema', () => {
  it('gives the mail', async () => {
    expect(await validate('Subject: a\n\nb')).toMatchObject({ value: { subject: 'a', text: 'b' } });
  });
  it('gives one issue that starts with its code', async () => {
    const result = await validate(new Uint8Array(0));
    expect(result.issues?.map(({ message }) => message.split(':')[0])).toEqual(['MAIL_EMPTY']);
  });
  it('gives an issue for an object that throws when it is read', async () => {
    const hostile = {
      get raw(): string {
        throw new Error('boo');
      },
    };
    expect((await validate(hostile)).issues?.[0]?.message).toBe('MAIL_UNREADABLE: boo');
  });
});
