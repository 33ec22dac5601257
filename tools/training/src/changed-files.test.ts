import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { changedFiles, hashFiles } from './changed-files.ts';

it('changedFiles names what was added, changed and removed between two looks, in any folder, built files left out', async () => {
  const root = await mkdtemp(join(tmpdir(), 'clamor-files-'));
  await mkdir(join(root, 'words/dist'), { recursive: true });
  for (const file of ['kept', 'words/changed', 'removed']) await writeFile(join(root, file), 'one');
  const before = await hashFiles(root);
  await writeFile(join(root, 'words/changed'), 'two');
  await writeFile(join(root, 'added'), 'one');
  await writeFile(join(root, 'words/dist/index.js'), 'one');
  await rm(join(root, 'removed'));
  expect(changedFiles(before, await hashFiles(root))).toEqual(['added', 'removed', 'words/changed']);
  await rm(root, { recursive: true });
});
