// What may safely reach a reader's screen from text that somebody hostile wrote?

const CONTROL = /[\p{Cc}\u2028\u2029]/u;
const LONE_SURROGATE = /\p{Cs}/u;
// Marks, embeddings, overrides and isolates: they can make a line read backwards.
const BIDI_CONTROL = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

/**
 * One line of text without anything that steers a screen.
 *
 * White space becomes one space; control characters and lone surrogates become U+FFFD; bidirectional controls are
 * spelled out (`⟨U+202E⟩`), because that they are there is what a reader of spam wants to see. Reads no more of the text
 * than the bound needs, so a line of 50 MB costs nothing.
 *
 * @param text - Anything at all.
 * @param maxLength - Bound on the code points taken from the text; what is cut off is marked by `…`.
 * @example plainText('a\u0000b\n c', 80) // 'a\uFFFDb c'
 */
export function plainText(text: string, maxLength: number): string {
  let out = '';
  let count = 0;
  let spaces = false;
  for (const point of text) {
    if (count >= maxLength) return `${out.trimEnd()}…`;
    count += 1;
    const isSpace = /\s/u.test(point);
    if (isSpace && spaces) continue;
    spaces = isSpace;
    out += isSpace ? ' ' : safePoint(point);
  }
  return out.trim();
}

function safePoint(point: string): string {
  if (CONTROL.test(point) || LONE_SURROGATE.test(point)) return '\uFFFD';
  if (!BIDI_CONTROL.test(point)) return point;
  return `⟨U+${(point.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
