import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkFolder, checkName, folderFault, nameFault } from './names.ts';

describe('nameFault', () => {
  it.each([
    ['project', 'my-app'],
    ['project', 'app.v2'],
    ['scope', 'acme'],
    ['package', 'fraud'],
    ['package', '@acme/fraud-cards'],
    ['suite', 'fraud'],
    ['suite', 'late-fees2'],
  ] as const)('lets %s be called %s', (what, name) => {
    expect(nameFault(what, name)).toBe(undefined);
  });

  it.each([
    ['project', ''],
    ['project', 'My App'],
    ['project', '.hidden'],
    ['project', 'node_modules'],
    ['project', 'a'.repeat(101)],
    ['scope', '@acme'],
    ['package', '@acme'],
    ['package', '--registry'],
    ['package', 'fraud@1.0.0'],
    ['package', 'git+ssh://example.com/a.git'],
    ['package', '../fraud'],
    ['package', 'a; rm b'],
    ['suite', 'Fraud'],
    ['suite', '2fraud'],
    ['suite', 'late--fees'],
    ['suite', 'encoders'],
  ] as const)('lets no %s be called "%s"', (what, name) => {
    expect(nameFault(what, name)).toMatch(/^".*" cannot be the name of a \w+\.\nWanted: /);
  });
});

describe('checkName', () => {
  it('throws what nameFault says', () => {
    expect(() => checkName('suite', 'Fraud')).toThrow(expect.objectContaining({ code: 'CREATE_NAME_INVALID' }));
    expect(() => checkName('suite', 'fraud')).not.toThrow();
  });
});

describe('folderFault', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'create-clamor-names-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is undefined where there is nothing, and where git has begun', () => {
    expect(folderFault(join(dir, 'new'))).toBe(undefined);
    expect(folderFault(dir)).toBe(undefined);
    mkdirSync(join(dir, '.git'));
    expect(folderFault(dir)).toBe(undefined);
  });

  it('names what is in the way', () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) writeFileSync(join(dir, name), '');
    expect(folderFault(dir)).toContain('holds a, b, c and 2 more.');
    expect(folderFault(join(dir, 'a'))).toContain('is a file.');
    expect(() => checkFolder(dir)).toThrow(expect.objectContaining({ code: 'CREATE_FOLDER_TAKEN' }));
  });
});
