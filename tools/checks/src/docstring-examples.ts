import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

import { WORKSPACE } from './workspace.ts';

/** The `@example` of a doc comment. */
export interface DocstringExample {
  /** Relative to the workspace. */
  readonly file: string;
  readonly line: number;
  /** What the comment describes. */
  readonly name: string;
  /** TypeScript: statements, the last of which is an expression. */
  readonly code: string;
  /** The comment behind the expression, without its slashes; `null` without one. */
  readonly comment: string | null;
}

/** Sources whose doc comments are executed, relative to the workspace. */
export function documentedSources(): string[] {
  const exclude = ['**/*.test.ts', '**/*.test-d.ts'];
  return globSync('{packages,tools}/*/src/**/*.ts', { cwd: WORKSPACE, exclude }).toSorted();
}

/** The examples of a source file of the workspace. */
export function readExamples(file: string): DocstringExample[] {
  return docstringExamples(file, readFileSync(join(WORKSPACE, file), 'utf8'));
}

const DECLARATION =
  /^\s*(?:export )?(?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type) (\w+)/;

/**
 * The examples of a source text, each up to the next tag or the end of its doc comment.
 *
 * @example docstringExamples('a.ts', '/** @example twice(2) // 4 *\u002f\nfunction twice() {}')[0]?.comment // '4'
 */
export function docstringExamples(file: string, source: string): DocstringExample[] {
  return [...source.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((found) => {
    const text = found[0].slice(3, -2).replaceAll(/^[ \t]*\* ?/gm, '');
    const tag = /^[ \t]*@example[ \t]*\n?([\s\S]*?)(?=^[ \t]*@\w|(?![\s\S]))/m.exec(text);
    if (tag === null) return [];
    const name = DECLARATION.exec(source.slice(found.index + found[0].length))?.[1] ?? '';
    const line = source.slice(0, found.index).split('\n').length + text.slice(0, tag.index).split('\n').length - 1;
    return [{ file, line, name, ...withoutComment((tag[1] ?? '').trim()) }];
  });
}

/** A comment at the end, behind the expression or on a line of its own below it, is what the expression comes to. */
function withoutComment(example: string): Pick<DocstringExample, 'code' | 'comment'> {
  const lines = example.split('\n');
  const last = lines.pop() ?? '';
  const [, code, comment = null] = /^(.*(?:^|\s)|)\/\/ (.*)$/.exec(last) ?? [last, last];
  return { code: [...lines, code ?? ''].join('\n').trim(), comment };
}

/** Whether an example is nothing but comments: a fragment to read, which nobody can run. */
export function isFragment({ code }: Pick<DocstringExample, 'code'>): boolean {
  return code.split('\n').every((line) => line.trim() === '' || line.trim().startsWith('//'));
}

/**
 * Runs an example.
 *
 * @param scope - What it may name besides the globals.
 * @returns What its last expression comes to.
 */
export async function runExample(
  { code }: Pick<DocstringExample, 'code'>,
  scope: { readonly [name: string]: unknown },
): Promise<unknown> {
  const script = stripTypeScriptTypes(code);
  // The value of a script is that of its last expression; only eval tells it, and only `with` takes names as they come.
  const run = /\bawait\b/.test(script)
    ? `with (scope) return (async () => (${script.replace(/;\s*$/, '')}))()`
    : 'with (scope) return eval(script)';
  // oxlint-disable-next-line typescript/no-implied-eval -- running our own source text is what this is for
  return (new Function('scope', 'script', run) as (scope: object, script: string) => unknown)(scope, script);
}

/** A number as it is written: as exact as its digits. */
export interface WrittenNumber {
  readonly written: string;
}

/** What a comment says that an expression comes to, with numbers as they are written; `null` for a text in words. */
export interface WrittenValue {
  readonly value: unknown;
}

const TOKENS =
  /'(?:[^'\\]|\\.)*'|\b0[bx][\da-f]+\b|\b[A-Z]\w*Array (?=\[)|(?<![\w.])-?\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?/gi;

/**
 * Reads the value at the beginning of a comment: all of it, or what stands before a colon, comma or semicolon.
 *
 * @example writtenValue("'pass': both hold") // { value: 'pass' }
 */
export function writtenValue(comment: string): WrittenValue | null {
  const ends = [...comment.matchAll(/[:,;] |$/g)].map(({ index }) => index).toReversed();
  for (const end of ends) {
    const literal = comment.slice(0, end).replaceAll(TOKENS, (token) => {
      if (token.startsWith("'")) return token;
      return token.includes('Array') ? '' : `({ written: '${token}' })`;
    });
    const isLiteral = /^(?:[\s[\]{}(),:]|'(?:[^'\\]|\\.)*'|\b(?:true|false|null|undefined)\b|\w+(?=: ))+$/.test(
      literal,
    );
    if (!isLiteral) continue;
    try {
      // oxlint-disable-next-line typescript/no-implied-eval -- nothing but literals is let through
      return { value: new Function(`return (${literal})`)() as unknown };
    } catch {
      // Not a value by itself: a shorter beginning may be one.
    }
  }
  return null;
}

/**
 * Whether a number is the written one, rounded to as many decimals; a whole number is exact.
 *
 * @example isAsWritten(2 / 3, { written: '0.667' }) // true
 */
export function isAsWritten(actual: unknown, { written }: WrittenNumber): boolean {
  const value = Number(written.replaceAll('_', ''));
  const decimals = /\.(\d+)/.exec(written)?.[1]?.length ?? 0;
  const exponent = Number(/e([+-]?\d+)$/i.exec(written)?.[1] ?? 0);
  const tolerance = decimals === 0 ? 0 : 0.5000001 * 10 ** (exponent - decimals);
  return typeof actual === 'number' && Math.abs(actual - value) <= tolerance;
}
