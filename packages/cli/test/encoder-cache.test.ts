import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { readNpy } from '@clamor/store';
import { describe, expect, it } from 'vitest';

import { clamor, evaluation, type Files, folder, host, member, plainEncoder, suite, writeFiles } from './host.ts';

// score = x · [1, 10] + 0.5
const GRAPH = readFileSync(new URL('../../onnx/test/fixtures/dense.onnx', import.meta.url));
const ARTIFACT = {
  file: 'model.onnx',
  sha256: createHash('sha256').update(GRAPH).digest('hex'),
  sizeBytes: GRAPH.byteLength,
};

/** An encoder whose row is the length of the text and 0; it writes each text that it is asked for to a file, a line each. */
function encoder(log: string): Files {
  return plainEncoder({
    name: 'enc-length',
    code: `import { appendFileSync } from 'node:fs';
      const encode = (texts) => {
        for (const text of texts) appendFileSync(${JSON.stringify(log)}, text + '\\n');
        return Float32Array.from(texts.flatMap((text) => [text.length, 0]));
      };`,
  });
}

/** A member on it: positive on texts of at least a length. */
function longTexts(threshold: number): Files {
  const plain = member('long', '', {
    record: { threshold, artifact: ARTIFACT, inputs: { x: { kind: 'encoded', width: 2 } }, encoder: 'enc-length' },
  });
  return {
    ...plain,
    'package.json': { ...(plain['package.json'] as object), dependencies: { 'enc-length': '^1.0.0' } },
    'assets/model.onnx': GRAPH,
    'index.js': `
      import { defineOnnxClassifier, encoded } from '@clamor/contract';
      import { encoder } from 'enc-length';
      export const classifier = defineOnnxClassifier({
        artifact: new URL('./assets/model.onnx', import.meta.url),
        inputs: { x: encoded(encoder, ({ text }) => text) },
        features: () => {},
      });`,
  };
}

interface Host {
  readonly cwd: string;
  /** The texts that the encoder was asked for so far, in their order. */
  readonly encodedTexts: () => string[];
  readonly evaluate: (...args: string[]) => Promise<{ readonly stdout: string; readonly stderr: string }>;
}

function createTexts(): Host {
  const log = join(folder(), 'log');
  const cwd = host({
    texts: suite(),
    'enc-length': encoder(log),
    'texts-buy': member('buy', 'buy'),
    'texts-long': longTexts(8.5),
    'texts-evaluation': evaluation(),
  });
  return {
    cwd,
    encodedTexts: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : []),
    evaluate: async (...args) => {
      const all = [
        'evaluate',
        'texts',
        '--json',
        '--workers',
        '1',
        ...(args.length === 0 ? ['--split', 'test'] : args),
      ];
      const { exitCode, stdout, stderr } = await clamor(all, { cwd });
      expect(exitCode).toBe(0);
      return { stdout, stderr };
    },
  };
}

function rewrite(cwd: string, threshold: number): void {
  const record = longTexts(threshold)['assets/record.json'];
  writeFileSync(join(cwd, 'node_modules/texts-long/assets/record.json'), JSON.stringify(record));
}

const KEPT = '.clamor/cache/encoders';

describe('cached rows of an encoder', () => {
  it('are encoded once for all runs, also for a member that has changed', async () => {
    const { cwd, evaluate, encodedTexts } = createTexts();
    const first = await evaluate();
    expect(first.stderr).toBe('columns of test: scored buy, long\ntexts for enc-length 1.0.0: 0 known, 5 encoded\n');
    expect(encodedTexts().toSorted()).toEqual(['buy now', 'loan', 'lunch', 'win buy', 'win win']);
    rewrite(cwd, 7.5);
    const second = await evaluate();
    expect(second.stderr).toBe(
      'columns of test: cached buy; scored long\ntexts for enc-length 1.0.0: 5 known, 0 encoded\n',
    );
    expect(encodedTexts()).toHaveLength(5);
    expect(await evaluate('--split', 'test', '--no-cache')).toEqual({ stdout: second.stdout, stderr: '' });
  });

  it('are not asked for when the columns of all members on it are cached', async () => {
    const { evaluate, encodedTexts } = createTexts();
    await evaluate();
    expect((await evaluate()).stderr).toBe('columns of test: cached buy, long\n');
    expect(encodedTexts()).toHaveLength(5);
  });

  it('of several splits stand together, in files that NumPy reads', async () => {
    const { cwd, evaluate } = createTexts();
    await evaluate();
    expect((await evaluate('--split', 'valid')).stderr).toContain('texts for enc-length 1.0.0: 0 known, 2 encoded\n');
    const [manifest, keys, rows] = readdirSync(join(cwd, KEPT)).map((file) => join(cwd, KEPT, file));
    expect(JSON.parse(readFileSync(manifest!, 'utf8'))).toMatchObject({
      package: 'enc-length',
      version: '1.0.0',
      dataset: 'texts@1',
      count: 7,
    });
    expect([(await readNpy(keys!)).shape, (await readNpy(rows!)).shape]).toEqual([
      [7, 32],
      [7, 2],
    ]);
  });

  it('that are damaged are not used, and made anew', async () => {
    const { cwd, evaluate, encodedTexts } = createTexts();
    const { stdout } = await evaluate();
    const rows = readdirSync(join(cwd, KEPT)).find((file) => file.endsWith('.rows.npy'))!;
    truncateSync(join(cwd, KEPT, rows), 100);
    rewrite(cwd, 7.5);
    const damaged = await evaluate();
    expect(damaged.stderr).toContain('clamor: [STORE_COLUMN_HASH_MISMATCH] cached rows of an encoder are not used: ');
    expect(damaged.stderr).toContain('texts for enc-length 1.0.0: 0 known, 5 encoded\n');
    rewrite(cwd, 8.5);
    const repaired = await evaluate('--split', 'test');
    expect(repaired).toEqual({ stdout, stderr: 'columns of test: cached buy, long\n' });
    rewrite(cwd, 6.5);
    expect((await evaluate()).stderr).toContain('5 known, 0 encoded\n');
    expect(encodedTexts()).toHaveLength(10);
  });

  it('serve judgements for costs, and other versions of a member', async () => {
    const { cwd, encodedTexts, evaluate } = createTexts();
    await evaluate('--split', 'valid');
    const { exitCode, stderr } = await clamor(['advise', 'texts', '--workers', '1', '--json'], { cwd });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /^columns of valid: cached buy, long\ntexts for enc-length 1\.0\.0: \d+ known, 0 encoded\n$/,
    );
    expect(encodedTexts()).toHaveLength(2);
  });

  it('are not made for the costs of others, when the member on the encoder is in shadow and not asked about', async () => {
    const { cwd, encodedTexts } = createTexts();
    const shadowed = { ...(longTexts(8.5)['package.json'] as { clamor: object }) };
    writeFiles(join(cwd, 'node_modules/texts-long'), {
      'package.json': { ...shadowed, clamor: { ...shadowed.clamor, mode: 'shadow' } },
    });
    const gate = (...args: string[]) => clamor(['gate', ...args, '--split', 'valid', '--workers', '1'], { cwd });
    expect((await gate('buy')).stderr).toBe('columns of valid: scored buy\n');
    expect(encodedTexts()).toEqual([]);
    expect((await gate('long')).stderr).toMatch(/^columns of valid: cached buy; scored long\ntexts for enc-length /);
    expect(encodedTexts()).toHaveLength(2);
  });

  it('are neither used nor kept with --no-cache', async () => {
    const { cwd, evaluate } = createTexts();
    await evaluate('--split', 'test', '--no-cache');
    expect(existsSync(join(cwd, '.clamor'))).toBe(false);
  });
});
