import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LoadSuiteOptions, type ProvenanceOptions, loadSuite } from '../src/index.ts';
import type { Attestations } from '../src/provenance/attestations.ts';
import { type HostFixture, contains, createHost, memberPackage, suitePackage } from './host-fixture.ts';
import { PLAYWRIGHT, type RecordedProvenance, SIGSTORE, edited, publishOnly } from './provenance-fixtures.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** What the registry answers, by package and version. Packages that are not there were published without attestations. */
type Answers = { readonly [spec: string]: Attestations | string };

interface Registry {
  readonly url: string;
  readonly asked: string[];
  readonly close: () => Promise<void>;
}

async function registry(answers: Answers): Promise<Registry> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const spec = decodeURIComponent(request.url ?? '').replace('/-/npm/v1/attestations/', '');
    asked.push(spec);
    const answer = answers[spec];
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? { error: 'Not found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  cleanups.push(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked, close };
}

const manifestOf = ({ package: name, version, repository }: RecordedProvenance): object => ({
  name,
  version,
  repository: { type: 'git', url: `git+${repository}.git` },
});

/** A suite and a member under the names of packages whose provenance was recorded; npm's lockfile says that they are those. */
function host(integrity = PLAYWRIGHT.integrity): HostFixture {
  const suite = suitePackage();
  const created = createHost({
    sigstore: { ...suite, 'package.json': { ...(suite['package.json'] as object), ...manifestOf(SIGSTORE) } },
    '@playwright/cli': memberPackage('@playwright/cli', contains('cash'), {
      manifest: { ...manifestOf(PLAYWRIGHT), peerDependencies: { sigstore: '^0.4.0' } },
    }),
  });
  cleanups.push(() => created.remove());
  const packages = {
    'node_modules/sigstore': { version: '0.4.0', integrity: SIGSTORE.integrity },
    'node_modules/@playwright/cli': { version: '0.1.1', integrity },
  };
  writeFileSync(join(created.dir, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }));
  return created;
}

const GOOD: Answers = { 'sigstore@0.4.0': SIGSTORE.attestations, '@playwright/cli@0.1.1': PLAYWRIGHT.attestations };

async function outcomes(
  dir: string,
  provenance: ProvenanceOptions,
  options: LoadSuiteOptions = {},
): Promise<unknown[]> {
  await using suite = await loadSuite({ from: dir, workers: 1, requireProvenance: provenance, ...options });
  const verdicts = await suite.judge([{ key: '1', input: 'cash' }]);
  return verdicts.map(({ outcome, degraded }) => [outcome, ...degraded.map(({ reason }) => reason.code)]);
}
const coded = (code: string, text: string): unknown =>
  expect.objectContaining({
    code: 'SUITE_FAULTY',
    message: expect.stringMatching(new RegExp(`${code}.*${text}`)) as unknown,
  });

describe('loadSuite with requireProvenance', () => {
  it('loads members with provenance that verifies', async () => {
    const { url } = await registry(GOOD);
    expect(await outcomes(host().dir, { registry: url })).toEqual([['positive']]);
  });

  it('refuses a member without attestations, and one that was only published', async () => {
    const { url } = await registry({ 'sigstore@0.4.0': SIGSTORE.attestations });
    await expect(outcomes(host().dir, { registry: url })).rejects.toThrowError(
      coded('MEMBER_PROVENANCE_MISSING', 'no provenance in the registry'),
    );
    const other = await registry({ ...GOOD, '@playwright/cli@0.1.1': publishOnly(PLAYWRIGHT) });
    await expect(outcomes(host().dir, { registry: other.url })).rejects.toThrowError(
      coded('MEMBER_PROVENANCE_MISSING', 'no provenance in the registry'),
    );
  });

  it('refuses a member whose attestation does not verify', async () => {
    const forged = edited(PLAYWRIGHT, (text) => text.replace(/"sig":"[^"]+"/, '"sig":"MEUCIQC/forged"'));
    const { url } = await registry({ ...GOOD, '@playwright/cli@0.1.1': forged });
    await expect(outcomes(host().dir, { registry: url })).rejects.toThrowError(
      coded('MEMBER_PROVENANCE_INVALID', 'does not verify'),
    );
  });

  it('refuses a member whose tarball is another one than was attested', async () => {
    const { url } = await registry(GOOD);
    const other = `sha512-${Buffer.alloc(64).toString('base64')}`;
    await expect(outcomes(host(other).dir, { registry: url })).rejects.toThrowError(
      coded('MEMBER_PROVENANCE_INVALID', 'another tarball'),
    );
  });

  it('refuses a member from a repository that is not accepted', async () => {
    const { url } = await registry(GOOD);
    const sources = [SIGSTORE.repository];
    await expect(outcomes(host().dir, { registry: url, sources })).rejects.toThrowError(
      coded('MEMBER_PROVENANCE_INVALID', 'built from https://github.com/microsoft/playwright-cli'),
    );
  });

  it('lets the rest of the suite judge without it when faults degrade, and does not run its code', async () => {
    const { url } = await registry({ 'sigstore@0.4.0': SIGSTORE.attestations });
    const { dir } = host();
    const trace = join(dir, 'trace');
    const entry = join(dir, 'node_modules/@playwright/cli/index.js');
    const code = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(trace)}, 'ran');`;
    writeFileSync(entry, code + readFileSync(entry, 'utf8'));
    expect(await outcomes(dir, { registry: url }, { onFault: 'degrade' })).toEqual([
      ['negative', 'MEMBER_PROVENANCE_MISSING'],
    ]);
    expect(existsSync(trace)).toBe(false);
  });

  it('refuses a suite without provenance even when faults degrade: its code reads every example', async () => {
    const { url } = await registry({ '@playwright/cli@0.1.1': PLAYWRIGHT.attestations });
    await expect(outcomes(host().dir, { registry: url }, { onFault: 'degrade' })).rejects.toThrowError(
      coded('MEMBER_PROVENANCE_MISSING', 'no provenance'),
    );
  });

  it('refuses what did not come from a registry', async () => {
    const { url } = await registry(GOOD);
    const { dir } = host();
    writeFileSync(join(dir, 'package-lock.json'), '{"lockfileVersion":3,"packages":{}}');
    await expect(outcomes(dir, { registry: url })).rejects.toThrowError(
      coded('MEMBER_PROVENANCE_MISSING', 'no integrity'),
    );
  });

  it('starts offline from what it has kept', async () => {
    const { url, asked, close } = await registry(GOOD);
    const { dir } = host();
    await outcomes(dir, { registry: url });
    expect(asked.toSorted()).toEqual(['@playwright/cli@0.1.1', 'sigstore@0.4.0']);
    await outcomes(dir, { registry: url });
    expect(asked).toHaveLength(2);
    await close();
    expect(await outcomes(dir, { registry: url })).toEqual([['positive']]);
  });

  it('does not trust what it has kept: an edited file is not believed', async () => {
    const { url, close } = await registry(GOOD);
    const { dir } = host();
    const cache = join(dir, 'kept');
    await outcomes(dir, { registry: url, cache });
    await close();
    for (const name of readdirSync(cache)) {
      const file = join(cache, name);
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/"sig":"[^"]+"/g, '"sig":"MEUCIQC/forged"'));
    }
    await expect(outcomes(dir, { registry: url, cache })).rejects.toThrowError(
      coded('MEMBER_PROVENANCE_MISSING', 'no answer of the registry'),
    );
  });

  it.each([
    ['is no JSON', '<html>'],
    ['has another shape', '{"attestations":[{}]}'],
    ['is too large', `{"attestations":[],"filler":"${'x'.repeat(1_100_000)}"}`],
  ])('takes an answer that %s for none', async (_, answer) => {
    const { url } = await registry({ ...GOOD, '@playwright/cli@0.1.1': answer });
    await expect(outcomes(host().dir, { registry: url })).rejects.toThrowError(
      coded('MEMBER_PROVENANCE_MISSING', 'no answer of the registry'),
    );
  });

  it('asks the registry that the tarball came from', async () => {
    const { url, asked } = await registry(GOOD);
    const { dir } = host();
    const file = join(dir, 'package-lock.json');
    const lockfile = JSON.parse(readFileSync(file, 'utf8')) as { packages: { [place: string]: { resolved?: string } } };
    lockfile.packages['node_modules/sigstore']!.resolved = `${url}sigstore/-/sigstore-0.4.0.tgz`;
    lockfile.packages['node_modules/@playwright/cli']!.resolved = `${url}@playwright/cli/-/cli-0.1.1.tgz`;
    writeFileSync(file, JSON.stringify(lockfile));
    expect(await outcomes(dir, {})).toEqual([['positive']]);
    expect(asked).toHaveLength(2);
  });

  it('asks the registry that npm is configured with when the lockfile names none', { tags: ['slow'] }, async () => {
    const scoped = await registry(GOOD);
    const other = await registry(GOOD);
    const { dir } = host();
    writeFileSync(join(dir, '.npmrc'), `registry=${other.url}\n@playwright:registry=${scoped.url}\n`);
    expect(await outcomes(dir, {})).toEqual([['positive']]);
    expect([scoped.asked, other.asked]).toEqual([['@playwright/cli@0.1.1'], ['sigstore@0.4.0']]);
  });

  it('does not ask anybody when provenance is not required', async () => {
    await using suite = await loadSuite({ from: host().dir, workers: 1 });
    expect(suite.faults).toEqual([]);
  });
});
