import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScratchWorkspace, createScratchWorkspace } from '../src/scratch-workspace.ts';
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
  let clone: ScratchWorkspace;
  beforeAll(() => {
    clone = createClone();
  }, COPY_TIMEOUT_MS);
  afterAll(() => clone.dispose());

  it('runs a member that is touched, the leaf of its suite and tools on the leaf: no sibling, nothing shared', () => {
    const projects = affectedBy(`${FOLDER}/src/touched.ts`);
    expect(projects).toContain(MEMBER);
    expect(projects).toContain(LEAF);
    const tools = new Set(
      workspacePackages()
        .filter(({ root }) => root.startsWith('tools/'))
        .map(({ manifest }) => manifest.name),
    );
    expect(projects.filter((name) => !tools.has(name))).toEqual(
      expect.toSatisfy((names: string[]) => names.length === 2, 'the leaf and the member'),
    );
  });

  it('runs the targets of those and of no other', () => {
    affectedBy(`${FOLDER}/src/touched-again.ts`);
    clone.run('nx', 'affected', '-t', 'typecheck', '--base=HEAD~1', '--graph=graph.json');
    const graph = JSON.parse(readFileSync(join(clone.dir, 'graph.json'), 'utf8')) as {
      readonly tasks: { readonly tasks: object };
    };
    const models = Object.keys(graph.tasks.tasks).filter((task) => task.startsWith('@clamor/spam'));
    expect(models.toSorted()).toEqual([`${LEAF}:typecheck`, `${MEMBER}:typecheck`].toSorted());
  });

  it('runs everything when the contract is touched, but what holds only tooling', () => {
    const projects = affectedBy('packages/contract/src/touched.ts');
    const spared = workspacePackages().filter(({ manifest }) => !projects.includes(manifest.name));
    expect(spared.map(({ root }) => root)).toEqual(['tools/build']);
  });

  it('runs the suite, its members and its leaf when the suite is touched, and no package that is shared', () => {
    const projects = affectedBy('models/spam/suite/src/touched.ts');
    expect(projects).toEqual(
      expect.arrayContaining(['@clamor/spam', LEAF, ...MEMBERS.map(({ manifest }) => manifest.name)]),
    );
    const shared = workspacePackages().filter(({ root }) => root.startsWith('packages/'));
    expect(shared.filter(({ manifest }) => projects.includes(manifest.name))).toEqual([]);
  });

  /** Projects that a commit with this new file affects. */
  function affectedBy(path: string): string[] {
    clone.write(path, 'export const touched = 1;\n');
    commit(clone, `touch ${path}`);
    const { status, stdout, output } = clone.run('nx', 'show', 'projects', '--affected', '--base=HEAD~1', '--json');
    expect(status, output).toBe(0);
    return (JSON.parse(stdout) as string[]).toSorted();
  }
});

/** The targets of a member, each run with a `clamor` that only prints: what the cache makes of a change is what counts. */
describe('the cache of score', { tags: ['slow'], timeout: 300_000 }, () => {
  let clone: ScratchWorkspace;
  beforeAll(() => {
    clone = createClone();
    rmSync(join(clone.dir, 'node_modules/.bin'));
    clone.write('node_modules/.bin/clamor', '#!/bin/sh\nmkdir -p .clamor/columns && echo "asked: $@"\n');
    clone.run('chmod', '+x', 'node_modules/.bin/clamor');
    score();
  }, COPY_TIMEOUT_MS);
  afterAll(() => clone.dispose());

  it.each([
    ['the README of the suite', 'models/spam/suite/README.md', 'x', true],
    ['its own card', `${FOLDER}/README.md`, 'x', true],
    ['its own tests', `${FOLDER}/src/touched.test.ts`, 'x', true],
    ['its recipe', `${FOLDER}/training/touched.json`, '1', true],
    ['another member', `${MEMBERS.at(-1)?.root}/src/touched.ts`, 'x', true],
    ['stored columns', 'models/spam/evaluation/data/columns/touched.json', '1', true],
    ['a log of evidence', 'models/spam/evaluation/evidence/touched.json', '1', true],
    ['its own code', `${FOLDER}/src/touched.ts`, 'x', false],
    ['its own artifact', `${FOLDER}/assets/touched.bin`, 'x', false],
    ['parsing', 'models/spam/suite/src/touched.ts', 'x', false],
    ['the data', 'models/spam/evaluation/data/touched.tsv', 'x', false],
  ])('after a change of %s (%s, %j) is hit: %s', (_what, path, content, isHit) => {
    expect(score()).toBe(true);
    clone.write(path, content);
    expect(score()).toBe(isHit);
  });

  /** Whether the score of the member came from the cache. */
  function score(): boolean {
    const { status, output } = clone.run('nx', 'run', `${MEMBER}:score`, '--output-style=static');
    expect(status, output).toBe(0);
    expect(output).toContain(`asked: score ${MEMBER}`);
    return /local cache|existing outputs/.test(output);
  }
});

/** A copy of the workspace with one commit. */
function createClone(): ScratchWorkspace {
  const scratch = createScratchWorkspace();
  scratch.run('git', 'init', '--quiet', '--initial-branch=main');
  commit(scratch, 'all');
  return scratch;
}

function commit(scratch: ScratchWorkspace, message: string): void {
  scratch.run('git', 'add', '--all');
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  const { status, output } = scratch.run('git', ...author, 'commit', '--quiet', '--no-verify', '-m', message);
  expect(status, output).toBe(0);
}
