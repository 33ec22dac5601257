import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from '../command-line/run.ts';

// Writes down what it was asked, answers in Markdown, and ends with the code that answers.json has for the package.
const CLAMOR = `
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const file = args.splice(args.indexOf('--markdown'), 2)[1];
appendFileSync('asked.txt', args.join(' ') + '\\n');
writeFileSync(file, '## ' + args[0] + ' ' + args[1] + '\\n');
appendFileSync('options.txt', process.env.NODE_OPTIONS + '\\n');
process.exitCode = JSON.parse(readFileSync('answers.json', 'utf8'))[args[1]] ?? 0;
`;

// A repository in which a branch has changed two members, added one, and touched an encoder and a suite.
describe('a merge', { tags: ['slow'] }, () => {
  let dir: string;
  let base: string;
  beforeEach(() => {
    vi.spyOn(console, 'log').mockReturnValue();
    dir = mkdtempSync(join(tmpdir(), 'clamor-merge-test-'));
    git('init', '--quiet', '--initial-branch', 'main');
    write('.gitignore', 'node_modules\n*.txt\nanswers.json\nreport\n');
    write('package.json', { name: 'scratch', workspaces: ['models/*/*'] });
    plant('models/encoders/mini', '@me/mini', { kind: 'encoder' });
    plant('models/encoders/alone', '@me/alone', { kind: 'encoder' });
    plant('models/fraud/suite', '@me/fraud', { kind: 'suite', suite: 'fraud' });
    plant('models/fraud/cards', '@me/fraud-cards', { kind: 'classifier', suite: 'fraud' }, ['@me/mini']);
    plant('models/fraud/names', '@me/fraud-names', { kind: 'classifier', suite: 'fraud' });
    plant('models/abuse/words', '@me/abuse-words', { kind: 'classifier', suite: 'abuse' });
    commit();
    base = git('rev-parse', 'HEAD').trim();
    git('checkout', '--quiet', '-b', 'branch');
    write('node_modules/@clamor/cli/package.json', { name: '@clamor/cli', version: '1.0.0' });
    write('node_modules/@clamor/cli/bin/clamor.js', CLAMOR);
    write('answers.json', {});
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(dir, { recursive: true, force: true });
  });

  describe('gate-merge', () => {
    it('gates the members of each suite together, and nothing else', async () => {
      touch('models/fraud/cards', 'models/fraud/names', 'models/abuse/words', 'models/fraud/suite');
      expect(await run('gate-merge', '--split', 'valid', '--junit', 'report/gate.xml')).toBe(0);
      expect(asked()).toEqual([
        `gate @me/abuse-words --suite abuse --installed --against git:${base} --split valid --junit report/gate-abuse.xml`,
        'gate @me/fraud-cards @me/fraud-names --suite fraud --installed --split valid --junit report/gate-fraud.xml',
      ]);
    });

    it('ends with the highest code, and writes all answers into one file', async () => {
      touch('models/fraud/cards', 'models/abuse/words');
      write('answers.json', { '@me/abuse-words': 1, '@me/fraud-cards': 2 });
      expect(await run('gate-merge', '--markdown', 'report/gate.md')).toBe(2);
      expect(readFileSync(join(dir, 'report/gate.md'), 'utf8')).toBe(
        '## gate @me/abuse-words\n\n## gate @me/fraud-cards\n',
      );
    });

    it('lets through what is tolerated, and not a fail beside it', async () => {
      touch('models/fraud/cards', 'models/abuse/words');
      write('answers.json', { '@me/abuse-words': 2, '@me/fraud-cards': 3 });
      const tolerate = ['--tolerate', 'inconclusive', '--tolerate', 'no-effect'];
      expect(await run('gate-merge', ...tolerate)).toBe(0);
      expect(await run('gate-merge', '--tolerate', 'no-effect')).toBe(2);
      write('answers.json', { '@me/abuse-words': 2, '@me/fraud-cards': 1 });
      expect(await run('gate-merge', ...tolerate)).toBe(1);
    });

    it('has nothing to do, and writes nothing, where no member differs', async () => {
      touch('models/fraud/suite');
      expect(await run('gate-merge', '--markdown', 'report/gate.md')).toBe(0);
      expect([asked(), existsSync(join(dir, 'report/gate.md'))]).toEqual([[], false]);
    });

    it('measures sources: what another commit holds is not built', async () => {
      touch('models/fraud/cards');
      await run('gate-merge');
      expect(readFileSync(join(dir, 'options.txt'), 'utf8')).toMatch(/--conditions=@me\/source\n$/);
    });

    it('leaves out what came to the other side since', async () => {
      touch('models/fraud/cards');
      git('checkout', '--quiet', 'main');
      touch('models/fraud/names');
      git('checkout', '--quiet', 'branch');
      await run('gate-merge');
      expect(asked()).toEqual([`gate @me/fraud-cards --suite fraud --installed --against git:${base}`]);
    });

    it('gates a new member for what it brings', async () => {
      plant('models/fraud/fresh', '@me/fraud-fresh', { kind: 'classifier', suite: 'fraud' });
      commit();
      await run('gate-merge');
      expect(asked()).toEqual(['gate @me/fraud-fresh --suite fraud --installed']);
    });
  });

  describe('compare-merge', () => {
    it('compares members, suites and encoders with where the branches parted, and with their changesets', async () => {
      touch('models/fraud/cards', 'models/fraud/suite', 'models/encoders/mini');
      expect(await run('compare-merge')).toBe(0);
      expect(asked()).toEqual([
        `compare @me/fraud --suite fraud --against git:${base} --changeset`,
        `compare @me/fraud-cards --suite fraud --against git:${base} --changeset`,
        `compare @me/mini --suite fraud --against git:${base} --changeset`,
      ]);
    });

    it('asks no changeset of a private package', async () => {
      plant('models/fraud/cards', '@me/fraud-cards', { kind: 'classifier', suite: 'fraud' }, [], { private: true });
      commit();
      await run('compare-merge');
      expect(asked()).toEqual([`compare @me/fraud-cards --suite fraud --against git:${base}`]);
    });

    it('says of what is new, or read by nobody, that there is nothing to compare', async () => {
      plant('models/fraud/fresh', '@me/fraud-fresh', { kind: 'classifier', suite: 'fraud' });
      touch('models/encoders/alone');
      expect(await run('compare-merge', '--markdown', 'compare.md')).toBe(0);
      expect(asked()).toEqual([]);
      expect(readFileSync(join(dir, 'compare.md'), 'utf8')).toBe(
        '@me/alone is read by no member here: there are no texts to compare it on.\n\n' +
          '@me/fraud-fresh is new: there is nothing to compare it with.\n',
      );
    });

    it('ends with 4 where one changeset says too little', async () => {
      touch('models/fraud/cards', 'models/fraud/names');
      write('answers.json', { '@me/fraud-cards': 4 });
      expect(await run('compare-merge')).toBe(4);
      expect(asked()).toHaveLength(2);
    });
  });

  it.each(['gate-merge', 'compare-merge'])('%s refuses a reference that git does not know', async (command) => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    expect(await run(command, '--since', 'nowhere')).toBe(1);
    expect(said).toHaveBeenCalledWith(expect.stringMatching(/^MERGE_BASE_UNKNOWN: .*"nowhere"/));
  });

  it('wants @clamor/cli', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    touch('models/fraud/cards');
    rmSync(join(dir, 'node_modules'), { recursive: true });
    expect(await run('gate-merge')).toBe(1);
    expect(said).toHaveBeenCalledWith(expect.stringMatching(/^MERGE_CLAMOR_MISSING: /));
  });

  it.each([
    ['gate-merge', '--tolerate', 'fail'],
    ['compare-merge', '--tolerate', 'inconclusive'],
    ['compare-merge', '@me/fraud'],
  ])('refuses %s %s', async (...args) => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    expect(await run(...args)).toBe(64);
    expect(said).toHaveBeenCalledWith(expect.stringMatching(/^GENERATE_USAGE: /));
  });

  async function run(...args: readonly string[]): Promise<number> {
    return await runCommandLine([...args], dir);
  }

  function asked(): string[] {
    const file = join(dir, 'asked.txt');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }

  function write(path: string, content: string | object): void {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), typeof content === 'string' ? content : JSON.stringify(content));
  }

  function plant(
    root: string,
    name: string,
    clamor: object,
    dependencies: readonly string[] = [],
    more: object = {},
  ): void {
    const needs = Object.fromEntries(dependencies.map((each) => [each, '^1.0.0']));
    const exports = { '.': { '@me/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' } };
    write(`${root}/package.json`, { name, version: '1.0.0', clamor, exports, dependencies: needs, ...more });
  }

  function touch(...roots: readonly string[]): void {
    for (const root of roots) write(`${root}/src/index.ts`, 'export {};\n');
    commit();
  }

  function commit(): void {
    git('add', '--all');
    git('commit', '--quiet', '-m', 'change');
  }

  function git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], { cwd: dir, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}:\n${stderr}`);
    return stdout;
  }
});
