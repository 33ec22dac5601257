import { decodeWindows1252 } from './charset.ts';
import { LIMITS } from './limits.ts';

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;
const COLON = 0x3a;
const EQUALS = 0x3d;

/**
 * The bytes that the MIME parser gets: without the mbox line, cut at the limits, header block in UTF-8.
 *
 * One pass over the lines. The parser spends about as much on an empty line or a boundary as on a full one, so lines are
 * counted and not only bytes.
 *
 * A text without headers, which the parser would take for one header, gets an empty line before it.
 *
 * @returns A part of the input, or a copy when something had to be put before or into it.
 */
export function prepareBytes(bytes: Uint8Array): Uint8Array {
  const start = skipMboxLine(bytes);
  if (!startsWithHeader(bytes, start))
    return joinBytes(Uint8Array.of(LF), bytes.subarray(start, findEnd(bytes, start).end));
  const { end, headerEnd } = findEnd(bytes, start);
  const header = bytes.subarray(start, headerEnd);
  if (isUtf8(header)) return bytes.subarray(start, end);
  return joinBytes(new TextEncoder().encode(decodeWindows1252(header)), bytes.subarray(headerEnd, end));
}

/** `From sender date`, with or without the `>` of a quoting mail program, and empty lines before it. */
function skipMboxLine(bytes: Uint8Array): number {
  let start = 0;
  while (start < bytes.length && (bytes[start] === LF || bytes[start] === CR)) start++;
  const quoted = bytes[start] === 0x3e ? 1 : 0;
  const isMboxLine = [0x46, 0x72, 0x6f, 0x6d, 0x20].every((byte, i) => bytes[start + quoted + i] === byte);
  if (!isMboxLine) return start;
  const lineEnd = bytes.indexOf(LF, start);
  return lineEnd < 0 ? bytes.length : lineEnd + 1;
}

function findEnd(bytes: Uint8Array, start: number): { end: number; headerEnd: number } {
  const limit = Math.min(bytes.length, start + LIMITS.readBytes);
  let headerEnd = -1;
  let dashLines = 0;
  let equalsSigns = 0;
  let lineStart = start;
  for (let lines = 0; lineStart < limit && lines < LIMITS.readLines; lines++) {
    const first = bytes[lineStart];
    if (headerEnd < 0 && (first === LF || (first === CR && bytes[lineStart + 1] === LF))) headerEnd = lineStart;
    if (first === DASH && bytes[lineStart + 1] === DASH && ++dashLines > LIMITS.dashLines) break;
    let position = lineStart;
    for (; position < limit && bytes[position] !== LF; position++) if (bytes[position] === EQUALS) equalsSigns++;
    if (equalsSigns > LIMITS.equalsSigns) break;
    lineStart = Math.min(position + 1, limit);
  }
  return { end: lineStart, headerEnd: headerEnd < 0 ? lineStart : headerEnd };
}

/** Bytes of a first line that are looked at for a field name. */
const MAX_NAME_BYTES = 100;

/** Whether the first line is `Name: …`, the name printable ASCII without spaces. */
function startsWithHeader(bytes: Uint8Array, start: number): boolean {
  for (let i = start; i < Math.min(bytes.length, start + MAX_NAME_BYTES); i++) {
    const byte = bytes[i] as number;
    if (byte === COLON) return i > start;
    if (byte <= 0x20 || byte >= 0x7f) return false;
  }
  return false;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function joinBytes(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const joined = new Uint8Array(head.length + tail.length);
  joined.set(head);
  joined.set(tail, head.length);
  return joined;
}
