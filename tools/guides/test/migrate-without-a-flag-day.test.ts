import { describe, expect, it } from 'vitest';

import { releasedClone } from '../src/released-clone.ts';
import { runGuide } from '../src/run-guide.ts';

describe('docs/guides/migrate-without-a-flag-day.md', { tags: ['slow'] }, () => {
  it('does what it says', { timeout: 900_000 }, async ({ skip }) => {
    const place = await releasedClone();
    if (typeof place === 'string') return skip(place);
    await using clone = place;
    await expect(runGuide('docs/guides/migrate-without-a-flag-day.md', clone)).resolves.toBeUndefined();
  });
});
