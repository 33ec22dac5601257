import type { NewChangeset, VersionType } from '@changesets/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Manifest, workspacePackages } from '@clamor/checks/workspace';
import { type ScratchRepository, createScratchRepository } from '../test/scratch-repository.ts';
import { planFaults } from './plan-faults.ts';

const MINE = '@clamor/spam-mine';
const FRESH = '@clamor/spam-fresh';
const BOTH = '@clamor/spam-both';
const EARLY = '@clamor/spam-early';
const ENCODED = '@clamor/spam-encoded';

describe('planFaults', () => {
  let repository: ScratchRepository;
  beforeAll(() => {
    repository = createScratchRepository();
    plant('packages/contract', { name: '@clamor/contract', version: '1.4.0' });
    const suite = { kind: 'suite', suite: 'spam' };
    plant('models/spam/suite', { name: '@clamor/spam', version: '1.0.0', clamor: suite });
    plant('models/encoders/mini', { name: '@clamor/encoder-mini', version: '1.0.0', clamor: { kind: 'encoder' } });
    plantMember(MINE, '2.0.0', '^1.0.0');
    plantMember(BOTH, '2.0.0', '^1.0.0 || ^2.0.0');
    plantMember(EARLY, '0.3.0', '^1.0.0');
    plantMember(FRESH, '1.0.0', '^1.0.0', { versioned: false });
    plantMember(ENCODED, '1.0.0', '^1.0.0 || ^2.0.0', { dependencies: { '@clamor/encoder-mini': '^1.0.0' } });
  });
  afterAll(() => repository.dispose());

  it('asks each released member that a major of the contract leaves behind for a major of its own', () => {
    const faults = check([['@clamor/contract', 'major', '1.4.0', '2.0.0']]);
    expect(faults.map(({ code }) => code)).toEqual(['RELEASE_MAJOR_ALONE', 'RELEASE_MAJOR_ALONE']);
    expect(faults[0]?.message).toContain(`leaves ${EARLY}@0.3.0`);
    expect(faults[1]?.message).toContain(`leaves ${MINE}@2.0.0`);
  });

  it('writes out the changeset that is missing', () => {
    const [, fault] = check([['@clamor/contract', 'major', '1.4.0', '2.0.0']]);
    expect(fault?.message).toContain(
      `Write .changeset/spam-mine-contract-2.0.0.md:\n\n---\n'${MINE}': major\n---\n\nNeeds @clamor/contract 2.0.0: …`,
    );
  });

  it('takes the majors, and a minor of a member that is below 1', () => {
    const majors: Planned[] = [
      ['@clamor/contract', 'major', '1.4.0', '2.0.0'],
      [MINE, 'major', '2.0.0', '3.0.0'],
      [EARLY, 'minor', '0.3.0', '0.4.0'],
    ];
    expect(check(majors)).toEqual([]);
  });

  it('does not take a minor of a member that is at 1 or above', () => {
    const [fault, ...others] = check([
      ['@clamor/contract', 'major', '1.4.0', '2.0.0'],
      [MINE, 'minor', '2.0.0', '2.1.0'],
      [EARLY, 'minor', '0.3.0', '0.4.0'],
    ]);
    expect(fault?.message).toContain('its changeset says minor');
    expect(others).toEqual([]);
  });

  it('does not take the patch that Changesets adds by itself', () => {
    const faults = check([['@clamor/contract', 'major', '1.4.0', '2.0.0']], [[MINE, 'patch', '2.0.0', '2.0.1']]);
    expect(faults.map(({ message }) => message).join()).toContain(
      `${MINE}@2.0.0 behind (^1.0.0); its changeset says none`,
    );
  });

  it('asks for nothing when the contract or the suite stays within the ranges', () => {
    expect(check([['@clamor/contract', 'minor', '1.4.0', '1.5.0']])).toEqual([]);
    expect(check([['@clamor/spam', 'minor', '1.0.0', '1.1.0']])).toEqual([]);
  });

  it('asks the same of a major of the suite', () => {
    const faults = check([['@clamor/spam', 'major', '1.0.0', '2.0.0']]);
    expect(faults.map(({ message }) => message.includes('@clamor/spam goes 1.0.0 → 2.0.0'))).toEqual([true, true]);
  });

  it('counts a minor below 1 as the break that it is', () => {
    const faults = check([['@clamor/spam', 'minor', '0.1.0', '0.2.0']]);
    expect(faults.map(({ message }) => message.includes(MINE))).toContain(true);
  });

  it('asks a member on an encoder that breaks for a minor of its own', () => {
    const [fault, ...others] = check([['@clamor/encoder-mini', 'major', '1.0.0', '2.0.0']]);
    expect(others).toEqual([]);
    expect(fault?.message).toContain(`'${ENCODED}': minor`);
    const together: Planned[] = [
      ['@clamor/encoder-mini', 'major', '1.0.0', '2.0.0'],
      [ENCODED, 'minor', '1.0.0', '1.1.0'],
    ];
    expect(check(together)).toEqual([]);
  });

  it('refuses a changeset that names two members', () => {
    const releases = [MINE, BOTH].map((name) => ({ name, type: 'minor' as const }));
    const changesets: NewChangeset[] = [{ id: 'two', summary: '', releases }];
    const faults = planFaults({ changesets, releases: [] }, workspacePackages(repository.dir));
    expect(faults.map(({ code }) => code)).toEqual(['RELEASE_CHANGESET_SHARED']);
  });

  type Planned = readonly [name: string, type: VersionType, oldVersion: string, newVersion: string];

  /** Releases with a changeset, and those that Changesets would add for a range that is left. */
  function check(planned: readonly Planned[], added: readonly Planned[] = []) {
    const releases = [...planned, ...added].map(([name, type, oldVersion, newVersion], i) => ({
      name,
      type,
      oldVersion,
      newVersion,
      changesets: i < planned.length ? ['change'] : [],
    }));
    return planFaults({ changesets: [], releases: releases }, workspacePackages(repository.dir));
  }

  function plant(root: string, manifest: Manifest, versioned = true): void {
    repository.write(`${root}/package.json`, manifest);
    if (versioned) repository.write(`${root}/CHANGELOG.md`, `# ${manifest.name}\n\n## ${manifest.version}\n`);
  }

  function plantMember(
    name: string,
    version: string,
    range: string,
    { versioned = true, dependencies = {} }: { versioned?: boolean; dependencies?: { [name: string]: string } } = {},
  ): void {
    const clamor = { kind: 'classifier', suite: 'spam' };
    const peerDependencies = { '@clamor/contract': range, '@clamor/spam': range };
    plant(
      name.replace('@clamor/spam-', 'models/spam/'),
      { name, version, clamor, dependencies, peerDependencies },
      versioned,
    );
  }
});
