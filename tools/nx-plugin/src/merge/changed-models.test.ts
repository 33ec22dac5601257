import { describe, expect, it } from 'vitest';
import type { KnownPackage } from '../generate/workspace.ts';
import { changedModels } from './changed-models.ts';

const PACKAGES: readonly KnownPackage[] = [
  planted('models/spam/words', { kind: 'classifier', suite: 'spam' }, { '@clamor/minilm': '^1.0.0' }),
  planted('models/spam/word', { kind: 'classifier', suite: 'spam' }),
  planted('models/fraud/cards', { kind: 'classifier', suite: 'fraud' }, { '@clamor/minilm': '^1.0.0' }),
  planted('models/spam/suite', { kind: 'suite', suite: 'spam' }),
  planted('models/spam/evaluation', { kind: 'evaluation', suite: 'spam' }),
  planted('models/encoders/minilm', { kind: 'encoder' }),
  planted('packages/store'),
  { ...planted('node_modules/@clamor/far', { kind: 'classifier', suite: 'spam' }), isOwn: false },
];

const touched = (...files: readonly string[]) => changedModels(files, PACKAGES).map(({ name }) => name);

describe('changedModels', () => {
  it('names members, suites and encoders that a change touches, sorted', () => {
    const files = [
      'models/spam/words/src/index.ts',
      'models/spam/suite/package.json',
      'models/encoders/minilm/assets/a',
    ];
    expect(touched(...files)).toEqual(['@clamor/minilm', '@clamor/suite', '@clamor/words']);
  });

  it('does not take a folder for one whose name begins with it', () => {
    expect(touched('models/spam/words/src/index.ts')).toEqual(['@clamor/words']);
  });

  it('leaves alone what no judgement follows from', () => {
    const files = [
      'README.md',
      'CHANGELOG.md',
      'src/a.test.ts',
      'src/a.test-d.ts',
      'test/fixtures/a.json',
      'training/a.ts',
    ];
    expect(touched(...files.map((file) => `models/spam/words/${file}`))).toEqual([]);
    expect(touched('models/spam/words/src/test-words.ts')).toEqual(['@clamor/words']);
  });

  it('names none for an evaluation, a shared package, the lockfile, what is only installed, or what has gone', () => {
    const files = ['models/spam/evaluation/src/a.ts', 'packages/store/src/a.ts', 'package-lock.json'];
    expect(touched(...files, 'node_modules/@clamor/far/dist/a.js', 'models/spam/gone/src/a.ts')).toEqual([]);
  });

  it('gives an encoder the suites of the members that read it, and a member its own', () => {
    const [encoder, member] = changedModels(['models/encoders/minilm/src/a.ts', 'models/spam/word/src/a.ts'], PACKAGES);
    expect([encoder?.suites, member?.suites]).toEqual([['fraud', 'spam'], ['spam']]);
  });

  it('gives an encoder that nobody reads no suite', () => {
    const alone = PACKAGES.filter(({ manifest }) => manifest.clamor?.kind === 'encoder');
    expect(changedModels(['models/encoders/minilm/src/a.ts'], alone)).toEqual([
      expect.objectContaining({ name: '@clamor/minilm', suites: [] }),
    ]);
  });
});

function planted(
  dir: string,
  clamor?: { readonly kind: string; readonly suite?: string },
  dependencies: { readonly [name: string]: string } = {},
): KnownPackage {
  const name = `@clamor/${dir.split('/').at(-1)}`;
  return { dir, manifest: { name, dependencies, ...(clamor === undefined ? {} : { clamor }) }, isOwn: true };
}
