export { MAIL_ERRORS, MailError } from './errors.ts';
export { LIMITS } from './limits.ts';
export { mailSchema } from './mail-schema.ts';
export { parseMail } from './parse-mail.ts';
export { readSubject } from './read-subject.ts';
export { suite } from './suite.ts';

export type { MailErrorCode } from './errors.ts';
export type { Address, Header, Link, LinkKind, Mail, MailFields, MailInput, MailPart } from './mail.ts';
