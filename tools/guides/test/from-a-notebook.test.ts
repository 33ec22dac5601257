import { describe, expect, it } from 'vitest';

import { workspaceClone } from '../src/guide-place.ts';
import { runGuide } from '../src/run-guide.ts';

describe('docs/guides/from-a-notebook.md', { tags: ['slow'] }, () => {
  it('goes from scores in a file to a member that is gated and versioned', { timeout: 1_200_000 }, async () => {
    await using clone = await workspaceClone();
    await expect(runGuide('docs/guides/from-a-notebook.md', clone)).resolves.toBeUndefined();
  });
});
