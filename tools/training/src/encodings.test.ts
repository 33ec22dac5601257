import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { OnnxEncoder } from '@clamor/contract';
import type { CheckedEncoder } from '@clamor/onnx';
import { encoderHash } from '@clamor/runtime';
import { readEncoderColumn } from '@clamor/store';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { openEncodings } from './encodings.ts';

// Rows of two: the length of the text, and 1. No graph is run.
const asked: string[] = [];
const load = (): Promise<CheckedEncoder> =>
  Promise.resolve({
    encode(texts) {
      asked.push(...texts);
      const late = { code: 'ENCODER_DEADLINE', message: 'late' };
      return Promise.resolve({
        rows: Float32Array.from(texts.flatMap((text) => [text.length, 1])),
        reasons: new Map(texts.flatMap((text, i) => (text === 'late' ? [[i, late] as const] : []))),
      });
    },
    close: () => Promise.resolve(),
  });

const CONTEXT = { signal: new AbortController().signal, deadline: Number.MAX_SAFE_INTEGER };
let folder: string;
let encoder: OnnxEncoder;

beforeEach(async () => {
  asked.length = 0;
  folder = await mkdtemp(join(tmpdir(), 'clamor-encodings-'));
  await writeFile(join(folder, 'model.onnx'), 'graph');
  await writeFile(join(folder, 'tokenizer.json'), '{}');
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'an-encoder', version: '1.2.3' }));
  encoder = {
    kind: 'encoder',
    form: 'onnx',
    contract: 1,
    artifact: pathToFileURL(join(folder, 'model.onnx')),
    tokenizer: pathToFileURL(join(folder, 'tokenizer.json')),
    width: 2,
    maxTokens: 8,
    maxCharacters: 100,
    output: 'embedding',
  };
});
afterEach(() => rm(folder, { recursive: true }));

/** What a run of its own gets, and which texts the encoder was asked for. */
async function encodeOnce(texts: readonly string[], of = encoder) {
  asked.length = 0;
  const encodings = openEncodings(join(folder, 'rows'), { dataset: 'spam@1', load });
  const { rows, reasons } = await encodings.encode(of, texts, CONTEXT);
  await encodings.close();
  return { rows: [...rows], asked: [...asked], reasons };
}

describe('openEncodings', () => {
  it('asks the encoder for each text once, over runs, too', async () => {
    expect(await encodeOnce(['a', 'bc', 'a'])).toMatchObject({ rows: [1, 1, 2, 1, 1, 1], asked: ['a', 'bc'] });
    expect(await encodeOnce(['bc', 'def'])).toMatchObject({ rows: [2, 1, 3, 1], asked: ['def'] });
  });

  it('asks again for a text that had a reason', async () => {
    const { reasons } = await encodeOnce(['a', 'late']);
    expect([...reasons].map(([i, { code }]) => [i, code])).toEqual([[1, 'ENCODER_DEADLINE']]);
    expect((await encodeOnce(['a', 'late'])).asked).toEqual(['late']);
  });

  it('takes nothing from a file that was torn, says so, and makes it anew', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    await encodeOnce(['a', 'bc']);
    const rows = (await readdir(join(folder, 'rows'))).find((file) => file.endsWith('.rows.npy'));
    await appendFile(join(folder, 'rows', rows!), 'torn');
    expect((await encodeOnce(['a', 'def'])).asked).toEqual(['a', 'def']);
    expect(said).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('SHA-256'));
    expect((await encodeOnce(['a', 'def'])).asked).toEqual([]);
  });

  it('keeps rows beside those that another run has kept meanwhile', async () => {
    const first = openEncodings(join(folder, 'rows'), { dataset: 'spam@1', load });
    await first.encode(encoder, ['a'], CONTEXT);
    await encodeOnce(['bc']);
    await first.close();
    expect((await encodeOnce(['a', 'bc'])).asked).toEqual([]);
  });

  it('writes what clamor evaluate reads, by the hash that the runtime gives the encoder', async () => {
    await encodeOnce(['a']);
    const record = {
      artifact: { sha256: sha256('graph') },
      tokenizer: { sha256: sha256('{}') },
      maxCharacters: 100,
      maxTokens: 8,
      output: 'embedding',
      width: 2,
    };
    const name = { encoder: encoderHash(record, ''), dataset: 'spam@1' };
    const column = await readEncoderColumn(join(folder, 'rows'), name);
    expect(Buffer.from(column!.keys).toString('hex')).toBe(sha256('a'));
    expect([...column!.rows]).toEqual([1, 1]);
    expect(column!.manifest).toMatchObject({ package: 'an-encoder', version: '1.2.3' });
  });

  it('asks again when the graph is another one', async () => {
    await encodeOnce(['a']);
    await writeFile(join(folder, 'model.onnx'), 'another graph');
    expect((await encodeOnce(['a'])).asked).toEqual(['a']);
  });
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
