import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import type { GuidePlace } from '../src/guide-place.ts';
import { runGuide } from '../src/run-guide.ts';

function place(): GuidePlace {
  const dir = mkdtempSync(join(tmpdir(), 'clamor-guide-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return { dir, env: process.env };
}

const fixture = (name: string): string => `tools/guides/test/fixtures/${name}.md`;

describe('runGuide', { tags: ['slow'] }, () => {
  it('runs every block in one shell, and a server beside them until the end', async () => {
    const { dir, env } = place();
    await runGuide(fixture('works'), { dir, env });
    expect(existsSync(join(dir, 'made'))).toBe(true);
  });

  it('names the line that failed, also inside a pipe, with what it printed', async () => {
    await expect(runGuide(fixture('fails'), place())).rejects.toThrow(
      /^tools\/guides\/test\/fixtures\/fails\.md:10 ended with exit code 3: node --eval .*\| cat\nIt printed:\nbefore\nwhy$/,
    );
  });

  it('names the output that is not what the page shows', async () => {
    await expect(runGuide(fixture('differs'), place())).rejects.toThrow(
      /^tools\/guides\/test\/fixtures\/differs\.md:8 shows other output than there is\.\nIt printed:\n7 mails$/,
    );
  });
});
