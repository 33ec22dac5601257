import { describe, expect, it } from 'vitest';
import type { WorkspaceFiles } from './files.ts';
import { isCovered, readWorkspace } from './workspace.ts';

function virtualFiles(files: { readonly [path: string]: string }): WorkspaceFiles {
  const paths = Object.keys(files);
  return {
    root: '/virtual',
    exists: (path) => paths.includes(path),
    read: (path) => files[path] ?? null,
    children(path) {
      const prefix = path === '.' ? '' : `${path}/`;
      const below = paths
        .filter((each) => each.startsWith(prefix))
        .map((each) => each.slice(prefix.length).split('/')[0]!);
      return [...new Set(below)];
    },
  };
}

describe('isCovered', () => {
  it.each([
    [['models/*/*'], 'models/spam/words', true],
    [['models/*/*'], 'models/words', false],
    [['models/**'], 'models/spam/words', true],
    [['models/spam/words'], 'models/spam/words', true],
    [['models/*/suite', './models/spam/w*'], 'models/spam/words', true],
    [['models.*/*'], 'modelsx/a', false],
    [[], 'models/spam/words', false],
  ])('%j covers %s: %s', (patterns, dir, covered) => {
    expect(isCovered(patterns, dir)).toBe(covered);
  });
});

describe('readWorkspace', () => {
  it('finds the packages that globs name, and those that are declared as far as they are installed', () => {
    const workspace = readWorkspace(
      virtualFiles({
        'package.json': '{"workspaces":["models/*/*","apps/web"],"dependencies":{"@x/spam":"1","left":"1"}}',
        'models/spam/words/package.json': '{"name":"@x/words"}',
        'models/spam/empty/README.md': '',
        'models/spam/node_modules/package.json': '{"name":"hidden"}',
        'apps/web/package.json': '{"name":"web"}',
        'apps/other/package.json': '{"name":"other"}',
        'node_modules/@x/spam/package.json': '{"name":"@x/spam"}',
      }),
    );
    expect(workspace.packages.map(({ dir, isOwn }) => [dir, isOwn])).toEqual([
      ['models/spam/words', true],
      ['apps/web', true],
      ['node_modules/@x/spam', false],
    ]);
  });

  it('looks below two stars', () => {
    const files = virtualFiles({
      'package.json': '{"workspaces":{"packages":["models/**"]}}',
      'models/a/package.json': '{"name":"a"}',
      'models/a/b/c/package.json': '{"name":"c"}',
    });
    expect(
      readWorkspace(files)
        .packages.map(({ dir }) => dir)
        .toSorted(),
    ).toEqual(['models/a', 'models/a/b/c']);
  });

  it.each([{}, { 'package.json': 'nothing' }, { 'package.json': 'null' }])(
    'refuses a root without a package.json: %j',
    (files) => {
      expect(() => readWorkspace(virtualFiles(files as Record<string, string>))).toThrow(
        expect.objectContaining({ code: 'GENERATE_WORKSPACE_INVALID' }),
      );
    },
  );
});
