import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScratchRepository, createScratchRepository } from '../src/scratch-repository.ts';
import { workspacePackages } from '../src/workspace.ts';

const LEAF = '@clamor/spam-evaluation';
const MEMBERS = workspacePackages().filter(
  ({ manifest }) => manifest.clamor?.kind === 'classifier' && manifest.clamor.suite === 'spam',
);
const [MEMBER] = MEMBERS.map(({ manifest }) => manifest.name);
const [FOLDER = ''] = MEMBERS.map(({ root }) => root);

const COPY_TIMEOUT_MS = 120_000;

// On a clone with commits of its own, so that nothing of the repository is touched.
describe('nx affected', { tags: ['slow'], timeout: 300_000 }, () => {
  let clone: ScratchRepository;
  beforeAll(() => {
    clone = createScratchRepository();
  }, COPY_TIMEOUT_MS);
  afterAll(() => clone.dispose(), COPY_TIMEOUT_MS);

  it('runs a member that is touched, the leaf of its suite and tools on the leaf: no sibling, nothing shared', () => {
    const projects = affectedBy(`${FOLDER}/src/touched.ts`);
    expect(projects).toContain(MEMBER);
    expect(projects).toContain(LEAF);
    expect(tasksOf('typecheck').filter((task) => task.startsWith('@clamor/spam'))).toEqual(
      [`${LEAF}:typecheck`, `${MEMBER}:typecheck`].toSorted((x, y) => x.localeCompare(y)),
    );
    expect(tasksOf('score')).toEqual([`${MEMBER}:score`]);
    const tools = new Set(
      workspacePackages()
        .filter(({ root }) => root.startsWith('tools/'))
        .map(({ manifest }) => manifest.name),
    );
    expect(projects.filter((name) => !tools.has(name))).toEqual(
      expect.toSatisfy((names: string[]) => names.length === 2, 'the leaf and the member'),
    );
  });

  it('runs everything when the contract is touched, but what holds only tooling', () => {
    const projects = affectedBy('packages/contract/src/touched.ts');
    const spared = workspacePackages().filter(({ manifest }) => !projects.includes(manifest.name));
    expect(spared.map(({ root }) => root)).toEqual(['tools/build']);
    expect(tasksOf('score')).toEqual(MEMBERS.map(({ manifest }) => `${manifest.name}:score`));
  });

  it('runs the suite, its members and its leaf when the suite is touched, and no package that is shared', () => {
    const projects = affectedBy('models/spam/suite/src/touched.ts');
    expect(projects).toEqual(
      expect.arrayContaining(['@clamor/spam', LEAF, ...MEMBERS.map(({ manifest }) => manifest.name)]),
    );
    const shared = workspacePackages().filter(({ root }) => root.startsWith('packages/'));
    expect(shared.filter(({ manifest }) => projects.includes(manifest.name))).toEqual([]);
  });

  /** Tasks that the last commit affects. */
  function tasksOf(target: string): string[] {
    const { status, output } = clone.run('nx', 'affected', '-t', target, '--base=HEAD~1', '--graph=.nx/tasks.json');
    expect(status, output).toBe(0);
    const { tasks } = JSON.parse(readFileSync(join(clone.dir, '.nx/tasks.json'), 'utf8')) as {
      readonly tasks: { readonly tasks: object };
    };
    return Object.keys(tasks.tasks).toSorted();
  }

  /** Projects that a commit with this new file affects. */
  function affectedBy(path: string): string[] {
    clone.write(path, 'export const touched = 1;\n');
    clone.commit(`touch ${path}`);
    const { status, stdout, output } = clone.run('nx', 'show', 'projects', '--affected', '--base=HEAD~1', '--json');
    expect(status, output).toBe(0);
    return (JSON.parse(stdout) as string[]).toSorted();
  }
});

/** The targets of a member, each run with a `clamor` that only prints: what the cache makes of a change is what counts. */
describe('the cache of score', { tags: ['slow'], timeout: 300_000 }, () => {
  let clone: ScratchRepository;
  beforeAll(() => {
    clone = createScratchRepository();
    rmSync(join(clone.dir, 'node_modules/.bin'));
    clone.write('node_modules/.bin/clamor', '#!/bin/sh\nmkdir -p .clamor/columns && echo "asked: $@"\n');
    clone.run('chmod', '+x', 'node_modules/.bin/clamor');
    score();
  }, COPY_TIMEOUT_MS);
  afterAll(() => clone.dispose(), COPY_TIMEOUT_MS);

  it('is hit after changes of what a score does not depend on', () => {
    for (const path of [
      `${FOLDER}/README.md`,
      `${FOLDER}/src/touched.test.ts`,
      `${FOLDER}/training/touched.json`,
      `${MEMBERS.at(-1)?.root}/src/touched.ts`,
      'models/spam/suite/README.md',
      'models/spam/evaluation/data/columns/touched.json',
      'models/spam/evaluation/evidence/touched.json',
      'packages/report/src/touched.ts',
    ]) {
      clone.write(path, '1');
    }
    expect(score()).toBe(true);
  });

  it.each([
    ['its own code', `${FOLDER}/src/touched.ts`],
    ['its own artifact', `${FOLDER}/assets/touched.bin`],
    ['parsing', 'models/spam/suite/src/touched.ts'],
    ['the data', 'models/spam/evaluation/data/touched.tsv'],
    ['what runs graphs', 'packages/onnx/src/touched.ts'],
  ])('is missed after a change of %s', (_what, path) => {
    clone.write(path, '1');
    expect(score()).toBe(false);
  });

  /** Whether the score of the member came from the cache. */
  function score(): boolean {
    const { status, output } = clone.run('nx', 'run', `${MEMBER}:score`, '--output-style=static');
    expect(status, output).toBe(0);
    expect(output).toContain(`clamor score spam --member ${MEMBER} --out .clamor/columns/spam`);
    return /local cache|existing outputs/.test(output);
  }
});
