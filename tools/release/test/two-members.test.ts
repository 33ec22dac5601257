import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandResult } from '@clamor/checks/run-command';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WorkspaceRepository, createWorkspaceRepository } from './workspace-repository.ts';

// Neighbours in every list that is sorted by name: where two branches write, git sees one place.
const [ONE, TWO] = ['twin-a', 'twin-b'];
// The decision of a gate; any is one.
const DECIDED = [0, 1, 2, 3];

// Two people add a member each, at once, without knowing of each other.
describe('two branches that each add a member', { tags: ['slow'], timeout: 600_000 }, () => {
  let repository: WorkspaceRepository;
  beforeAll(() => {
    repository = createWorkspaceRepository();
    prepareBase();
    addMember(ONE);
    addMember(TWO);
  }, 280_000);
  afterAll(() => repository?.dispose(), 280_000);

  it.each([ONE, TWO])('%s touches its folder, its changeset, its evidence and the lockfile', (name) => {
    const others = changedFiles('main', name).filter((file) => !file.startsWith(`models/spam/${name}/`));
    expect(others).toHaveLength(3);
    expect(others[0]).toBe(`.changeset/${name}.md`);
    expect(others[1]).toMatch(new RegExp(`^models/spam/evaluation/evidence/.*-gate-${name}-[0-9a-f]{8}\\.json$`));
    expect(others[2]).toBe('package-lock.json');
  });

  it.each([
    [ONE, TWO],
    [TWO, ONE],
  ])('merge, %s first: one command settles the lockfile, and nothing else conflicts', (first, second) => {
    repository.git('checkout', '--quiet', '-b', `${first}-first`, first);
    const merge = repository.run('git', 'merge', '--no-edit', second);
    const conflicts = repository.git('diff', '--name-only', '--diff-filter=U').trim();
    expect(merge.status, merge.output).toBe(1);
    expect(conflicts).toBe('package-lock.json');
    expect(succeed(repository.run('npm', 'run', 'lockfile'))).toContain('lockfile: merged');
    expect(repository.git('ls-files', '--unmerged')).toBe('');
    repository.commit(`merge ${second}`);
    // Nothing but the two members is in the lockfile that was not there before.
    const [added, removed] = repository.git('diff', '--numstat', 'main', '--', 'package-lock.json').split('\t');
    expect(Number(removed)).toBe(0);
    expect(Number(added)).toBe(2 * addedLines(first));
    const ci = repository.run('npm', 'ci', '--dry-run', '--ignore-scripts', '--prefer-offline');
    expect(ci.status, ci.output).toBe(0);
  });

  it('come to the same tree in either order', () => {
    const [tree, other] = [ONE, TWO].map((name) => repository.git('rev-parse', `${name}-first^{tree}`));
    expect(tree).toBe(other);
  });

  it('are gated jointly on the merge, with every query on record', () => {
    const { status, output } = repository.run('npm', 'run', 'gate:merge', '--', '--split', 'valid');
    expect(output).toContain(`gate:merge: @clamor/spam-${ONE}, @clamor/spam-${TWO} of spam`);
    expect(DECIDED, output).toContain(status);
    expect(output).toContain('Can 2 candidates join spam together?');
    const evidence = repository.git(
      'status',
      '--porcelain',
      '--untracked-files=all',
      '--',
      'models/spam/evaluation/evidence',
    );
    expect(evidence.trim()).toMatch(/-joint-twin-a-and-1-[0-9a-f]{8}\.json$/);
    expect(output).toMatch(/asked 3 times/);
  });

  it('are released by one plan', () => {
    const plan = succeed(repository.run('npm', 'run', 'version', '--', '--check'));
    expect(plan).toContain(`@clamor/spam-${ONE} 0.0.0 → 0.1.0 (minor)`);
    expect(plan).toContain(`@clamor/spam-${TWO} 0.0.0 → 0.1.0 (minor)`);
  });

  /** The split `valid` becomes one that is held back and judged by what is installed: nobody looks at the real one. */
  function prepareBase(): void {
    const splits = 'models/spam/evaluation/src/splits.ts';
    edit(splits, /(name: 'valid',[^}]*roles: \[)'explore'/, "$1'gate'");
    edit('models/spam/evaluation/src/stored-columns.ts', /\n *\['valid', 'out-of-fold'\],/, '');
    repository.commit('test: valid is held back');
  }

  function addMember(name: string): void {
    repository.git('checkout', '--quiet', '-b', name, 'main');
    const generator = 'tools/nx-plugin/bin/clamor-workspace.js';
    succeed(repository.run('node', generator, 'member', `spam/${name}`, '--kind', 'plain', '--skip-install'));
    // It is made private, and its owner takes that out when it is worth releasing.
    edit(`models/spam/${name}/package.json`, /\n *"private": true,/, '');
    symlinkSync(
      join(repository.dir, 'models/spam', name),
      join(repository.dir, 'node_modules/@clamor', `spam-${name}`),
    );
    repository.write(`.changeset/${name}.md`, `---\n'@clamor/spam-${name}': minor\n---\n\nFirst release.\n`);
    succeed(repository.run('npm', 'run', 'lockfile'));
    const { status, output } = gate(name);
    expect(DECIDED, output).toContain(status);
    repository.commit(`feat: ${name}`);
  }

  function gate(name: string): CommandResult {
    return repository.run('node', 'packages/cli/bin/clamor.js', 'gate', name, '--split', 'valid');
  }

  function edit(path: string, pattern: RegExp, replacement: string): void {
    const before = repository.read(path);
    const after = before.replace(pattern, replacement);
    expect(after, `${path} is as this test knows it`).not.toBe(before);
    repository.write(path, after);
  }

  function changedFiles(from: string, to: string): string[] {
    return repository.git('diff', '--name-only', from, to).trim().split('\n');
  }

  function addedLines(branch: string): number {
    return Number(repository.git('diff', '--numstat', 'main', branch, '--', 'package-lock.json').split('\t')[0]);
  }
});

function succeed({ status, stdout, output }: CommandResult): string {
  expect(status, output).toBe(0);
  return stdout;
}
