import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { packFaults } from './pack-faults.ts';

const WEIGHTS = 'weights';
const RECORD = {
  artifact: { file: 'model.onnx', sha256: createHash('sha256').update(WEIGHTS).digest('hex'), sizeBytes: 7 },
  fit: { data: 'spam@1' },
  figures: [{ split: 'out-of-fold', examples: 100 }],
};
const README = `# x

## Card

**What it flags.** Offers.

**How.** Words.

- Data: \`spam@1\`.
- Threshold: 0.5.

| figures by itself | mails |
| ----------------- | ----- |
| out-of-fold | 100 |

**Known failures.** Poems.
`;
const MANIFEST = {
  name: '@acme/spam-offers',
  clamor: { kind: 'classifier', suite: 'spam' },
  exports: { '.': { '@acme/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' } },
};

/** Codes of a sound member with some of its files changed; `null` takes one away. */
function codes(changes: { readonly [file: string]: string | null } = {}, manifest: object = {}): string[] {
  const all = {
    'package.json': '',
    'README.md': README,
    'dist/index.js': '',
    'dist/index.d.ts': '',
    'assets/model.onnx': WEIGHTS,
    'assets/record.json': JSON.stringify(RECORD),
    'assets/samples.jsonl': '',
    ...changes,
  };
  const files = Object.entries(all).filter((each): each is [string, string] => each[1] !== null);
  const faults = packFaults({
    manifest: { ...MANIFEST, ...manifest },
    files: files.map(([path]) => path),
    read: (path) => new TextEncoder().encode(new Map(files).get(path) ?? ''),
  });
  return faults.map(({ code, message }) => `${code} ${message}`);
}
const card = (from: string | RegExp, to: string) => codes({ 'README.md': README.replace(from, to) });

describe('packFaults', () => {
  it('finds nothing in a sound member', () => {
    expect(codes()).toEqual([]);
  });

  it.each(['dist/index.js', 'dist/index.d.ts', 'assets/samples.jsonl', 'assets/model.onnx'])('misses %s', (file) => {
    expect(codes({ [file]: null })).toEqual([expect.stringContaining(`PACK_FILE_MISSING ${file}`)]);
  });

  it('does not want the sources that the condition of the workspace names', () => {
    expect(codes({}, { exports: { '.': { '@acme/source': './src/none.ts', default: './dist/index.js' } } })).toEqual(
      [],
    );
  });

  it.each(['src/index.ts', 'training/train.ts', 'test/a.ts', 'dist/a.test.js', '.env', 'tsconfig.json', 'a.tgz'])(
    'does not want %s',
    (file) => {
      expect(codes({ [file]: '' })).toEqual([expect.stringContaining(`PACK_FILE_UNWANTED ${file}`)]);
    },
  );

  it('compares the artifact with the record', () => {
    expect(codes({ 'assets/model.onnx': 'another' })).toEqual([expect.stringContaining('PACK_ARTIFACT_MISMATCH')]);
  });

  it('asks a suite for its policy, and for no card', () => {
    expect(codes({}, { clamor: { kind: 'suite', suite: 'spam' } })).toEqual([
      expect.stringContaining('PACK_FILE_MISSING assets/policy.json'),
    ]);
  });

  it.each([
    ['## Card', '## Map', 'no section'],
    [/\*\*What it flags.*\n/, '', 'What it flags'],
    ['Poems.', '', 'Known failures'],
    ['- Threshold: 0.5.\n', '', 'Threshold'],
    ['spam@1', 'spam@2', 'does not name the data of the record, spam@1'],
    ['| out-of-fold | 100 |', '| out-of-fold | 99 |', 'no row'],
    ['Offers.', 'Nothing yet: examples with many terms.', 'which the generator wrote'],
  ])('finds a card without %s incomplete', (from, to, message) => {
    expect(card(from, to).join('\n')).toContain(message);
    expect(new Set(card(from, to).map((fault) => fault.split(' ')[0]))).toEqual(new Set(['PACK_CARD_INCOMPLETE']));
  });

  it('does not let a member go that was fitted on nothing', () => {
    const record = { ...RECORD, fit: { data: 'none' }, figures: [] };
    expect(codes({ 'assets/record.json': JSON.stringify(record) }).join('\n')).toContain('fitted on nothing');
  });
});
