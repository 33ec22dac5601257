import { type LoadedEncoder, defineEncoder } from '@clamor/contract';
import { describe, expect, it } from 'vitest';
import { loadEncoder } from './load-encoder.ts';

const context = { signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY };
const plain = (loaded: Partial<LoadedEncoder>) =>
  defineEncoder({
    width: 1,
    load: () => ({ encode: (texts) => Float32Array.from(texts, Number), close() {}, ...loaded }),
  });

async function thrown(error: unknown): Promise<unknown[]> {
  const encoder = await loadEncoder(plain({ encode: () => Promise.reject(error) }));
  return [...(await encoder.encode(['a', 'b'], context)).reasons.values()];
}

describe('loadEncoder', () => {
  it('checks the rows of plain code', async () => {
    const { rows, reasons } = await (await loadEncoder(plain({}))).encode(['7', 'seven'], context);
    expect(rows[0]).toBe(7);
    expect([...reasons.keys()]).toEqual([1]);
  });

  it('turns a throw into the reason of every text, with its code if it has one', async () => {
    const failed = { code: 'ENCODER_FAILED', message: 'no service' };
    expect(await thrown(new Error('no service'))).toEqual([failed, failed]);
    expect(await thrown({ code: 'ECONNRESET', message: 'reset' })).toMatchObject([{ code: 'ECONNRESET' }, {}]);
  });

  it('closes the encoder once, however often it is closed', async () => {
    let closed = 0;
    const encoder = await loadEncoder(plain({ close: () => void closed++ }));
    await encoder.close();
    await encoder.close();
    expect(closed).toBe(1);
  });
});
