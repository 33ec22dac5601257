import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { onTestFinished } from 'vitest';

import { run } from '../src/run.ts';
import type { ExitCode } from '../src/exit-codes.ts';

/** Content of files by relative path; objects are written as JSON. */
export type Files = { readonly [path: string]: string | Uint8Array | object };

const PACKAGES = fileURLToPath(new URL('../..', import.meta.url));
const EMPTY = { splits: [], count: 0, sha256: '0'.repeat(64) };

/** A folder that is gone when the test is over. */
export function folder(files: Files = {}): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'clamor-cli-')));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  writeFiles(dir, files);
  return dir;
}

/** Writes files into a folder. */
export function writeFiles(dir: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(dir, path);
    mkdirSync(dirname(file), { recursive: true });
    const isRaw = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(file, isRaw ? content : JSON.stringify(content));
  }
}

/** A host that installs the given packages. */
export function host(packages: { readonly [name: string]: Files }): string {
  const dependencies = Object.fromEntries(Object.keys(packages).map((name) => [name, '*']));
  const dir = folder({ 'package.json': { name: 'host', version: '1.0.0', dependencies } });
  mkdirSync(join(dir, 'node_modules', '@clamor'), { recursive: true });
  for (const name of ['contract', 'store'])
    symlinkSync(join(PACKAGES, name), join(dir, 'node_modules', '@clamor', name));
  for (const [name, files] of Object.entries(packages)) writeFiles(join(dir, 'node_modules', name), files);
  return dir;
}

/** The same packages as the workspace packages of a git repository with one commit: a team's own. */
export function repository(packages: { readonly [name: string]: Files }): string {
  const dir = folder({ 'package.json': { name: 'team', version: '1.0.0', workspaces: ['models/*'] } });
  writeFiles(dir, { '.gitignore': 'node_modules\n' });
  mkdirSync(join(dir, 'node_modules', '@clamor'), { recursive: true });
  for (const name of ['contract', 'store'])
    symlinkSync(join(PACKAGES, name), join(dir, 'node_modules', '@clamor', name));
  for (const [name, files] of Object.entries(packages)) {
    writeFiles(join(dir, 'models', name), files);
    symlinkSync(join(dir, 'models', name), join(dir, 'node_modules', name));
  }
  git(dir, 'init', '--quiet');
  commitAll(dir);
  return dir;
}

/** Commits whatever has changed in a repository. */
export function commitAll(dir: string): void {
  git(dir, 'add', '--all');
  git(dir, 'commit', '--quiet', '--message', 'test');
}

/** Runs git in a folder, as nobody in particular. @returns stdout. */
export function git(dir: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=tester', '-c', 'user.email=tester@example.com', '-c', 'core.hooksPath=/dev/null'];
  return execFileSync('git', [...identity, ...args], { cwd: dir, encoding: 'utf8' });
}

/** The suite `texts`: an example is a text, or `{ text }`; the empty text is refused. Format `.txts`: one text per line. */
export function suite(policy: object = {}): Files {
  return {
    'package.json': {
      name: 'texts',
      version: '1.0.0',
      type: 'module',
      exports: './index.js',
      clamor: { kind: 'suite', suite: 'texts', contract: 1, owner: 'core' },
    },
    'assets/policy.json': {
      precisionFloor: 0.99,
      uniquePrecisionFloor: 0.9,
      lossBudget: 0.005,
      harmConfidence: 0.9,
      meritConfidence: 0.8,
      required: [],
      whenUndetermined: 'negative',
      costBudgetMs: null,
      labelMaturityDays: 14,
      ...policy,
    },
    'index.js': `
      import { defineSuite } from '@clamor/contract';
      const validate = (input) => {
        const text = typeof input === 'object' && input !== null ? input.text : input;
        return typeof text === 'string' && text !== '' ? { value: { text } } : { issues: [{ message: 'wanted a text' }] };
      };
      const txts = {
        name: 'txts',
        extensions: ['.txts'],
        async *read(chunks) {
          let text = '';
          for await (const chunk of chunks) text += Buffer.from(chunk).toString('latin1');
          yield* text.split('\\n').slice(0, -1);
        },
      };
      export const suite = defineSuite({
        name: 'texts', schema: { '~standard': { version: 1, vendor: 'test', validate } }, formats: [txts],
      });`,
  };
}

/** A member that is positive on texts with its word. */
export function member(
  name: string,
  word: string,
  options: { record?: object; score?: string; marker?: object } = {},
): Files {
  return {
    'package.json': {
      name: `texts-${name}`,
      version: '0.1.0',
      type: 'module',
      exports: './index.js',
      clamor: { kind: 'classifier', suite: 'texts', contract: 1, owner: `${name}-team`, ...options.marker },
      peerDependencies: { texts: '^1.0.0' },
    },
    'assets/record.json': {
      threshold: 1,
      artifact: null,
      inputs: {},
      encoder: null,
      abstains: false,
      positiveRateBand: [0, 1],
      fit: { data: 'texts@1', seed: 0, weights: EMPTY, threshold: EMPTY },
      figures: [],
      ...options.record,
    },
    'assets/samples.jsonl': '',
    'index.js': `
      import { column, defineClassifier } from '@clamor/contract';
      const score = ${options.score ?? `({ text }) => text.split(${JSON.stringify(word)}).length - 1`};
      export const classifier = defineClassifier({ load: () => ({ score: (texts) => column(texts, score), close() {} }) });`,
  };
}

/** What {@link plainEncoder} takes. */
export interface PlainEncoderOptions {
  readonly name: string;
  readonly version?: string;
  readonly width?: number;
  /** Code before the encoder, which defines `encode(texts)`. */
  readonly code: string;
}

/** An encoder in plain code, as a package. */
export function plainEncoder({ name, version = '1.0.0', width = 2, code }: PlainEncoderOptions): Files {
  const none = { artifact: null, tokenizer: null, maxTokens: null, maxCharacters: null, output: null, source: null };
  return {
    'package.json': {
      name,
      version,
      type: 'module',
      exports: './index.js',
      clamor: { kind: 'encoder', contract: 1, owner: 'core' },
    },
    'assets/record.json': { ...none, width, normalised: false },
    'index.js': `
      import { defineEncoder } from '@clamor/contract';
      ${code}
      export const encoder = defineEncoder({ width: ${width}, load: () => ({ encode, close() {} }) });`,
  };
}

/**
 * The evaluation of the suite. Ids a…h; `fit` holds a and b, `valid` (explore) c and d, `test` the others.
 *
 * @param extra - Source of more fields of the evaluation; `idSetRecord`, `splits` and `@clamor/contract` as `contract` are in scope.
 */
export function evaluation(extra = ''): Files {
  return {
    'package.json': {
      name: 'texts-evaluation',
      version: '0.1.0',
      type: 'module',
      exports: './index.js',
      clamor: { kind: 'evaluation', suite: 'texts', contract: 1, owner: 'core' },
    },
    'index.js': `
      import * as contract from '@clamor/contract';
      import { idSetRecord } from '@clamor/store';
      const texts = {
        a: ['buy', 1], b: ['hello', 0], c: ['buy \\u001b[2J <b>', 1], d: ['win', 0],
        e: ['buy now', 1], f: ['win win', 1], g: ['lunch', 0], h: ['win buy', 1], i: ['', 0], j: ['loan', 1],
      };
      const split = (name, roles, ids) => ({ name, roles, ids, description: name + ' texts' });
      const splits = [
        split('fit', ['fit'], ['a', 'b']), split('valid', ['explore'], ['c', 'd']),
        split('test', ['gate', 'test'], ['e', 'f', 'g', 'h', 'i', 'j']),
      ];
      export const evaluation = {
        suite: 'texts', dataset: 'texts@1', splits,
        async *examples(name) {
          for (const id of splits.find((s) => s.name === name).ids) yield { id, label: texts[id][1], input: texts[id][0] };
        },
        describe: ({ input }) => ({ title: input }),
        ${extra}
      };`,
  };
}

/** What a run of the command line did. */
export interface RunResult {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run said on stderr besides where the columns of a split came from, of which the tests of the cache are. */
export function besidesColumns(stderr: string): string {
  return stderr.replace(/^columns of .*\n/gm, '');
}

/** Runs a command line in this process. */
export async function clamor(
  args: readonly string[],
  options: {
    cwd?: string;
    stdin?: string | Uint8Array;
    signal?: AbortSignal;
    onStdout?: (text: string) => void;
    now?: Date;
  } = {},
): Promise<RunResult> {
  let stdout = '';
  let stderr = '';
  const exitCode = await run(args, {
    stdin: chunks(options.stdin ?? ''),
    stdout: {
      isTty: false,
      write: (text) => {
        stdout += text;
        options.onStdout?.(text);
      },
    },
    stderr: { isTty: false, write: (text) => void (stderr += text) },
    cwd: options.cwd ?? folder(),
    signal: options.signal ?? new AbortController().signal,
    width: null,
    colour: false,
    user: 'tester',
    now: () => options.now ?? new Date('2026-01-02T03:04:05.000Z'),
  });
  return { exitCode, stdout, stderr };
}

async function* chunks(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof content === 'string' ? new TextEncoder().encode(content) : content;
}
