import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { readExamples, ROOT } from '@clamor/training';
import { describe, expect, it } from 'vitest';
import { analyse } from './analyse.ts';
import { readOpenings } from './openings.ts';
import { renderFiles } from './page.ts';
import { STUDY } from './mails.ts';
import { REPEATS } from './plan.ts';
import { readStudyPolicy } from './policy.ts';
import { findKinds } from './refit.ts';

const DATA = fileURLToPath(new URL('../data', import.meta.url));

describe('renderFiles', () => {
  // A minute of one core, more where many tests run at once.
  it('writes what is committed from the columns that are shipped', { tags: ['slow'], timeout: 900_000 }, async () => {
    const results = await analyse({ frame: STUDY, repeats: REPEATS, data: DATA });
    const files = renderFiles(results, { policy: await readStudyPolicy(DATA), openings: await readOpenings(DATA) });
    expect(files.size).toBe(7);
    for (const [path, content] of files) expect(await readFile(join(ROOT, 'docs', path), 'utf8')).toBe(content);
  });
});

describe('findKinds', () => {
  it('finds the kinds that are shipped', { tags: ['slow'] }, async () => {
    const examples = await readExamples(STUDY.map(({ split }) => split));
    const shipped: unknown = JSON.parse(await readFile(join(DATA, 'kinds.json'), 'utf8'));
    expect(findKinds([...examples.values()])).toEqual(shipped);
  });
});
