import { dirname, join } from 'node:path';

/** A test that a document names. */
export interface LinkedTest {
  /** Absolute path of the test's file. */
  readonly file: string;
  /** What the name of the test ends with. */
  readonly name: string;
}

/**
 * The tests that a Markdown document links to: every link to a `….test.ts`, by path or by reference, names a test by the words
 * that it stands on. In a table the name begins with the head of the column, then comes the first cell of the line in the
 * words of its column's head: `worker > a member that throws fails`.
 *
 * @param file - Absolute path of the document.
 */
export function linkedTests(file: string, markdown: string): LinkedTest[] {
  const references = new Map(
    [...markdown.matchAll(/^\[([^\]]+)\]: (\S+)$/gm)].map(([, name = '', path = '']) => [name, path]),
  );
  const linksIn = (text: string, prefix: string): LinkedTest[] =>
    [...text.matchAll(/\[([^\]]+)\](?:\(([^)]+)\)|\[([^\]]+)\])/g)].flatMap(([, words = '', path, reference = '']) => {
      const target = path ?? references.get(reference) ?? '';
      const name = `${prefix}${words}`.replaceAll('`', '');
      return target.endsWith('.test.ts') ? [{ file: join(dirname(file), target), name }] : [];
    });
  return markdown.split('\n\n').flatMap((block) => {
    if (!block.startsWith('|')) return linksIn(block.replaceAll(/\s+/g, ' '), '');
    const [[rowHead = '', ...columnHeads] = [], , ...rows] = block.split('\n').map(cells);
    return rows.flatMap(([first = '', ...others]) =>
      others.flatMap((cell, i) => linksIn(cell, `${columnHeads[i]} > ${rowHead.replace('…', first)} `)),
    );
  });
}

function cells(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
