import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';

import type { CompareReport } from '@clamor/report';
import { describe, expect, it } from 'vitest';

import { comparePackages, win } from './compare-host.ts';
import { clamor, type Files, folder, host, member, plainEncoder } from './host.ts';

// score = x · [1, 10] + 0.5
const GRAPH = readFileSync(new URL('../../onnx/test/fixtures/dense.onnx', import.meta.url));

/** An encoder of two columns: the length of a text, and how many n it has plus a bias. */
function encoder({ bias = '0', width = 2, version = '1.0.0' } = {}): Files {
  return plainEncoder({
    name: 'lengths',
    version,
    width,
    code: `const rowOf = (text) => [text.length, text.split('n').length - 1 + ${bias}];
      const encode = (texts) => Float32Array.from(texts.flatMap(rowOf));`,
  });
}

/** A member on it, which takes the first word of an example. */
function reader(): Files {
  const files = member('reader', '', {
    record: {
      threshold: 1000,
      artifact: {
        file: 'model.onnx',
        sha256: createHash('sha256').update(GRAPH).digest('hex'),
        sizeBytes: GRAPH.byteLength,
      },
      inputs: { x: { kind: 'encoded', width: 2 } },
      encoder: 'lengths',
    },
  });
  return {
    ...files,
    'package.json': { ...(files['package.json'] as object), dependencies: { lengths: '^1.0.0' } },
    // What it scored with its encoder: a check that another version of that must not fail.
    'assets/samples.jsonl': '{"key":"s","input":"win","score":13.5}\n',
    'assets/model.onnx': GRAPH,
    'index.js': `
      import { defineOnnxClassifier, encoded } from '@clamor/contract';
      import { encoder } from 'lengths';
      export const classifier = defineOnnxClassifier({
        artifact: new URL('./assets/model.onnx', import.meta.url),
        inputs: { x: encoded(encoder, ({ text }) => text.split(' ')[0]) },
        features: () => {},
      });`,
  };
}

async function compareEncoder(before: Files, after: Files) {
  const cwd = host({ ...comparePackages(win()), 'texts-reader': reader(), lengths: after });
  const args = ['compare', 'lengths', '--against', folder(before), '--json', '--workers', '1'];
  const { exitCode, stdout, stderr } = await clamor(args, { cwd });
  expect(stderr).toBe('');
  expect(existsSync(`${cwd}/node_modules/lengths/index.js`)).toBe(true);
  const { result, context } = JSON.parse(stdout) as CompareReport;
  return { exitCode, notes: context.notes ?? [], ...result };
}

const leftovers = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('clamor-compared-encoder-'));

describe('clamor compare ENCODER', { tags: ['slow'] }, () => {
  it('is a patch where the row of every text is the same, whatever range the members ask for', async () => {
    const before = leftovers();
    const compared = await compareEncoder(encoder({ version: '0.9.0' }), encoder());
    // buy, win, bad, few, lunch, missed.
    expect(compared).toMatchObject({
      exitCode: 0,
      kind: 'encoder',
      version: { before: '0.9.0', after: '1.0.0' },
      bump: 'patch',
      outputs: { unit: 'text', compared: 6, differing: 0 },
    });
    expect(compared.notes).toEqual(['Texts are those that reader take from the examples.']);
    expect(leftovers()).toEqual(before);
  });

  it('is a major where the least bit differs', async () => {
    // 2⁻²³ is the last bit of a float32 from 1 to 2.
    const last = await compareEncoder(encoder({ bias: '2 ** -23' }), encoder());
    expect([last.bump, last.outputs]).toMatchObject(['major', { compared: 6, differing: 6 }]);
    const one = await compareEncoder(encoder({ bias: '(text === "win" ? 2 ** -23 : 0)' }), encoder());
    expect([one.bump, one.outputs]).toMatchObject(['major', { differing: 1 }]);
  });

  it('is a major by its record where rows have another width', async () => {
    const compared = await compareEncoder(encoder({ width: 3 }), encoder());
    expect(compared).toMatchObject({
      bump: 'major',
      causes: [{ what: 'width', was: '3', now: '2' }],
      outputs: null,
    });
  });
});
