import { decodeWindows1252 } from './charset.ts';
import { LIMITS } from './limits.ts';

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;

/**
 * The bytes that the MIME parser gets: without the mbox line, cut at the limits, header block in UTF-8.
 *
 * One pass over the lines. The parser spends about as much on an empty line or a boundary as on a full one, so lines are
 * counted and not only bytes.
 *
 * @returns A part of the input, or a copy when the header block was not UTF-8.
 */
export function prepareBytes(bytes: Uint8Array): Uint8Array {
  const start = skipMboxLine(bytes);
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
  let position = start;
  for (let lines = 0; position < limit && lines < LIMITS.readLines; lines++) {
    const first = bytes[position];
    if (headerEnd < 0 && (first === LF || (first === CR && bytes[position + 1] === LF))) headerEnd = position;
    if (first === DASH && bytes[position + 1] === DASH && ++dashLines > LIMITS.dashLines) break;
    const lineEnd = bytes.indexOf(LF, position);
    position = lineEnd < 0 || lineEnd >= limit ? limit : lineEnd + 1;
  }
  return { end: position, headerEnd: headerEnd < 0 ? position : headerEnd };
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
