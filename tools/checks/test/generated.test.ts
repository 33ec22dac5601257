import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScratchWorkspace, createScratchWorkspace } from '../src/scratch-workspace.ts';

const PACKAGES = {
  'models/spam/made': '@clamor/spam-made',
  'models/spam/ruled': '@clamor/spam-ruled',
  'models/spam/headed': '@clamor/spam-headed',
  'models/encoders/made': '@clamor/encoder-made',
} as const;
const FOLDERS = Object.keys(PACKAGES);
const HEAD = ['--kind=encoder-head', '--encoder=made'];

// In this workspace: what the generators make keeps to its rules, and nothing else changes.
describe('nx g @clamor/nx', { tags: ['slow'], timeout: 600_000 }, () => {
  let clone: ScratchWorkspace;
  beforeAll(() => {
    clone = createScratchWorkspace();
    clone.run('git', 'init', '--quiet', '--initial-branch=main');
    clone.run('git', 'add', '--all');
    commit('all');
    generate('member', 'spam/made');
    generate('member', 'spam/ruled', '--kind=plain');
    generate('encoder', 'made');
    generate('member', 'spam/headed', ...HEAD);
    // As an install would; dependencies of the copy are links, which npm must not touch.
    for (const [folder, name] of Object.entries(PACKAGES)) {
      symlinkSync(join(clone.dir, folder), join(clone.dir, 'node_modules', name));
    }
  }, 600_000);
  afterAll(() => clone.dispose());

  it('edits no file outside the new folders', () => {
    const { stdout } = clone.run('git', 'status', '--porcelain');
    expect(stdout.trim().split('\n').toSorted()).toEqual(FOLDERS.map((folder) => `?? ${folder}/`).toSorted());
  });

  it('adds to the lockfile the new packages and nothing else', () => {
    const before = lockedPackages(clone.dir);
    expectSuccess('npm', 'install', '--package-lock-only', '--ignore-scripts', '--offline', '--no-audit', '--no-fund');
    const after = lockedPackages(clone.dir);
    const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
    const names = Object.values(PACKAGES).map((name) => `node_modules/${name}`);
    expect(added.toSorted()).toEqual([...FOLDERS, ...names].toSorted());
    expect(Object.keys(before).filter((key) => !Object.hasOwn(after, key))).toEqual([]);
  });

  it('keeps to the format, the rules of lint, the types and the boundaries', () => {
    expectSuccess('prettier', '--check', ...FOLDERS);
    expectSuccess('oxlint', ...FOLDERS);
    for (const folder of FOLDERS) expectSuccess('tsc', '-p', `${folder}/tsconfig.json`);
    expectSuccess('node', 'tools/nx-plugin/bin/clamor-workspace.js', 'boundaries');
  });

  it('passes its own tests, the conformance suites among them', () => {
    const { status, output } = clone.run(
      'vitest',
      'run',
      '--reporter=json',
      '--outputFile=.nx/tests.json',
      ...FOLDERS.map((folder) => `${folder}/`),
    );
    expect(status, output).toBe(0);
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(join(clone.dir, '.nx/tests.json'), 'utf8')) as {
      readonly numPassedTests: number;
      readonly numFailedTests: number;
    };
    expect(numFailedTests).toBe(0);
    expect(numPassedTests).toBeGreaterThan(45);
  });

  it('appears in clamor list', () => {
    const { stdout } = clone.run('node', 'packages/cli/bin/clamor.js', 'list');
    for (const name of Object.values(PACKAGES)) expect(stdout).toContain(name);
    expect(stdout).toMatch(/^@clamor\/encoder-made +0\.1\.0 +[0-9a-f]{16} +spam +headed$/m);
  });

  it('is not fit to be published before it is trained', () => {
    expectSuccess('nx', 'run', '@clamor/spam-made:build', '--output-style=static');
    const { status, output } = clone.run(
      'node',
      'tools/nx-plugin/bin/clamor-workspace.js',
      'pack-check',
      'models/spam/made',
    );
    expect(status).toBe(1);
    const codes = output.match(/\b(?:PACK|GENERATE)_[A-Z_]+/g) ?? [];
    expect([...new Set(codes)]).toEqual(['PACK_CARD_INCOMPLETE']);
    expect(output).toContain('fitted on nothing');
  });

  it('trains a head on rows of its encoder, by one command, into a member that passes its tests', () => {
    // "xylophone" is spam: one bucket of the row says so.
    const lines = Array.from({ length: 60 }, (_, i) => ({
      id: `e${i}`,
      split: 'train',
      label: i % 2,
      input: { from: 'a@example.com', subject: `number ${i}`, text: i % 2 === 1 ? 'xylophone xylophone' : 'a letter' },
    }));
    clone.write('examples.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'));
    const args = ['--data=examples.jsonl', '--dataset=planted@1', '--output-style=static'];
    expectSuccess('nx', 'train', '@clamor/spam-headed', ...args);
    clone.remove('examples.jsonl');
    const record = JSON.parse(readFileSync(join(clone.dir, 'models/spam/headed/assets/record.json'), 'utf8')) as object;
    expect(record).toMatchObject({
      encoder: '@clamor/encoder-made',
      fit: { data: 'planted@1', weights: { splits: ['train'], count: 60 } },
      figures: [{ split: 'out-of-fold', positives: 30, truePositives: 30 }],
    });
    expectSuccess('vitest', 'run', 'models/spam/headed/');
    expectSuccess('prettier', '--check', 'models/spam/headed');
  });

  it('writes nothing in a dry run', () => {
    const { status, output } = clone.run('nx', 'g', '@clamor/nx:member', 'spam/dry', ...HEAD, '--dry-run');
    expect(status, output).toBe(0);
    expect(output).toContain('CREATE models/spam/dry/assets/model.onnx');
    expect(existsSync(join(clone.dir, 'models/spam/dry'))).toBe(false);
  });

  function generate(generator: string, name: string, ...options: readonly string[]): void {
    expectSuccess('nx', 'g', `@clamor/nx:${generator}`, name, '--skip-install', ...options);
  }

  function expectSuccess(command: string, ...args: readonly string[]): void {
    const { status, output } = clone.run(command, ...args);
    expect(status, output).toBe(0);
  }

  function commit(message: string): void {
    const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    expectSuccess('git', ...author, 'commit', '--quiet', '--no-verify', '-m', message);
  }
});

function lockedPackages(dir: string): object {
  const lockfile = readFileSync(join(dir, 'package-lock.json'), 'utf8');
  return (JSON.parse(lockfile) as { readonly packages: object }).packages;
}
