import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { contentHashes } from '../versions/content.ts';
import { type CheckedContent, beforeImport, changedContent } from './checked-content.ts';
import { importCheckedSuite } from './import-suite.ts';

async function content(code = ''): Promise<CheckedContent> {
  const dir = mkdtempSync(join(tmpdir(), 'clamor-content-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'assets', 'record.json'), '{}');
  const entry = join(dir, 'index.mjs');
  writeFileSync(entry, code);
  return { dir, entry, contentHash: (await contentHashes({ dir, entry })).contentHash };
}

describe('changedContent', () => {
  it('finds nothing while the files are those that were checked', async () => {
    expect(await changedContent(await content())).toBeNull();
  });

  it('finds a change of code, of an asset, a new file and a missing one', async () => {
    const changes: ((dir: string) => void)[] = [
      (dir) => appendFileSync(join(dir, 'index.mjs'), ' '),
      (dir) => appendFileSync(join(dir, 'assets', 'record.json'), ' '),
      (dir) => writeFileSync(join(dir, 'assets', 'more.json'), ''),
      (dir) => rmSync(join(dir, 'index.mjs')),
      (dir) => rmSync(dir, { recursive: true }),
    ];
    for (const change of changes) {
      const checked = await content();
      change(checked.dir);
      expect(await changedContent(checked)).toMatchObject({
        found: expect.stringContaining('changed since') as unknown,
      });
    }
  });
});

describe('beforeImport', () => {
  it('lets a thread import what it has imported, and not something else from the same place', async () => {
    const checked = await content();
    expect(await beforeImport(checked)).toBeNull();
    expect(await beforeImport(checked)).toBeNull();
    appendFileSync(checked.entry, ' ');
    expect(await beforeImport(checked)).toMatchObject({ found: expect.stringContaining('changed since') as unknown });
    const next = { ...checked, ...(await contentHashes(checked)) };
    expect(await beforeImport(next)).toMatchObject({ found: expect.stringContaining('imported before') as unknown });
  });
});

describe('importCheckedSuite', () => {
  const SUITE = `export const suite = { kind: 'suite', contract: 1, name: 'texts' };`;
  const refused = expect.objectContaining({
    code: 'SUITE_LOAD_FAILED',
    message: expect.stringContaining('changed since they were checked') as unknown,
  });

  it('imports a suite whose files were checked', async () => {
    await expect(importCheckedSuite({ ...(await content(SUITE)), name: 'texts' })).resolves.toMatchObject({
      name: 'texts',
    });
  });

  it('refuses one that was changed after the check, or changes itself', async () => {
    const changed = await content(SUITE);
    appendFileSync(changed.entry, ' ');
    await expect(importCheckedSuite({ ...changed, name: 'texts' })).rejects.toThrowError(refused);
    const changing = await content(
      `import { appendFileSync } from 'node:fs'; appendFileSync(new URL(import.meta.url), ' '); ${SUITE}`,
    );
    await expect(importCheckedSuite({ ...changing, name: 'texts' })).rejects.toThrowError(refused);
  });
});
