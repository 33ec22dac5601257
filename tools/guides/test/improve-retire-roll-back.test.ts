import { describe, expect, it } from 'vitest';

import { releasedClone } from '../src/released-clone.ts';
import { runGuide } from '../src/run-guide.ts';

describe('docs/guides/improve-retire-roll-back.md', { tags: ['slow'] }, () => {
  // A timeout of the block would yield to that of the tag.
  it('does what it says', { timeout: 900_000 }, async ({ skip }) => {
    const place = await releasedClone();
    if (typeof place === 'string') return skip(place);
    await using clone = place;
    await expect(runGuide('docs/guides/improve-retire-roll-back.md', clone)).resolves.toBeUndefined();
  });
});
