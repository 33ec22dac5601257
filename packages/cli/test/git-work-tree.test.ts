import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { checkOut } from '../src/git-work-tree.ts';
import { commitAll, folder, git, member, repository, suite, writeFiles } from './host.ts';

const team = (): string => repository({ texts: suite(), 'texts-buy': member('buy', 'buy') });

describe('checkOut', () => {
  it('checks out a commit, with dependencies linked, and takes all of it away again', async () => {
    const dir = team();
    writeFiles(dir, { 'models/texts-buy/index.js': 'changed' });
    commitAll(dir);
    let tree = '';
    {
      await using version = await checkOut('HEAD~1', dir);
      tree = version.dir;
      expect(version.host).toBe(tree);
      expect(readFileSync(join(tree, 'models/texts-buy/index.js'), 'utf8')).toContain('split("buy")');
      const installed = (name: string): string => realpathSync(join(tree, 'node_modules', name));
      expect(installed('texts-buy')).toBe(join(tree, 'models/texts-buy'));
      expect(installed('@clamor/contract')).toBe(realpathSync(join(dir, 'node_modules/@clamor/contract')));
    }
    expect(existsSync(tree)).toBe(false);
    expect(git(dir, 'worktree', 'list').trim().split('\n')).toHaveLength(1);
    expect(readFileSync(join(dir, 'models/texts-buy/index.js'), 'utf8')).toBe('changed');
  });

  it('links a package that is in the commit and has been deleted since', async () => {
    const dir = repository({ texts: suite(), 'texts-old': member('old', 'x') });
    git(dir, 'rm', '-r', '--quiet', 'models/texts-old');
    commitAll(dir);
    await using version = await checkOut('HEAD~1', dir);
    expect(readdirSync(join(version.dir, 'node_modules/texts-old'))).toContain('package.json');
  });

  it('finds a host below the top of the repository', async () => {
    const dir = folder({ 'app/package.json': { name: 'app' } });
    git(dir, 'init', '--quiet');
    commitAll(dir);
    await using version = await checkOut('HEAD', join(dir, 'app'));
    expect(version.host).toBe(join(version.dir, 'app'));
  });

  it('runs no hook of the repository', async () => {
    const dir = team();
    writeFiles(dir, { '.git/hooks/post-checkout': '#!/bin/sh\ntouch hook-ran\n' });
    git(dir, 'config', 'core.hooksPath', '.git/hooks');
    await using version = await checkOut('HEAD', dir);
    expect(existsSync(join(version.dir, 'hook-ran'))).toBe(false);
  });

  it('refuses what is no commit, and a host that is in no repository', async () => {
    for (const ref of ['no-such-branch', '--help']) {
      await expect(checkOut(ref, team())).rejects.toMatchObject({ code: 'CLI_VERSION_UNUSABLE' });
    }
    const outside = folder({ 'package.json': { name: 'x' } });
    await expect(checkOut('HEAD', outside)).rejects.toThrow('in no git repository');
  });
});
