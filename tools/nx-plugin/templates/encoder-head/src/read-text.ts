/** Characters that are given to the encoder; an encoder that reads fewer drops the end. */
export const MAX_CHARS = 4000;

const MAX_DEPTH = 6;
const MAX_VALUES = 10_000;

/**
 * The text of an example, whatever its fields are: its own texts first, then those of what it holds, each on a line of its own.
 *
 * A baseline for any suite. A member gets better by a text that begins with what matters: change this function.
 *
 * @returns At most {@link MAX_CHARS} characters; empty when there is no text.
 * @example readText({ subject: 'Hello', from: { name: 'Ann' }, text: 'Buy now' }) // 'Hello\nBuy now\nAnn'
 */
export function readText(example: unknown): string {
  const lines: string[] = [];
  let left = MAX_CHARS;
  let level: unknown[] = [example];
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    for (const value of level) {
      if (typeof value !== 'string' || value === '' || left <= 0) continue;
      lines.push(value.slice(0, left));
      left -= value.length + 1;
    }
    level = level.flatMap(valuesOf).slice(0, MAX_VALUES);
  }
  return lines.join('\n');
}

/** Bytes say nothing as text. */
function valuesOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) ? Object.values(value) : [];
}
