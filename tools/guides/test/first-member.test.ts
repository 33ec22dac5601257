import { describe, expect, it } from 'vitest';

import { workspaceClone } from '../src/guide-place.ts';
import { runGuide } from '../src/run-guide.ts';

describe('docs/guides/first-member.md', { tags: ['slow'] }, () => {
  it('does what it says', async () => {
    await using clone = await workspaceClone();
    await expect(runGuide('docs/guides/first-member.md', clone)).resolves.toBeUndefined();
  });
});
