import { describe, expect, it } from 'vitest';

import { emptyFolder } from '../src/guide-place.ts';
import { runGuide } from '../src/run-guide.ts';

describe('docs/guides/suite-in-another-repository.md', { tags: ['slow'] }, () => {
  // A timeout of the block would yield to that of the tag.
  it('does what it says', { timeout: 900_000 }, async ({ skip }) => {
    const place = await emptyFolder({ older: '@clamor/spam-words' });
    if (typeof place === 'string') return skip(place);
    await using empty = place;
    await expect(runGuide('docs/guides/suite-in-another-repository.md', empty)).resolves.toBeUndefined();
  });
});
