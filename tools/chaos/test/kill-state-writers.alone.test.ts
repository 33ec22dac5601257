import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { killStateWriters } from '../src/kill-state-writers.ts';

describe('killStateWriters', () => {
  it('finds nothing lost, half-written or out of order after 20 kills', { tags: ['slow'] }, async () => {
    const dir = mkdtempSync(join(tmpdir(), 'clamor-kills-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const found = await killStateWriters({ dir, kills: 20, seed: 4 });
    expect(found.problems).toEqual([]);
    expect(found.kills).toBe(20);
    expect(found.acknowledged).toBeGreaterThan(20);
    expect(found.logged).toBeGreaterThanOrEqual(found.acknowledged);
    // What kills leave behind is swept: one lock, and drafts of the last minute only.
    expect(readdirSync(dir).filter((name) => /^lock\.\d+$/.test(name)).length).toBeLessThanOrEqual(2);
  });
});
