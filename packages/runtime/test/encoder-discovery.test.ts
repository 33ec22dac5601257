import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { compareLock, formatLockDifference, inspectSuite } from '../src/index.ts';
import { encodedMember, encoderHost, encoderPackage } from './encoder-fixture.ts';
import { type HostFixture, type PackageFiles, install } from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function host(packages: { readonly [name: string]: PackageFiles }): HostFixture {
  const created = encoderHost(packages);
  cleanups.push(() => created.remove());
  return created;
}

const MEMBER = encodedMember('texts-a', 'enc-len');
const OTHER = encodedMember('texts-b', 'enc-len');
const NEXT = encoderPackage('enc-len', undefined, { manifest: { version: '2.0.0' } });

const GRAPH = 'the bytes of a graph';
const TOKENIZER = '{}';
const file = (name: string, bytes: string): object => ({
  file: name,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  sizeBytes: bytes.length,
});
/** An encoder that is data, as far as its record and files go. */
function dataEncoder(version: string, { record = {}, graph = GRAPH, code = '' } = {}): PackageFiles {
  return encoderPackage('enc-len', undefined, {
    manifest: { version },
    record: {
      artifact: file('model.onnx', GRAPH),
      tokenizer: file('tokenizer.json', TOKENIZER),
      maxTokens: 8,
      maxCharacters: 100,
      output: 'embedding',
      ...record,
    },
    files: { 'assets/model.onnx': graph, 'assets/tokenizer.json': TOKENIZER, 'code.js': code },
  });
}

describe('inspectSuite', () => {
  it('finds the encoder of a member, though the host does not declare it, and who reads it', async () => {
    const { dir } = host({ 'enc-len': encoderPackage('enc-len'), 'texts-a': MEMBER, 'texts-b': OTHER });
    const { encoders, faults } = await inspectSuite({ from: dir });
    expect(faults).toEqual([]);
    expect(encoders).toMatchObject([
      {
        package: 'enc-len',
        version: '1.0.0',
        width: 2,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        members: [
          { member: 'a', version: '0.1.0' },
          { member: 'b', version: '0.1.0' },
        ],
      },
    ]);
  });

  it('finds a version of its own under the node_modules of a member, side by side with another', async () => {
    const { dir } = host({
      'enc-len': encoderPackage('enc-len'),
      'texts-a': MEMBER,
      'texts-b': encodedMember('texts-b', 'enc-len', { range: '^2.0.0' }),
      'texts-b/node_modules/enc-len': NEXT,
    });
    const { encoders } = await inspectSuite({ from: dir });
    expect(encoders.map(({ version, members }) => [version, ...members.map(({ member }) => member)])).toEqual([
      ['1.0.0', 'a'],
      ['2.0.0', 'b'],
    ]);
  });

  it('takes copies and versions with one artifact, tokenizer and bounds for one encoder, whatever else is in them', async () => {
    const { dir } = host({
      'enc-len': dataEncoder('1.0.0'),
      'texts-a': MEMBER,
      'texts-b': OTHER,
      'texts-b/node_modules/enc-len': dataEncoder('1.0.1', { code: '// a patch' }),
    });
    const { encoders } = await inspectSuite({ from: dir });
    expect(encoders.map(({ copies }) => copies.map(({ version }) => version))).toEqual([['1.0.0', '1.0.1']]);
  });

  it.each([{ maxTokens: 9 }, { maxCharacters: 99 }, { output: 'other' }])(
    'takes those for two that differ in %o',
    async (record) => {
      const { dir } = host({
        'enc-len': dataEncoder('1.0.0'),
        'texts-a': MEMBER,
        'texts-b': OTHER,
        'texts-b/node_modules/enc-len': dataEncoder('1.0.1', { record }),
      });
      expect((await inspectSuite({ from: dir })).encoders).toHaveLength(2);
    },
  );

  it.each<[string, string, PackageFiles | null]>([
    ['is not installed', 'ENCODER_MISSING', null],
    ['has no marker', 'ENCODER_MANIFEST_INVALID', encoderPackage('enc-len', undefined, { manifest: { clamor: {} } })],
    [
      'is a member itself',
      'ENCODER_MANIFEST_INVALID',
      encoderPackage('enc-len', undefined, {
        manifest: { clamor: { kind: 'classifier', suite: 'texts', contract: 1, owner: 'x' } },
      }),
    ],
    [
      'uses another contract',
      'ENCODER_CONTRACT_MISMATCH',
      encoderPackage('enc-len', undefined, { manifest: { clamor: { kind: 'encoder', contract: 2, owner: 'x' } } }),
    ],
    ['is of another version', 'ENCODER_RANGE', NEXT],
    [
      'has a record without a width',
      'ENCODER_RECORD_INVALID',
      encoderPackage('enc-len', undefined, { record: { width: 0 } }),
    ],
    [
      'has a record that is half data',
      'ENCODER_RECORD_INVALID',
      encoderPackage('enc-len', undefined, { record: { maxTokens: 8 } }),
    ],
    ['has an artifact of other bytes', 'ENCODER_ARTIFACT_MISMATCH', dataEncoder('1.0.0', { graph: 'other' })],
    [
      'lacks its artifact',
      'ENCODER_ARTIFACT_MISSING',
      dataEncoder('1.0.0', { record: { artifact: file('gone.onnx', GRAPH) } }),
    ],
    [
      'gives rows of another width',
      'ENCODER_WIDTH_MISMATCH',
      encoderPackage('enc-len', undefined, { record: { width: 3 } }),
    ],
    ['exports nothing', 'ENCODER_IMPORT_FAILED', encoderPackage('enc-len', undefined, { manifest: { exports: {} } })],
  ])('makes an encoder that %s a fault %s of every member on it, and of nobody else', async (_, code, files) => {
    const { dir } = host({
      ...(files === null ? {} : { 'enc-len': files }),
      'enc-other': encoderPackage('enc-other'),
      'texts-a': MEMBER,
      'texts-b': OTHER,
      'texts-c': encodedMember('texts-c', 'enc-other'),
    });
    const { faults, members } = await inspectSuite({ from: dir });
    expect(faults.map((fault) => [fault.package, fault.code])).toEqual([
      ['texts-a', code],
      ['texts-b', code],
    ]);
    expect(faults[0]?.found).toContain('of its encoder enc-len: ');
    expect(members.map(({ name }) => name)).toEqual(['c']);
  });

  it('wants the encoder among the dependencies of the member', async () => {
    const { dir } = host({
      'enc-len': encoderPackage('enc-len'),
      'texts-a': encodedMember('texts-a', 'enc-len', { manifest: { dependencies: {} } }),
    });
    expect((await inspectSuite({ from: dir })).faults).toMatchObject([{ code: 'ENCODER_RANGE' }]);
  });

  it('wants the encoder of an encoded input in the record', async () => {
    const { dir } = host({
      'enc-len': encoderPackage('enc-len'),
      'texts-a': encodedMember('texts-a', 'enc-len', { record: { encoder: null } }),
    });
    expect((await inspectSuite({ from: dir })).faults).toMatchObject([{ code: 'MEMBER_RECORD_INVALID' }]);
  });
});

describe('a lock', () => {
  const packages = {
    'enc-len': encoderPackage('enc-len'),
    'texts-a': MEMBER,
    'texts-b': OTHER,
    'texts-b/node_modules/enc-len': encoderPackage('enc-len'),
  };
  const differences = async (change: (host: HostFixture) => void): Promise<string[]> => {
    const created = host(packages);
    const { installed: before } = await inspectSuite({ from: created.dir });
    change(created);
    const { installed: after } = await inspectSuite({ from: created.dir });
    expect(after.suiteVersion === before.suiteVersion).toBe(compareLock(before, after).length === 0);
    return compareLock(before, after).map(formatLockDifference);
  };

  it('has each version of an encoder once, and with each member the one that it reads', async () => {
    const { installed } = await inspectSuite({ from: host(packages).dir });
    expect(installed.packages.map(({ kind, package: name, encoder }) => [kind, name, encoder])).toEqual([
      ['encoder', 'enc-len', undefined],
      ['suite', 'texts', undefined],
      ['classifier', 'texts-a', 'enc-len@1.0.0'],
      ['classifier', 'texts-b', 'enc-len@1.0.0'],
    ]);
  });

  it('is broken by one byte of an encoder, in whichever of its copies', async () => {
    for (const copy of ['enc-len', 'texts-b/node_modules/enc-len']) {
      const edit = ({ dir }: HostFixture): void =>
        writeFileSync(join(dir, 'node_modules', copy, 'index.js'), ' ', { flag: 'a' });
      expect(await differences(edit)).toEqual([expect.stringMatching(/^enc-len 1\.0\.0: code /)]);
    }
  });

  it('is broken by a member that reads another version of its encoder', async () => {
    const lines = await differences((created) => {
      install(
        created,
        'texts-b/node_modules/enc-len',
        encoderPackage('enc-len', undefined, { manifest: { version: '1.1.0' } }),
      );
    });
    expect(lines).toEqual([
      'enc-len 1.1.0: installed and not in the lock',
      'texts-b 0.1.0: encoder enc-len@1.0.0 is locked, enc-len@1.1.0 is installed',
    ]);
  });

  it('is not broken by a copy more or less', async () => {
    const one = await inspectSuite({ from: host({ ...packages }).dir });
    const { 'texts-b/node_modules/enc-len': _, ...deduped } = packages;
    const two = await inspectSuite({ from: host(deduped).dir });
    expect(compareLock(one.installed, two.installed)).toEqual([]);
    expect(two.installed.suiteVersion).toBe(one.installed.suiteVersion);
  });
});
