import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadSuite } from '../src/index.ts';
import {
  type HostFixture,
  type PackageFiles,
  contains,
  createHost,
  memberPackage,
  suitePackage,
} from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function host(packages: { [name: string]: PackageFiles }): HostFixture {
  const created = createHost(packages);
  cleanups.push(() => created.remove());
  return created;
}

async function versionOf(from: string, options: Parameters<typeof loadSuite>[0] = {}): Promise<string> {
  await using suite = await loadSuite({ from, workers: 1, ...options });
  return suite.suiteVersion;
}

const PACKAGES = {
  texts: suitePackage(),
  'texts-cash': memberPackage('texts-cash', contains('cash')),
  'texts-pills': memberPackage('texts-pills', contains('pills')),
};
const NEXT = memberPackage('texts-cash', contains('money'), { manifest: { version: '0.2.0' } });

/** A package whose manifest is no part of its content, as in a published one. */
function shipping(marker: object): PackageFiles {
  const clamor = { kind: 'classifier', suite: 'texts', contract: 1, owner: 'team', ...marker };
  return memberPackage('texts-cash', contains('cash'), {
    manifest: { exports: './dist/index.js', clamor },
    files: { 'dist/index.js': "export { classifier } from '../index.js';" },
  });
}

describe('suiteVersion', () => {
  it('does not change when a member is switched off', async () => {
    const { dir } = host(PACKAGES);
    expect(await versionOf(dir, { modes: { cash: 'off' } })).toBe(await versionOf(dir));
  });

  it('changes with one byte of code, of a policy, or of an asset', async () => {
    const { dir } = host(PACKAGES);
    const versions = [await versionOf(dir)];
    for (const file of ['texts-cash/index.js', 'texts/assets/policy.json', 'texts-pills/assets/record.json']) {
      writeFileSync(join(dir, 'node_modules', file), ' ', { flag: 'a' });
      versions.push(await versionOf(dir));
    }
    expect(new Set(versions).size).toBe(4);
  });

  it('covers every version of a slot, and does not depend on the name of the alias', async () => {
    const one = await versionOf(host(PACKAGES).dir);
    const two = await versionOf(host({ ...PACKAGES, 'cash-next': NEXT }).dir);
    const renamed = await versionOf(host({ ...PACKAGES, 'cash-later': NEXT }).dir);
    expect(two).not.toBe(one);
    expect(renamed).toBe(two);
  });

  it('changes when the other of two versions is the one that counts', async () => {
    const first = await versionOf(host({ ...PACKAGES, 'cash-next': NEXT }).dir);
    const other = await versionOf(host({ ...PACKAGES, 'texts-cash': NEXT, 'cash-old': PACKAGES['texts-cash'] }).dir);
    expect(other).not.toBe(first);
  });

  it('changes when a member that shipped as shadow ships as active', async () => {
    const active = await versionOf(host({ ...PACKAGES, 'texts-cash': shipping({}) }).dir);
    expect(await versionOf(host({ ...PACKAGES, 'texts-cash': shipping({ isolation: 'worker' }) }).dir)).toBe(active);
    expect(await versionOf(host({ ...PACKAGES, 'texts-cash': shipping({ mode: 'shadow' }) }).dir)).not.toBe(active);
  });
});
