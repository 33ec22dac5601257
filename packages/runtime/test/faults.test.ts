import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningSuite, type Verdict, loadSuite } from '../src/index.ts';
import {
  type HostFixture,
  type PackageFiles,
  contains,
  createHost,
  memberPackage,
  suitePackage,
} from './host-fixture.ts';

const EXAMPLES = ['cash now', 'hello', 'pills', 'cash and pills', ''].map((input, i) => ({ key: `k${i}`, input }));
const SOUND = Object.fromEntries(
  ['cash', 'pills', 'hello', 'now', 'watches', 'loans', 'and'].map((word) => [
    `texts-${word}`,
    memberPackage(`texts-${word}`, contains(word)),
  ]),
);

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function host(packages: { [name: string]: PackageFiles }): HostFixture {
  const created = createHost({ texts: suitePackage(), ...packages });
  cleanups.push(() => created.remove());
  return created;
}

async function load(packages: { [name: string]: PackageFiles }): Promise<RunningSuite> {
  const suite = await loadSuite({
    from: host(packages).dir,
    workers: 2,
    onFault: 'degrade',
    loadDeadlineMs: 1000,
    deadlineMs: 2000,
    memberDeadlineMs: 300,
  });
  cleanups.push(() => suite.close());
  return suite;
}

/** What the sound members say, and the outcome: all that a broken member must not change. */
function said(verdicts: readonly Verdict[]): unknown {
  return verdicts.map((verdict) => ({
    outcome: verdict.outcome,
    judgements: verdict.judgements
      .filter((judgement) => judgement.member !== 'zbroken')
      .map((judgement) => ({ ...judgement, timeMs: 0 })),
  }));
}

const member = (source: string, fixture = {}): PackageFiles => memberPackage('texts-zbroken', source, fixture);
const scoring = (body: string): PackageFiles => member(`() => ({ score: (examples) => { ${body} }, close() {} })`);
const sound = contains('nothing at all');

// What members do once they run is in the fault suite, tools/chaos: this is what stands in their packages.
const BROKEN_AT_LOAD: { [what: string]: [code: string, files: PackageFiles] } = {
  'has a marker of another kind of thing': [
    'PACKAGE_MANIFEST_INVALID',
    member(sound, { manifest: { clamor: { kind: 'spoon' } } }),
  ],
  'uses another contract': [
    'PACKAGE_CONTRACT_MISMATCH',
    member(sound, { manifest: { clamor: { kind: 'classifier', suite: 'texts', contract: 2, owner: 'x' } } }),
  ],
  'wants another version of the suite': [
    'MEMBER_SUITE_RANGE',
    member(sound, { manifest: { peerDependencies: { texts: '^2.0.0' } } }),
  ],
  'names no suite among its peers': ['MEMBER_SUITE_RANGE', member(sound, { manifest: { peerDependencies: {} } })],
  'has a record without threshold': ['MEMBER_RECORD_INVALID', member(sound, { record: { threshold: undefined } })],
  'has a threshold that is not float32': ['MEMBER_RECORD_INVALID', member(sound, { record: { threshold: 0.7 } })],
  'has a record that is not JSON': ['MEMBER_RECORD_INVALID', { ...member(sound), 'assets/record.json': '{' }],
  'lacks its artifact': [
    'MEMBER_ARTIFACT_MISSING',
    member(sound, { record: { artifact: { file: 'model.onnx', sha256: '0'.repeat(64), sizeBytes: 3 } } }),
  ],
  'has an artifact of other bytes': [
    'MEMBER_ARTIFACT_MISMATCH',
    member(sound, {
      record: { artifact: { file: 'model.onnx', sha256: '0'.repeat(64), sizeBytes: 3 } },
      files: { 'assets/model.onnx': 'abc' },
    }),
  ],
  'has no entry file': ['MEMBER_IMPORT_FAILED', member(sound, { manifest: { exports: './missing.js' } })],
  'exports nothing at all': ['MEMBER_IMPORT_FAILED', member(sound, { manifest: { exports: {} } })],
  'exports no classifier': ['MEMBER_SHAPE_INVALID', { ...member(sound), 'index.js': 'export const model = 1' }],
  'loads to nothing': ['MEMBER_SHAPE_INVALID', member('() => null')],
  'scores its samples otherwise': [
    'MEMBER_SAMPLES_MISMATCH',
    member(sound, { samples: [{ key: 's', input: 'some text', score: 0.5 }] }),
  ],
  'has samples that are not samples': [
    'MEMBER_SAMPLES_INVALID',
    { ...member(sound), 'assets/samples.jsonl': '{"key":1}' },
  ],
};

const BROKEN_AT_SCORING: { [what: string]: [code: string, files: PackageFiles] } = {
  'abstains though its record says it never does': [
    'MEMBER_ABSTAINED_UNDECLARED',
    scoring('return column(examples, () => null)'),
  ],
};

describe('an eighth member that is broken', () => {
  let expected: unknown;
  beforeEach(async () => {
    expected ??= said(await (await load(SOUND)).judge(EXAMPLES));
  });

  for (const [what, [code, files]] of Object.entries(BROKEN_AT_LOAD)) {
    it(`changes no verdict of the seven when it ${what}, and is named with ${code}`, async () => {
      const suite = await load({ ...SOUND, 'texts-zbroken': files });
      expect(suite.faults).toMatchObject([{ package: 'texts-zbroken', code }]);
      const verdicts = await suite.judge(EXAMPLES);
      expect(said(verdicts)).toEqual(expected);
      expect(verdicts[0]?.degraded).toMatchObject([{ member: expect.stringContaining('zbroken'), reason: { code } }]);
    });
  }

  for (const [what, [code, files]] of Object.entries(BROKEN_AT_SCORING)) {
    it(`changes no verdict of the seven when it ${what}, and fails with ${code}`, async () => {
      const suite = await load({ ...SOUND, 'texts-zbroken': files });
      const verdicts = await suite.judge(EXAMPLES);
      expect(said(verdicts)).toEqual(expected);
      const readable = verdicts.filter((verdict) => verdict.error === undefined);
      expect(readable.map((verdict) => verdict.degraded)).toMatchObject(
        readable.map(() => [{ member: 'zbroken', reason: { code } }]),
      );
    });
  }

  it('is not called again after it ended its worker three times', async () => {
    const suite = await load({ ...SOUND, 'texts-zbroken': scoring('process.exit(0)') });
    const codes = [];
    for (let i = 0; i < 5; i++)
      codes.push((await suite.judge([{ key: 'k', input: 'hello' }]))[0]?.degraded[0]?.reason.code);
    expect(codes).toEqual(['MEMBER_CRASHED', 'MEMBER_CRASHED', 'MEMBER_CRASHED', 'MEMBER_STOPPED', 'MEMBER_STOPPED']);
  });
});

describe('loadSuite', () => {
  it('throws one error that lists all faults when a fault is not to be lived with', async () => {
    const { dir } = host({
      ...SOUND,
      'texts-a': member(sound, { manifest: { name: 'texts-a', clamor: { kind: 'spoon' } } }),
      'texts-b': memberPackage('texts-b', '() => { throw new Error("no") }'),
    });
    const error: unknown = await loadSuite({ from: dir, workers: 1 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'SUITE_FAULTY' });
    expect(String(error)).toContain('texts-a 0.1.0 [PACKAGE_MANIFEST_INVALID]');
    expect(String(error)).toContain('texts-b 0.1.0 [MEMBER_LOAD_FAILED]');
  });

  it('refuses the second of two packages that are the same member', async () => {
    const suite = await load({
      'texts-cash': SOUND['texts-cash'] ?? {},
      '@other/texts-cash': memberPackage('@other/texts-cash', contains('cash')),
    });
    expect(suite.faults).toMatchObject([{ code: 'MEMBER_DUPLICATE' }]);
    expect(suite.members).toHaveLength(1);
  });

  it('names a suite that is not installed', async () => {
    await expect(loadSuite({ from: host(SOUND).dir, suite: 'fraud' })).rejects.toMatchObject({
      code: 'SUITE_NOT_FOUND',
    });
  });

  it('refuses modes for members that are not there', async () => {
    await expect(loadSuite({ from: host(SOUND).dir, modes: { nobody: 'off' } })).rejects.toMatchObject({
      code: 'STATE_MEMBER_UNKNOWN',
    });
  });

  it('refuses a policy that is not one', async () => {
    const { dir } = host({ texts: suitePackage({ precisionFloor: 2 }) });
    await expect(loadSuite({ from: dir })).rejects.toMatchObject({ code: 'SUITE_POLICY_INVALID' });
  });
});
