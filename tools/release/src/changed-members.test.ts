import type { WorkspacePackage } from '@clamor/checks/workspace';
import { describe, expect, it } from 'vitest';
import { changedMembers } from './changed-members.ts';

const PACKAGES: readonly WorkspacePackage[] = [
  planted('models/spam/words', { kind: 'classifier', suite: 'spam' }),
  planted('models/spam/word', { kind: 'classifier', suite: 'spam' }),
  planted('models/fraud/cards', { kind: 'classifier', suite: 'fraud' }),
  planted('models/spam/suite', { kind: 'suite', suite: 'spam' }),
  planted('packages/store'),
];

describe('changedMembers', () => {
  it('names the members that a change touches, by suite', () => {
    const files = ['models/spam/words/src/index.ts', 'models/fraud/cards/package.json', 'models/spam/word/README.md'];
    expect([...changedMembers(files, PACKAGES)]).toEqual([
      ['spam', ['@clamor/word', '@clamor/words']],
      ['fraud', ['@clamor/cards']],
    ]);
  });

  it('does not take a folder for one whose name begins with it', () => {
    expect([...changedMembers(['models/spam/words/README.md'], PACKAGES)]).toEqual([['spam', ['@clamor/words']]]);
  });

  it('names none for a suite, a shared package, the lockfile, or a member that has gone', () => {
    const files = [
      'models/spam/suite/src/index.ts',
      'packages/store/README.md',
      'package-lock.json',
      'models/spam/gone/a',
    ];
    expect(changedMembers(files, PACKAGES).size).toBe(0);
  });
});

function planted(root: string, clamor?: { readonly kind: string; readonly suite: string }): WorkspacePackage {
  const name = `@clamor/${root.split('/').at(-1)}`;
  return { root, dir: `/${root}`, manifest: { name, version: '1.0.0', ...(clamor === undefined ? {} : { clamor }) } };
}
