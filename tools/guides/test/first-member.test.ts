import { packedPackages } from '@clamor/checks/packed-packages';
import { describe, expect, it } from 'vitest';

import { registryReason, workspaceClone } from '../src/guide-place.ts';
import { runGuide } from '../src/run-guide.ts';

describe('docs/guides/first-member.md', { tags: ['slow'] }, () => {
  it('makes, trains, gates, versions, publishes and installs a member', { timeout: 1_200_000 }, async ({ skip }) => {
    const reason = await registryReason();
    if (reason !== null) return skip(reason);
    // The registry of the guide takes them from where they are kept, instead of building.
    await packedPackages();
    await using clone = await workspaceClone();
    await expect(runGuide('docs/guides/first-member.md', clone)).resolves.toBeUndefined();
  });
});
