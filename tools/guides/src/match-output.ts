/**
 * Whether a command printed what a guide shows.
 *
 * `…` in a line stands for any text of that line; a line that is nothing but `…` stands for any number of lines. Colours, spaces at the
 * end of lines, and empty lines at both ends do not count.
 *
 * @param options.begins - The output may go on: of a program that has not ended.
 * @example matchesOutput('took 7 ms\na\nb\ndone\n', 'took … ms\n…\ndone') // true
 */
export function matchesOutput(output: string, shown: string, options: { readonly begins?: boolean } = {}): boolean {
  const lines = trimmed(shown).split('\n');
  const patterns = lines.map((line) => (line.trim() === '…' ? '(?:[^\\n]*\\n)*?' : `${escaped(line)}\\n`));
  return new RegExp(`^${patterns.join('')}${options.begins === true ? '' : '$'}`).test(`${trimmed(output)}\n`);
}

function escaped(line: string): string {
  return line
    .split('…')
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('[^\\n]*');
}

function trimmed(text: string): string {
  return plainText(text)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
}

/** Without the sequences that colour a terminal or move its cursor. */
export function plainText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are the sequences to be taken out
  return text.replaceAll('\r\n', '\n').replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
}
