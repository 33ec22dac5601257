/** What windows-1252 has at 0x80–0x9F; everything else is latin-1. */
const C1 =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F' +
  '\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Labels under which bytes are mostly something else: UTF-8 is tried first, windows-1252 second. */
const UNTRUSTED = new Set([
  '',
  'utf-8',
  'utf8',
  'us-ascii',
  'ascii',
  'unknown',
  'default',
  '7bit',
  '8bit',
  'x-unknown',
]);

/** Labels of latin-1 and of its superset, which senders mean by it. */
const LATIN = new Set(['iso-8859-1', 'iso8859-1', 'iso_8859-1', 'latin1', 'windows-1252', 'cp1252', 'x-ansi']);

/**
 * Text of a body or header: by the declared charset, falling back to windows-1252, so that no byte is lost to U+FFFD
 * where a reader would see a letter.
 *
 * @param charset - As declared, any case; empty when not declared.
 * @example decodeText(Uint8Array.of(0x93, 0x61, 0x94), 'us-ascii') // '“a”'
 */
export function decodeText(bytes: Uint8Array, charset: string): string {
  const label = charset.trim().toLowerCase();
  if (LATIN.has(label)) return decodeWindows1252(bytes);
  if (!UNTRUSTED.has(label)) {
    const decoder = createDecoder(label);
    if (decoder !== null) return decoder.decode(bytes);
  }
  try {
    return UTF8.decode(bytes);
  } catch {
    return decodeWindows1252(bytes);
  }
}

/** By hand, because some Node versions decode 0x80–0x9F of windows-1252 as latin-1, and scores would differ with them. */
export function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin1.replace(/[\x80-\x9f]/g, (char) => C1.charAt(char.charCodeAt(0) - 0x80));
}

function createDecoder(label: string): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}
