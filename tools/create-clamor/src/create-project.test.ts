import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProject } from './create-project.ts';
import type { ProjectFile, ProjectOptions } from './project-options.ts';
import { run } from './run.ts';

const HOST: ProjectOptions = { template: 'host', suitePackage: '@acme/fraud', members: ['@acme/fraud-cards'] };
const SUITE: ProjectOptions = { template: 'suite', suite: 'fraud', scope: 'acme', nx: true };

interface Manifest {
  readonly name: string;
  readonly workspaces?: readonly string[];
  readonly scripts: { readonly [name: string]: string };
  readonly dependencies?: { readonly [name: string]: string };
  readonly devDependencies?: { readonly [name: string]: string };
}

describe('createProject', { tags: ['slow'] }, () => {
  let parent: string;
  let dir: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'create-clamor-test-'));
    dir = join(parent, 'my-app');
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  const dry = (project: ProjectOptions) => createProject(dir, { project, dryRun: true });

  it('writes nothing on a dry run', () => {
    expect([dry(HOST).length > 0, dry(SUITE).length > 0]).toEqual([true, true]);
    expect(readdirSync(parent)).toEqual([]);
  });

  it('makes a host that asks for the newest of what it needs', () => {
    const files = createProject(dir, { project: HOST, skipInstall: true });
    expect(new Set(readdirSync(dir, { recursive: true, encoding: 'utf8' }))).toEqual(
      new Set(files.map(({ path }) => path)),
    );
    const { name, dependencies } = manifestOf(files);
    expect([name, dependencies]).toEqual([
      'my-app',
      {
        '@acme/fraud': 'latest',
        '@acme/fraud-cards': 'latest',
        '@clamor/cli': 'latest',
        '@clamor/runtime': 'latest',
      },
    ]);
  });

  it('makes a suite by the generators, with the workflows', () => {
    const files = dry(SUITE);
    const paths = files.map(({ path }) => path);
    for (const path of [
      '.gitignore',
      '.npmrc',
      '.changeset/config.json',
      'nx.json',
      'models/fraud/suite/src/suite.ts',
    ]) {
      expect(paths).toContain(path);
    }
    expect(manifestOf(files, 'models/fraud/suite/package.json').name).toBe('@acme/fraud');
    expect(manifestOf(files)).toMatchObject({ name: 'my-app', workspaces: ['models/*/*'] });
    expect(files.map(({ content }) => content).join('')).not.toMatch(/(?<!\$)\{\{\w+\}\}/);
  });

  it('leaves Nx out where it is not wanted', () => {
    const files = dry({ ...SUITE, nx: false });
    const { scripts, devDependencies } = manifestOf(files);
    expect(files.map(({ path }) => path)).not.toContain('nx.json');
    expect(devDependencies).not.toHaveProperty('nx');
    expect(Object.values(scripts).filter((command) => /\bnx\b/.test(command))).toEqual([]);
    expect(manifestOf(files, 'models/fraud/suite/package.json').scripts).toHaveProperty('test');
  });

  it('gives both the same names of scripts but one that only npm needs', () => {
    const [withNx, without] = [SUITE, { ...SUITE, nx: false }].map((each) =>
      Object.keys(manifestOf(dry(each)).scripts),
    );
    expect(without!.filter((name) => name !== 'typecheck')).toEqual(withNx);
  });

  it('refuses a folder that is not empty, whatever stands in it', () => {
    dir = parent;
    writeFileSync(join(parent, 'mine.txt'), 'mine');
    expect(() => createProject(parent, { project: HOST })).toThrow(
      expect.objectContaining({ code: 'CREATE_FOLDER_TAKEN' }),
    );
    expect(readFileSync(join(parent, 'mine.txt'), 'utf8')).toBe('mine');
  });

  it.each([
    ['CREATE_MEMBERS_MISSING', { ...HOST, members: [] }],
    ['CREATE_NAME_INVALID', { ...HOST, members: ['--force'] }],
    ['CREATE_NAME_INVALID', { ...SUITE, suite: 'Fraud' }],
    ['CREATE_NAME_INVALID', { ...SUITE, scope: '@' }],
  ] as const)('refuses with %s %j', (code, project) => {
    expect(() => createProject(dir, { project })).toThrow(expect.objectContaining({ code }));
    expect(readdirSync(parent)).toEqual([]);
  });
});

describe('run', () => {
  it.each([
    [['--help'], 0],
    [['a', 'b'], 64],
    [['/nowhere/My App', '--yes'], 1],
  ])('ends %j with %i', async (args, code) => {
    expect(await run(args, '/nowhere')).toBe(code);
  });
});

function manifestOf(files: readonly ProjectFile[], path = 'package.json'): Manifest {
  return JSON.parse(files.find((file) => file.path === path)?.content ?? '') as Manifest;
}
