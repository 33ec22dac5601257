import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspacePackages } from '@clamor/checks/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScratchRepository, createScratchRepository } from '../test/scratch-repository.ts';
import { keepVersioned } from './publish-plan.ts';

describe('keepVersioned', () => {
  let repository: ScratchRepository;
  beforeAll(() => {
    repository = createScratchRepository();
    plant('ready', '0.2.0', '# ready\n\n## 0.2.0\n\n## 0.1.0\n');
    plant('merged-a-minute-ago', '0.0.0', null);
    plant('raised-by-hand', '0.3.0', '# raised\n\n## 0.2.0\n');
  });
  afterAll(() => repository.dispose());

  it('leaves out what has no entry in its changelog for the version that it has', () => {
    const { publish, leftOut } = keepVersioned(planFile(), workspacePackages(repository.dir));
    expect(publish.map(({ name }) => name)).toEqual(['@clamor/ready']);
    expect(leftOut.map(({ name }) => name)).toEqual(['@clamor/merged-a-minute-ago', '@clamor/raised-by-hand']);
  });

  it('rewrites the plan, without groups that became empty', () => {
    const file = planFile();
    keepVersioned(file, workspacePackages(repository.dir));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ version: 1, plan: [[entry('ready', '0.2.0')]] });
  });

  function planFile(): string {
    const plan = [[entry('merged-a-minute-ago', '0.0.0')], [entry('ready', '0.2.0'), entry('raised-by-hand', '0.3.0')]];
    repository.write('plan.json', { version: 1, plan });
    return join(repository.dir, 'plan.json');
  }

  function plant(name: string, version: string, changelog: string | null): void {
    repository.write(`packages/${name}/package.json`, { name: `@clamor/${name}`, version });
    if (changelog !== null) repository.write(`packages/${name}/CHANGELOG.md`, changelog);
  }
});

function entry(name: string, version: string) {
  return { kind: 'publish', name: `@clamor/${name}`, version, access: 'public', tag: 'latest' };
}
