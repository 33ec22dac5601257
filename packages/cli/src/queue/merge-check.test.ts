import { describe, expect, it } from 'vitest';

import { mayMeet } from './merge-check.ts';
import type { TreeChange } from './open-branches.ts';

const change = (path: string, status: TreeChange['status'] = 'changed'): TreeChange => ({ path, status });

const hasFolder = (): boolean => false;

describe('mayMeet', () => {
  it.each([
    ['one path', [change('a/b')], [change('a/b', 'added')], true],
    ['neighbours in a folder', [change('a/b', 'added')], [change('a/c')], false],
    ['a file where there is a folder', [change('a/b', 'added')], [change('a', 'added')], true],
    ['a folder where there is a file', [change('a', 'added')], [change('a/b/c', 'added')], true],
    ['a name that begins with another', [change('ab', 'added')], [change('a', 'added')], false],
    ['one path that one side took away', [change('a/b')], [change('a/b', 'removed')], true],
    ['a new file in a folder that is gone', [change('a/x/new', 'added')], [change('a/old', 'removed')], true],
    ['a changed file beside one that is gone', [change('a/other')], [change('a/old', 'removed')], false],
    ['nothing on one side', [], [change('a')], false],
  ])('%s: %#', (_, ours, theirs, expected) => {
    const told = [
      mayMeet({ branch: ours, base: theirs, hasFolder }),
      mayMeet({ branch: theirs, base: ours, hasFolder }),
    ];
    expect(told).toEqual([expected, expected]);
  });

  it('knows that a folder which the base has still was not renamed there', () => {
    const sides = { branch: [change('.changeset/b.md', 'added')], base: [change('.changeset/a.md', 'removed')] };
    expect(mayMeet({ ...sides, hasFolder: (folder) => folder === '.changeset' })).toBe(false);
    expect(mayMeet({ ...sides, hasFolder })).toBe(true);
    // Of the branch it is not known.
    const turned = { branch: sides.base, base: sides.branch };
    expect(mayMeet({ ...turned, hasFolder: () => true })).toBe(true);
  });
});
