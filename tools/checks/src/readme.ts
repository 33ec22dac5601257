import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { WORKSPACE } from './workspace.ts';

/** A ```ts block of a document. */
export interface CodeBlock {
  /** Relative to the workspace. */
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

/**
 * The ```ts blocks of a Markdown text that import from @clamor: each must run as it stands. A block whose fence says
 * more than `ts` (for example ```ts ignore) is a fragment.
 *
 * @example runnableBlocks('x.md', '```ts\nimport "@clamor/spam";\n```\n').length // 1
 */
export function runnableBlocks(file: string, markdown: string): CodeBlock[] {
  const blocks = [...markdown.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => ({
    file,
    line: markdown.slice(0, match.index).split('\n').length + 1,
    code: match[1] ?? '',
  }));
  return blocks.filter(({ code }) => /(from|import)\s*\(?\s*['"]@clamor\//.test(code));
}

/** The documents that people read: those of the root, of docs/ and every README. */
export function documents(): string[] {
  return globSync('{*.md,docs/**/*.md,{packages,tools}/*/README.md,models/*/*/README.md}', {
    cwd: WORKSPACE,
  }).toSorted();
}

/** The text of a document and the folder that its examples run in. */
export function readDocument(file: string): { readonly text: string; readonly dir: string } {
  return { text: readFileSync(join(WORKSPACE, file), 'utf8'), dir: dirname(join(WORKSPACE, file)) };
}

/**
 * The error codes that the section "Errors" of a README lists, sorted.
 *
 * @example listedCodes('## Errors\n\n| `EVAL_LENGTH` | … |\n## Licence') // ['EVAL_LENGTH']
 */
export function listedCodes(markdown: string): string[] {
  const section = /^## Errors\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(markdown)?.[1] ?? '';
  const codes = [...section.matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`/g)].map((match) => match[1] ?? '');
  return [...new Set(codes)].toSorted();
}
