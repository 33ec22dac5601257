import wrapAnsi from 'wrap-ansi';

/**
 * Breaks text so that no line is wider than a terminal: at spaces, and inside a word that is wider than a line.
 *
 * @param width - Columns per line, greater than the indent.
 * @param indent - What every line but the first begins with. Default nothing.
 * @example wrapText('one two three', 8) // 'one two\nthree'
 */
export function wrapText(text: string, width: number, indent = ''): string {
  const lines = wrapAnsi(text, width - indent.length, { hard: true }).split('\n');
  return lines.join(`\n${indent}`);
}
