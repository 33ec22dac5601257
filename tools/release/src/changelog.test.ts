import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memberRecord, standAloneFigures } from '../test/records.ts';
import { type ScratchRepository, createScratchRepository } from '../test/scratch-repository.ts';
import { getDependencyReleaseLine, getReleaseLine } from './changelog.ts';

const MEMBER = '@clamor/spam-mine';
const OTHER = '@clamor/contract';
const FOLDER = 'models/spam/mine';

describe('getReleaseLine', { tags: ['slow'] }, () => {
  let repository: ScratchRepository;
  beforeEach(() => {
    repository = createScratchRepository();
    repository.write('packages/contract/package.json', { name: OTHER, version: '1.0.0' });
    writeMember('0.1.0', 0.9);
    repository.commit('feat: a member');
  });
  afterEach(() => repository.dispose());

  it('gives figures before and after, with the record of the tag that publishing left', async () => {
    release('0.2.0', 0.9);
    repository.git('tag', `${MEMBER}@0.2.0`);
    writeMember('0.2.0', 0.95);
    expect(await line(change('better', 'minor'))).toContain(
      'Stand-alone figures since 0.2.0, out of fold (spam@1, n = 100 as before): precision .900 → .950,',
    );
  });

  it('finds the last release by its entry in the changelog where there is no tag', async () => {
    release('0.2.0', 0.9);
    writeMember('0.2.0', 0.95);
    repository.commit('feat: fitted again');
    repository.write(`${FOLDER}/CHANGELOG.md`, '# mine\n\n## 0.2.0\n\nA typo is gone.\n');
    repository.commit('docs: a typo');
    expect(await line(change('better', 'minor'))).toContain('since 0.2.0, out of fold (spam@1, n = 100 as before)');
    expect(await line(change('better', 'minor'))).toContain('precision .900 → .950');
  });

  it('gives figures without a comparison at the first release', async () => {
    expect(await line(change('first', 'patch'))).toBe(
      '- What is new.\n\n  Twice.\n\n  First release, threshold 0.5.\n\n' +
        '  Stand-alone figures, out of fold (spam@1, n = 100): precision .900, recall .400, coverage 1.000.',
    );
  });

  it('gives the figures once, with the changeset that says most', async () => {
    const patch = change('a-fix', 'patch');
    const minor = change('b-fit', 'minor');
    expect(await line(patch)).toBe('- What is new.\n\n  Twice.');
    expect(await line(minor)).toContain('Stand-alone figures');
  });

  it('leaves a package that is no member its text', async () => {
    expect(await line(change('plain', 'minor', [OTHER]))).toBe('- What is new.\n\n  Twice.');
  });

  it('refuses a changeset that names a member and another package', async () => {
    await expect(line(change('both', 'major', [OTHER, MEMBER]))).rejects.toMatchObject({
      code: 'RELEASE_CHANGESET_SHARED',
      message: expect.stringContaining('.changeset/both.md names @clamor/contract, @clamor/spam-mine') as string,
    });
  });

  it('refuses a changelog that no commit has', async () => {
    writeMember('0.2.0', 0.9);
    repository.write(`${FOLDER}/CHANGELOG.md`, '# mine\n\n## 0.2.0\n');
    await expect(line(change('next', 'minor'))).rejects.toMatchObject({ code: 'RELEASE_NOT_COMMITTED' });
  });

  it('refuses a shallow clone without the tag', async () => {
    release('0.2.0', 0.9);
    repository.commit('docs: later');
    const clone = join(repository.dir, '..', `${Date.now()}-shallow`);
    repository.git('clone', '--quiet', '--depth', '1', `file://${repository.dir}`, clone);
    try {
      const shallow = getReleaseLine(change('next', 'minor'), 'minor', { workspace: clone });
      await expect(shallow).rejects.toMatchObject({ code: 'RELEASE_HISTORY_SHALLOW' });
    } finally {
      rmSync(clone, { recursive: true });
    }
  });

  it.each(['{', '{}', 'null'])('refuses the record %s', async (record) => {
    repository.write(`${FOLDER}/assets/record.json`, record);
    await expect(line(change('next', 'minor'))).rejects.toMatchObject({ code: 'RELEASE_RECORD_INVALID' });
  });

  function writeMember(version: string, precision: number): void {
    const clamor = { kind: 'classifier', suite: 'spam', contract: 1, owner: 'me' };
    repository.write(`${FOLDER}/package.json`, { name: MEMBER, version, clamor });
    const figures = standAloneFigures({ precision, precisionInterval: null, recallInterval: null });
    repository.write(`${FOLDER}/assets/record.json`, memberRecord({ figures: [figures] }));
  }

  function release(version: string, precision: number): void {
    writeMember(version, precision);
    repository.write(`${FOLDER}/CHANGELOG.md`, `# mine\n\n## ${version}\n`);
    repository.commit(`chore: ${version}`);
  }

  function change(id: string, type: 'patch' | 'minor' | 'major', names: readonly string[] = [MEMBER]) {
    const summary = 'What is new.\n\nTwice.';
    const head = names.map((name) => `'${name}': ${type}`).join('\n');
    repository.write(`.changeset/${id}.md`, `---\n${head}\n---\n\n${summary}\n`);
    return { id, summary, releases: names.map((name) => ({ name, type })) };
  }

  function line(changeset: ReturnType<typeof change>): Promise<string> {
    return getReleaseLine(changeset, 'minor', { workspace: repository.dir });
  }
});

describe('getDependencyReleaseLine', () => {
  it('lists what moved', () => {
    expect(getDependencyReleaseLine([], [{ name: OTHER, newVersion: '2.0.0' }])).toBe(
      '- Needs newer versions:\n  - @clamor/contract@2.0.0',
    );
  });

  it('is empty when nothing did', () => {
    expect(getDependencyReleaseLine([], [])).toBe('');
  });
});
