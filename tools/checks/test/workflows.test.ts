import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProject } from 'create-clamor';
import { beforeAll, describe, expect, it } from 'vitest';
import { type WorkflowRepository, workflowFaults } from '../src/workflow-faults.ts';
import { WORKSPACE } from '../src/workspace.ts';

interface Repository extends WorkflowRepository {
  /** Workflow by its path. */
  readonly workflows: { readonly [path: string]: string };
}

describe('workflows', { tags: ['slow'] }, () => {
  const repositories = {
    'this repository': ownRepository(),
    'a suite with Nx': madeSuite(true),
    'one without': madeSuite(false),
  };

  it.each(Object.entries(repositories))('of %s are sound, and call what is there', async (_, repository) => {
    expect(Object.keys(repository.workflows)).toEqual(['.github/workflows/ci.yml', '.github/workflows/release.yml']);
    for (const [file, text] of Object.entries(repository.workflows)) {
      expect(await workflowFaults(file, text, repository)).toEqual([]);
    }
  });

  it('of this repository and of a suite ask the same of the members of a change', () => {
    const [own, made] = ['this repository', 'a suite with Nx'].map((name) =>
      membersJob(repositories[name as keyof typeof repositories].workflows['.github/workflows/ci.yml'] ?? ''),
    );
    expect(own).toContain('npm run compare:merge');
    expect(made).toBe(own);
  });
});

// Each is a slip that somebody could make in the real file.
describe('workflowFaults', { tags: ['slow'] }, () => {
  let repository: Repository;
  beforeAll(() => {
    repository = ownRepository();
  });

  it.each([
    ['runs-on: ubuntu-latest', 'run-on: ubuntu-latest', "Unexpected value 'run-on'"],
    ['github.base_ref', 'gihub.base_ref', "Unrecognized named-value: 'gihub'"],
    ["hashFiles('report/*.md')", "hashFile('report/*.md')", "Unrecognized function: 'hashFile'"],
    ['needs: members', 'needs: member', "depends on unknown job 'member'"],
    ['merge_group:', 'merge_groups:', "Unexpected value 'merge_groups'"],
    ['run: npm run score', 'run: npm run scores', 'members: npm run scores: there is no such script'],
    ['npm run gate:merge', 'npm run gates:merge', 'members: npm run gates:merge: there is no such script'],
    ['run: npm ci', 'run: ./ci', 'there is no such program'],
    ['pull_request:', 'pull_request_target:', 'pull_request_target gives rights'],
    ['  contents: read\n', '  contents: write\n', 'permissions of the whole are not'],
    ['permissions:\n  contents: read\n', 'permissions: write-all\n', 'permissions of the whole are not'],
    [
      'cat report/*.md >>',
      'echo "${{ github.event.pull_request.title }}" >>',
      'members: an expression in a shell command',
    ],
    [/@[0-9a-f]{40} # v7\.0\.1/, '@v7', 'not pinned by commit'],
    ['          fetch-depth: 0\n', '', 'checks: reads the history'],
    ['    timeout-minutes: 60\n', '', 'checks: no timeout-minutes'],
    [
      '    name: Members\n',
      '    name: Members\n    permissions:\n      contents: read\n      issues: write\n',
      'members: may write, and runs code of the change',
    ],
  ])('finds %s made %s', async (was, slip, fault) => {
    const file = '.github/workflows/ci.yml';
    const text = repository.workflows[file] ?? '';
    const planted = text.replace(was, () => slip);
    expect(planted).not.toBe(text);
    expect((await workflowFaults(file, planted, repository)).join('\n')).toContain(fault);
  });
});

function ownRepository(): Repository {
  const files = globSync('.github/workflows/*.yml', { cwd: WORKSPACE }).toSorted();
  return {
    workflows: Object.fromEntries(files.map((file) => [file, readFileSync(join(WORKSPACE, file), 'utf8')])),
    scripts: scriptsOf(readFileSync(join(WORKSPACE, 'package.json'), 'utf8')),
    programs: ['.ci/run'],
  };
}

/** What npm create clamor makes. */
function madeSuite(nx: boolean): Repository {
  const project = { template: 'suite', suite: 'fraud', scope: 'acme', nx } as const;
  const files = createProject(join(WORKSPACE, 'not-there'), { project, dryRun: true });
  const workflows = files.filter(({ path }) => path.startsWith('.github/workflows/'));
  return {
    workflows: Object.fromEntries(workflows.map(({ path, content }) => [path, content])),
    scripts: scriptsOf(files.find(({ path }) => path === 'package.json')?.content ?? ''),
    programs: [],
  };
}

function scriptsOf(manifest: string): string[] {
  return Object.keys((JSON.parse(manifest) as { readonly scripts: object }).scripts);
}

function membersJob(text: string): string {
  return text.slice(text.indexOf('\n  members:'), text.indexOf('\n  comment:'));
}
