import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type SuiteInspection, inspectSuite, loadSuite, scoreHash } from '../src/index.ts';
import { type HostFixture, contains, createHost, memberPackage, suitePackage } from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function createTexts(): HostFixture {
  const manifest = { dependencies: { tokenizer: '^1.0.0' } };
  const host = createHost({
    texts: suitePackage(),
    'texts-cash': memberPackage('texts-cash', contains('cash'), { manifest }),
    'texts-pills': memberPackage('texts-pills', contains('pills')),
  });
  cleanups.push(() => host.remove());
  return host;
}

function installTokenizer(host: HostFixture, version: string): void {
  mkdirSync(join(host.dir, 'node_modules/tokenizer'), { recursive: true });
  writeFileSync(
    join(host.dir, 'node_modules/tokenizer/package.json'),
    JSON.stringify({ name: 'tokenizer', version, main: './index.js' }),
  );
}

/** Of cash and of pills. */
async function hashesOf({ dir }: HostFixture): Promise<string[]> {
  const { members, suite }: SuiteInspection = await inspectSuite({ from: dir });
  return members.map((member) => scoreHash(member, suite));
}

function append(host: HostFixture, file: string): void {
  writeFileSync(join(host.dir, 'node_modules', file), ' ', { flag: 'a' });
}

describe('scoreHash', () => {
  it('is the same for the same files elsewhere, and another one for each member', async () => {
    const [first, second] = [await hashesOf(createTexts()), await hashesOf(createTexts())];
    expect(first).toEqual(second);
    expect(new Set(first).size).toBe(2);
    expect(first[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it('changes with one byte of code or assets of the member alone', async () => {
    const host = createTexts();
    const seen = [await hashesOf(host)];
    for (const file of ['texts-cash/index.js', 'texts-cash/assets/record.json']) {
      append(host, file);
      seen.push(await hashesOf(host));
    }
    expect(new Set(seen.map(([cash]) => cash)).size).toBe(3);
    expect(new Set(seen.map(([, pills]) => pills)).size).toBe(1);
  });

  it('changes for all with one byte of the suite', async () => {
    const host = createTexts();
    const [cash, pills] = await hashesOf(host);
    append(host, 'texts/index.js');
    const after = await hashesOf(host);
    expect(after[0]).not.toBe(cash);
    expect(after[1]).not.toBe(pills);
  });

  it('changes with the installed version of what the member depends on', async () => {
    const host = createTexts();
    const seen = [await hashesOf(host)];
    for (const version of ['1.0.0', '1.0.1']) {
      installTokenizer(host, version);
      seen.push(await hashesOf(host));
    }
    expect(new Set(seen.map(([cash]) => cash)).size).toBe(3);
    expect(new Set(seen.map(([, pills]) => pills)).size).toBe(1);
  });

  it('changes with the encoder', async () => {
    const { members, suite } = await inspectSuite({ from: createTexts().dir });
    const [member] = members;
    const hashes = [undefined, null, { hash: 'a' }, { hash: 'b' }].map((encoder) =>
      scoreHash({ ...member!, ...(encoder === undefined ? {} : { encoder }) }, suite),
    );
    expect(new Set(hashes).size).toBe(3);
  });

  it('stands beside each member of a loaded suite', async () => {
    const host = createTexts();
    await using suite = await loadSuite({ from: host.dir, workers: 1 });
    expect(suite.members.map((member) => member.scoreHash)).toEqual(await hashesOf(host));
  });
});

describe('score', () => {
  const throws = memberPackage('texts-throws', "() => ({ score() { throw new Error('asked'); }, close() {} })");

  it('asks only the members that are named', async () => {
    const pills = memberPackage('texts-pills', contains('pills'));
    const host = createHost({ texts: suitePackage(), 'texts-pills': pills, 'texts-throws': throws });
    cleanups.push(() => host.remove());
    await using suite = await loadSuite({ from: host.dir, workers: 1 });
    const examples = [
      { key: 'a', input: 'cash and pills' },
      { key: 'b', input: '' },
    ];
    const failuresOf = (name: string): number | undefined =>
      suite.status().members.find(({ member }) => member === name)?.breaker.failuresInARow;
    const { columns, unreadable } = await suite.score(examples, { members: ['pills'] });
    expect([...columns].map(([name, { scores }]) => [name, scores[0]])).toEqual([['pills', 2]]);
    expect([...unreadable.keys()]).toEqual([1]);
    expect(failuresOf('throws')).toBe(0);
    expect([...(await suite.score(examples)).columns.keys()]).toEqual(['pills', 'throws']);
    expect(failuresOf('throws')).toBe(1);
  });

  it('asks nobody when no column has a name that is asked for', async () => {
    await using suite = await loadSuite({ from: createTexts().dir, workers: 1 });
    const { columns, keys } = await suite.score([{ key: 'a', input: 'cash' }], { members: ['cash@9.9.9'] });
    expect([columns.size, keys]).toEqual([0, ['a']]);
  });
});
