import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { WORKSPACE } from '@clamor/checks/workspace';
import { describe, expect, it } from 'vitest';

import { guideSteps } from '../src/guide-steps.ts';

const GUIDES = 'docs/guides';
const guides = globSync('*.md', { cwd: join(WORKSPACE, GUIDES) })
  .filter((file) => file !== 'README.md')
  .toSorted();
const read = (file: string): string => readFileSync(join(WORKSPACE, file), 'utf8');

describe('guides', () => {
  it.each(guides)('%s is run by a test, and has something to run', (file) => {
    expect(read(`tools/guides/test/${file.replace('.md', '.test.ts')}`)).toContain(`runGuide('${GUIDES}/${file}'`);
    expect(guideSteps(read(`${GUIDES}/${file}`), file).length).toBeGreaterThan(0);
  });

  it('are all in the index, and nothing else is', () => {
    const index = read(`${GUIDES}/README.md`);
    const linked = [...index.matchAll(/\]\(([\w-]+\.md)\)/g)].map((match) => match[1] ?? '');
    expect(linked.toSorted()).toEqual(guides);
  });
});
