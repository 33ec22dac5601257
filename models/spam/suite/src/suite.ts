import { defineSuite, type Suite } from '@clamor/contract';

import { eml, mbox } from './formats.ts';
import type { Mail, MailInput } from './mail.ts';
import { mailSchema } from './mail-schema.ts';

/** The spam suite: is this mail one that its reader did not ask for and does not want? */
export const suite: Suite<MailInput, Mail> = defineSuite({ name: 'spam', schema: mailSchema, formats: [eml, mbox] });
