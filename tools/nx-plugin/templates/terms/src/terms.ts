/** Distinct terms of one example that are read; more are dropped, because the size of an example is not to be trusted. */
export const MAX_TERMS = 2048;

/** Characters of one string that are read. */
const MAX_CHARS = 20_000;
const MAX_DEPTH = 6;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’]*|[!$€£%]/gu;

/**
 * The terms of an example, whatever its fields are: words of its texts, values of its switches, magnitudes of its numbers,
 * each with the path of its field.
 *
 * A baseline for any suite. A member gets better by features that know what the fields mean: change this file.
 *
 * @returns At most {@link MAX_TERMS}, in the order of the example.
 * @example findTerms({ text: 'Buy NOW', links: 3, html: true }) // Set { 'text buy', 'text now', 'links ~2', 'html true' }
 */
export function findTerms(example: unknown): Set<string> {
  const terms = new Set<string>();
  collect(example, '', { terms, depth: 0 });
  return terms;
}

interface Collecting {
  readonly terms: Set<string>;
  readonly depth: number;
}

function collect(value: unknown, path: string, { terms, depth }: Collecting): void {
  if (terms.size >= MAX_TERMS || depth > MAX_DEPTH) return;
  if (typeof value === 'string') collectWords(value, path, terms);
  else if (typeof value === 'boolean') terms.add(`${path} ${value}`);
  // Numbers that are near on a scale of doubling are one term.
  else if (typeof value === 'number')
    terms.add(`${path} ${value < 0 ? '-' : ''}~${Math.round(Math.log2(1 + Math.abs(value)))}`);
  // Bytes say nothing as numbers.
  else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const [key, each] of Object.entries(value)) {
      const field = Array.isArray(value) ? path : `${path}${path === '' ? '' : '.'}${key}`;
      collect(each, field, { terms, depth: depth + 1 });
    }
  }
}

function collectWords(text: string, path: string, terms: Set<string>): void {
  for (const [word] of text.slice(0, MAX_CHARS).matchAll(WORD)) {
    if (terms.size >= MAX_TERMS) return;
    terms.add(
      `${path} ${word
        .toLowerCase()
        .replace(/\p{N}+/gu, '0')
        .slice(0, 24)}`,
    );
  }
}
