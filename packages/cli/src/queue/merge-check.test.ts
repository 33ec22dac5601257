import { describe, expect, it } from 'vitest';

import { mayMeet } from './merge-check.ts';
import type { TreeChange } from './open-branches.ts';

const change = (path: string, status: TreeChange['status'] = 'changed'): TreeChange => ({ path, status });

describe('mayMeet', () => {
  it.each([
    ['one path', [change('a/b')], [change('a/b', 'added')], true],
    ['neighbours in a folder', [change('a/b', 'added')], [change('a/c')], false],
    ['a file where there is a folder', [change('a/b', 'added')], [change('a', 'added')], true],
    ['a folder where there is a file', [change('a', 'added')], [change('a/b/c', 'added')], true],
    ['a name that begins with another', [change('ab', 'added')], [change('a', 'added')], false],
    ['a file that went, which may be a rename', [change('a/new', 'added')], [change('b/old', 'removed')], true],
    ['nothing on one side', [], [change('a')], false],
  ])('%s: %#', (_, ours, theirs, expected) => {
    expect([mayMeet(ours, theirs), mayMeet(theirs, ours)]).toEqual([expected, expected]);
  });
});
