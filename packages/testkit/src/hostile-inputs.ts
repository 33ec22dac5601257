/**
 * Inputs that nobody would send on purpose, for suites whose schema takes bytes or strings: what the schema refuses is
 * fine, what it lets through every member must survive.
 */
export const HOSTILE_INPUTS: readonly unknown[] = [
  '',
  '\0\0\0\0',
  Uint8Array.of(0xff, 0xfe, 0x80, 0x00, 0xc3, 0x28),
  'a'.repeat(1_000_000),
  '<'.repeat(200_000),
  `Subject: ${'=?utf-8?q?=C3?= '.repeat(5_000)}\n\n${'http://'.repeat(20_000)}`,
  `Content-Type: text/html\n\n${'<div>'.repeat(20_000)}`,
  '\u{1F600}'.repeat(50_000),
  'Subject: \uD800 lone surrogate\n\n\uDC00',
  null,
  undefined,
  Number.NaN,
  {},
  [],
];

/** Texts of several lengths and scripts that the tests of an encoder encode; two of them are of one length. */
export const ENCODER_TEXTS: readonly string[] = [
  '',
  'Hello',
  'World',
  'Win a free cruise now!!!',
  'Grüße aus Köln, 1.250,00 €',
  '您的订单已经发货',
  'The meeting is moved to Thursday, same room, same time. '.repeat(8),
  'free '.repeat(400),
];

/** Texts that cost a tokenizer most: normalising marks takes time by their square, cutting long words by their cube. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...HOSTILE_INPUTS.filter((input) => typeof input === 'string'),
  `a${'\u0301\u0316\u0327'.repeat(300_000)}`,
  `${'qzxj'.repeat(24)} `.repeat(10_000),
  '\uFDFA'.repeat(1_000_000),
];
