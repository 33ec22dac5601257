import { describe, expect, it } from 'vitest';
import { checkName, chooseScope, splitMemberName } from './names.ts';
import type { Workspace } from './workspace.ts';

const workspace = (name: string, ...packages: string[]): Workspace => ({
  manifest: { name },
  patterns: [],
  packages: packages.map((each) => ({ dir: each, isOwn: true, manifest: { name: each, clamor: { kind: 'suite' } } })),
});

describe('checkName', () => {
  it.each(['a', 'free-mail', 'x2', 'a-1'])('takes %s', (name) => {
    expect(() => checkName('member', name)).not.toThrow();
  });

  it.each(['', 'Free', 'free_mail', '-a', 'a-', 'a--b', '2x', 'a/b', '../a', 'ä', 'a'.repeat(101)])(
    'refuses "%s"',
    (name) => {
      expect(() => checkName('member', name)).toThrow(expect.objectContaining({ code: 'GENERATE_NAME_INVALID' }));
    },
  );

  it('refuses names of folders that mean something else, each where it does', () => {
    for (const name of ['suite', 'evaluation'])
      expect(() => checkName('member', name)).toThrow('is for something else');
    expect(() => checkName('suite', 'encoders')).toThrow('is for something else');
    expect(() => checkName('member', 'encoders')).not.toThrow();
  });
});

describe('splitMemberName', () => {
  it('takes suite and member apart', () => {
    expect(splitMemberName('spam/free-mail')).toEqual({ suite: 'spam', member: 'free-mail' });
  });

  it.each(['spam', 'spam/', '/mine', 'a/b/c'])('refuses %s', (name) => {
    expect(() => splitMemberName(name)).toThrow(expect.objectContaining({ code: 'GENERATE_NAME_INVALID' }));
  });
});

describe('chooseScope', () => {
  it('is what is asked for, else that of a package, else that of the root, else the name of the root', () => {
    expect(chooseScope(workspace('@acme/source', '@shop/fraud'), '@own')).toBe('own');
    expect(chooseScope(workspace('@acme/source', '@shop/fraud'))).toBe('shop');
    expect(chooseScope(workspace('@acme/source'))).toBe('acme');
    expect(chooseScope(workspace('acme'))).toBe('acme');
  });

  it('refuses what cannot be a scope', () => {
    expect(() => chooseScope(workspace(''))).toThrow(expect.objectContaining({ code: 'GENERATE_NAME_INVALID' }));
    expect(() => chooseScope(workspace('acme'), 'A b')).toThrow(
      expect.objectContaining({ code: 'GENERATE_NAME_INVALID' }),
    );
  });
});
