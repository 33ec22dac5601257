import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspace = (relative: string): string => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));

// score = the sum of the row
const HEAD = readFileSync(workspace('packages/onnx/test/fixtures/row-sum.onnx'));
const NO_IDS = { splits: [], count: 0, sha256: '0'.repeat(64) };

/** A host application in a temporary folder: a suite of texts and members on `@clamor/encoder-minilm`. */
export function createEncoderHost(members: number): { readonly dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'clamor-bench-'));
  const names = Array.from({ length: members }, (_, i) => `texts-m${i}`);
  const write = (path: string, content: object | string): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    const isRaw = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(join(dir, path), isRaw ? content : JSON.stringify(content));
  };
  const dependencies = Object.fromEntries(['texts', ...names].map((name) => [name, '*']));
  write('package.json', { name: 'host', version: '1.0.0', dependencies });
  mkdirSync(join(dir, 'node_modules/@clamor'), { recursive: true });
  symlinkSync(workspace('packages/contract'), join(dir, 'node_modules/@clamor/contract'));
  symlinkSync(workspace('models/encoders/minilm'), join(dir, 'node_modules/@clamor/encoder-minilm'));
  writePackage(write, 'texts', {
    files: SUITE,
    clamor: { kind: 'suite', suite: 'texts', contract: 1, owner: 'bench' },
  });
  for (const name of names) writePackage(write, name, MEMBER);
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

type Files = { readonly [path: string]: object | string };

function writePackage(
  write: (path: string, content: object | string) => void,
  name: string,
  { files, ...manifest }: { readonly files: Files; readonly clamor: object; readonly dependencies?: object },
): void {
  const entry = { name, version: '1.0.0', type: 'module', exports: './index.js', ...manifest };
  for (const [path, content] of Object.entries({ 'package.json': entry, ...files })) {
    write(join('node_modules', name, path), content);
  }
}

const SUITE: Files = {
  'assets/policy.json': {
    precisionFloor: 0.99,
    uniquePrecisionFloor: 0.9,
    lossBudget: 0.005,
    harmConfidence: 0.9,
    meritConfidence: 0.8,
    required: [],
    whenUndetermined: 'negative',
    costBudgetMs: null,
    labelMaturityDays: 14,
  },
  'index.js': `
    import { defineSuite } from '@clamor/contract';
    const validate = (text) => ({ value: { text } });
    export const suite = defineSuite({ name: 'texts', schema: { '~standard': { version: 1, vendor: 'bench', validate } } });`,
};

const MEMBER = {
  clamor: { kind: 'classifier', suite: 'texts', contract: 1, owner: 'bench' },
  dependencies: { '@clamor/encoder-minilm': '*' },
  peerDependencies: { texts: '^1.0.0' },
  files: {
    'assets/model.onnx': HEAD,
    'assets/samples.jsonl': '',
    'assets/record.json': {
      threshold: 1,
      artifact: {
        file: 'model.onnx',
        sha256: createHash('sha256').update(HEAD).digest('hex'),
        sizeBytes: HEAD.byteLength,
      },
      inputs: { meaning: { kind: 'encoded', width: 384 } },
      encoder: '@clamor/encoder-minilm',
      abstains: false,
      positiveRateBand: [0, 1],
      fit: { data: 'none', seed: 0, weights: NO_IDS, threshold: NO_IDS },
      figures: [],
    },
    'index.js': `
      import { defineOnnxClassifier, encoded } from '@clamor/contract';
      import { encoder } from '@clamor/encoder-minilm';
      export const classifier = defineOnnxClassifier({
        artifact: new URL('./assets/model.onnx', import.meta.url),
        inputs: { meaning: encoded(encoder, ({ text }) => text) },
      });`,
  },
};
