import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ScratchRepository, createScratchRepository } from '../test/scratch-repository.ts';
import { applyPlan, releasePlan } from './release-plan.ts';

const [MINE, YOURS, NEEDY] = ['@acme/spam-mine', '@acme/spam-yours', '@acme/spam-needy'];

describe('releasePlan', () => {
  let repository: ScratchRepository;
  beforeEach(() => {
    repository = createScratchRepository();
    plant('mine', MINE);
    plant('yours', YOURS);
    plant('needy', NEEDY, { [YOURS]: '^1.0.0' });
    repository.write('package-lock.json', { name: 'scratch', lockfileVersion: 3, packages: {} });
    changeset('one', MINE, 'minor');
    changeset('two', YOURS, 'major');
  });
  afterEach(() => repository.dispose());

  it('takes every changeset when none is picked', async () => {
    expect(versions(await releasePlan(repository.dir))).toEqual([`${MINE} 1.1.0`, `${NEEDY} 1.0.1`, `${YOURS} 2.0.0`]);
  });

  it('takes those of one package, and applying it leaves the others pending', async () => {
    const plan = await releasePlan(repository.dir, { only: [MINE] });
    expect(versions(plan)).toEqual([`${MINE} 1.1.0`]);
    await applyPlan(repository.dir, plan);
    expect(versionOf('mine')).toBe('1.1.0');
    expect([versionOf('yours'), versionOf('needy')]).toEqual(['1.0.0', '1.0.0']);
    expect(readdirSync(join(repository.dir, '.changeset')).filter((file) => file.endsWith('.md'))).toEqual(['two.md']);
  });

  it.each([
    ['one that others follow', [YOURS], `without ${NEEDY}`],
    ['one without a changeset', [NEEDY], `No changeset names ${NEEDY}`],
    ['one that does not exist', ['@acme/none'], 'No changeset names @acme/none'],
  ])('refuses %s', async (_, only, message) => {
    await expect(releasePlan(repository.dir, { only })).rejects.toMatchObject({
      code: 'RELEASE_ONLY_INCOMPLETE',
      message: expect.stringContaining(message) as string,
    });
  });

  it('takes one with those that follow it when all are named', async () => {
    changeset('three', NEEDY, 'patch');
    const plan = await releasePlan(repository.dir, { only: [YOURS, NEEDY] });
    expect(versions(plan)).toEqual([`${NEEDY} 1.0.1`, `${YOURS} 2.0.0`]);
  });

  function plant(folder: string, name: string, dependencies: { readonly [name: string]: string } = {}): void {
    repository.write(`packages/${folder}/package.json`, { name, version: '1.0.0', dependencies });
  }

  function changeset(file: string, name: string, type: string): void {
    repository.write(`.changeset/${file}.md`, `---\n'${name}': ${type}\n---\n\nNew.\n`);
  }

  function versionOf(folder: string): string {
    const text = readFileSync(join(repository.dir, 'packages', folder, 'package.json'), 'utf8');
    return (JSON.parse(text) as { readonly version: string }).version;
  }
});

function versions({ releases }: Awaited<ReturnType<typeof releasePlan>>): string[] {
  const moving = releases.filter(({ type }) => type !== 'none');
  return moving.map(({ name, newVersion }) => `${name} ${newVersion}`).toSorted();
}
