import { globSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandResult } from '../src/run-command.ts';
import { type ScratchRepository, createScratchRepository } from '../src/scratch-repository.ts';
import { workspacePackages } from '../src/workspace.ts';

const SUITE = 'spam';
const MEMBERS = workspacePackages()
  .map(({ manifest }) => manifest)
  .filter(({ clamor }) => clamor?.kind === 'classifier' && clamor.suite === SUITE)
  .map(({ name }) => name.replace(`@clamor/${SUITE}-`, ''));
const TOUCHED = 'words';
const SIBLINGS = MEMBERS.filter((name) => name !== TOUCHED);
/** What `score` is over: the splits of the dataset that are not for fitting alone and that nobody was fitted on. */
const SPLITS = ['test', 'valid'];

// The targets of a member as they are, on a copy of this repository.
describe('the targets of a member', { tags: ['slow'], timeout: 900_000 }, () => {
  let clone: ScratchRepository;
  beforeAll(() => {
    clone = createScratchRepository();
    expectSuccess(nx('run-many', '-t', 'score', '--output-style=static'));
  }, 900_000);
  afterAll(() => clone.dispose(), 120_000);

  it('score: seven members, each with files of its own, which are not in git', () => {
    expect(MEMBERS).toHaveLength(7);
    const wanted = SPLITS.flatMap((split) =>
      MEMBERS.flatMap((name) => ['json', 'parquet'].map((type) => `${split}/${name}.${type}`)),
    );
    expect(columnFiles()).toEqual(wanted.toSorted());
    expect(clone.run('git', 'status', '--porcelain').stdout).toBe('');
  });

  it('score: one of the seven is touched, one is scored, six come from the cache', () => {
    const before = columnBytes();
    touch();
    forgetColumns();
    const result = nx('run-many', '-t', 'score', '--output-style=static');
    expectSuccess(result);
    expect(fromCache(result)).toEqual(SIBLINGS);
    expect(result.output).toMatch(/Cache: +6\/7 hit/);
    expect(scoredBy(result)).toEqual([`columns of test: scored ${TOUCHED}`, `columns of valid: scored ${TOUCHED}`]);
    const after = columnBytes();
    const changed = Object.keys(after).filter((file) => before[file] !== after[file]);
    expect(changed).toEqual(SPLITS.map((split) => `${split}/${TOUCHED}.parquet`));
  });

  it('gate: joins the columns, with figures that are those of a run without any cache', { timeout: 900_000 }, () => {
    forgetColumns();
    const result = nx('gate', `@clamor/${SUITE}-${TOUCHED}`, '--output-style=static');
    expect(result.output).toMatch(/→ (?:pass|fail|inconclusive|no effect)/);
    expect(result.status, result.output).toBe(/→ pass/.test(result.output) ? 0 : 1);
    // A member in shadow is not measured beside others: nobody waits for it.
    const counting = MEMBERS.filter((name) => name !== 'meaning');
    expect(fromCache(result)).toEqual(counting);
    expect(result.output).toContain(`columns of test: cached ${counting.join(', ')}\n`);

    const cached = evaluate();
    const fresh = evaluate('--no-cache');
    expect(cached.output).toContain(`columns of test: cached ${counting.join(', ')}\n`);
    expect(fresh.output).not.toContain('columns of');
    const figures = numbersOf(JSON.parse(cached.stdout));
    expect(figures.length).toBeGreaterThan(1000);
    expect(figures).toEqual(numbersOf(JSON.parse(fresh.stdout)));
  });

  it('compare: with the branch that nx.json names, and with what the changesets say when that is asked for', () => {
    const { status, output } = nx('compare', `@clamor/${SUITE}-${TOUCHED}`, '--changeset');
    expect(output).toContain(`clamor compare @clamor/${SUITE}-${TOUCHED} --against git:main --changeset`);
    // Other judgements on some mail, and no changeset since the commit that says so.
    expect([status, output]).toEqual([1, expect.stringContaining(`"@clamor/${SUITE}-${TOUCHED}": minor`)]);
  });

  it('lint, typecheck, test, build and pack-check run', () => {
    const targets = ['lint', 'typecheck', 'test', 'build', 'pack-check'];
    const result = nx('run-many', '-t', ...targets, '-p', `@clamor/${SUITE}-${TOUCHED}`, '--output-style=static');
    expectSuccess(result);
    for (const target of targets) expect(result.output).toContain(`nx run @clamor/${SUITE}-${TOUCHED}:${target}`);
  });

  it('train: the recipe of a member that was just made', () => {
    expectSuccess(nx('g', '@clamor/nx:member', `${SUITE}/made`, '--skip-install'));
    // As an install would; dependencies of the copy are links, which npm must not touch.
    symlinkSync(join(clone.dir, `models/${SUITE}/made`), join(clone.dir, 'node_modules/@clamor/spam-made'));
    const lines = Array.from({ length: 40 }, (_, i) => ({ id: `e${i}`, label: i % 2, input: mail(i) }));
    clone.write('examples.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'));
    expectSuccess(nx('train', '@clamor/spam-made', '--data=examples.jsonl'));
    const record = JSON.parse(readFileSync(join(clone.dir, 'models/spam/made/assets/record.json'), 'utf8')) as {
      readonly fit: { readonly weights: { readonly count: number } };
    };
    expect(record.fit.weights.count).toBe(40);
  });

  it('stand in no project.json', () => {
    expect(clone.run('git', 'ls-files', '*project.json').stdout).toBe('');
  });

  function nx(...args: readonly string[]): CommandResult {
    return clone.run('nx', ...args);
  }

  /** Long mails get other scores; the samples of the member, which are short, get the same. */
  function touch(): void {
    const file = `models/${SUITE}/${TOUCHED}/src/features.ts`;
    const code = readFileSync(join(clone.dir, file), 'utf8');
    const changed = code.replace('counts.size < MAX_WORDS', 'counts.size < 100');
    expect(changed).not.toBe(code);
    clone.write(file, changed);
  }

  /** Afterwards nothing but the cache of Nx can answer. */
  function forgetColumns(): void {
    rmSync(join(clone.dir, '.clamor'), { recursive: true });
  }

  function columnFiles(): string[] {
    return globSync(`*/*`, { cwd: join(clone.dir, '.clamor/columns', SUITE) }).toSorted();
  }

  function columnBytes(): { readonly [file: string]: string } {
    const files = columnFiles().filter((file) => file.endsWith('.parquet'));
    const folder = join(clone.dir, '.clamor/columns', SUITE);
    return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'base64')]));
  }

  function evaluate(...options: readonly string[]): CommandResult {
    const args = ['packages/cli/bin/clamor.js', 'evaluate', SUITE, '--split', 'test', '--json', ...options];
    const result = clone.run('node', ...args);
    expectSuccess(result);
    return result;
  }
});

function expectSuccess({ status, output }: CommandResult): void {
  expect(status, output).toBe(0);
}

/** Members whose task `score` was answered by the cache of Nx. */
function fromCache({ output }: CommandResult): string[] {
  const lines = [...output.matchAll(/nx run @clamor\/spam-(\S+):score +\[(?:local cache|existing outputs)/g)];
  return lines.map((match) => match[1]!).toSorted();
}

/** What the command says of columns that it did not have. */
function scoredBy({ output }: CommandResult): string[] {
  const cached = output.split(/^> nx run /m).filter((task) => !/^\S+ +\[/.test(task));
  return cached.flatMap((task) => task.match(/^columns of .*$/gm) ?? []).toSorted();
}

/** Every number of a document with the path to it. */
function numbersOf(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => numbersOf(each, `${path}/${key}`));
}

/** Of both labels, of different lengths. */
function mail(i: number): string {
  const [subject, text] = i % 2 === 1 ? ['cash', 'cash for you'] : ['letter', 'a letter from me'];
  return `Subject: ${subject}\n\n${text} ${'and so on '.repeat(i)}\n`;
}
