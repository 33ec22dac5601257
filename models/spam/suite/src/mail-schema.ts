import { errorCode, errorMessage, type StandardSchemaV1 } from '@clamor/contract';

import type { Mail, MailInput } from './mail.ts';
import { parseMail } from './parse-mail.ts';

/**
 * Raw mail → {@link Mail}, as a Standard Schema.
 *
 * Never throws: an input that cannot be read becomes one issue whose message starts with its code.
 */
export const mailSchema: StandardSchemaV1<MailInput, Mail> = {
  '~standard': {
    version: 1,
    vendor: 'clamor',
    async validate(value: unknown): Promise<StandardSchemaV1.Result<Mail>> {
      try {
        return { value: await parseMail(value as MailInput) };
      } catch (error) {
        return { issues: [{ message: `${errorCode(error) ?? 'MAIL_UNREADABLE'}: ${errorMessage(error)}` }] };
      }
    },
  },
};
