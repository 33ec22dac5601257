import { describe, expect, it, vi } from 'vitest';
import { abortable, untilAborted } from './abortable.ts';

const REASON = new Error('enough');
const NEVER = new Promise<never>(() => {});

async function collect<Item>(items: AsyncIterable<Item>): Promise<{ items: Item[]; error: unknown }> {
  const seen: Item[] = [];
  try {
    for await (const item of items) seen.push(item);
    return { items: seen, error: null };
  } catch (error) {
    return { items: seen, error };
  }
}

describe('abortable', () => {
  it('settles as the promise does', async () => {
    const { signal } = new AbortController();
    expect(await abortable(Promise.resolve(7), signal)).toBe(7);
    expect(await abortable(Promise.resolve(7), undefined)).toBe(7);
    await expect(abortable(Promise.reject(REASON), signal)).rejects.toBe(REASON);
  });

  it('rejects when the signal is aborted, before or while it waits', async () => {
    await expect(abortable(NEVER, AbortSignal.abort(REASON))).rejects.toBe(REASON);
    const controller = new AbortController();
    const waiting = abortable(NEVER, controller.signal);
    controller.abort(REASON);
    await expect(waiting).rejects.toBe(REASON);
  });

  it('swallows what the promise does after the abort', async () => {
    const late = Promise.withResolvers<never>();
    const controller = new AbortController();
    const waiting = abortable(late.promise, controller.signal);
    controller.abort(REASON);
    await expect(waiting).rejects.toBe(REASON);
    late.reject(new Error('late')); // Unhandled, this would fail the run.
    await expect(abortable(Promise.reject(new Error('early')), AbortSignal.abort(REASON))).rejects.toBe(REASON);
  });

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, 'addEventListener');
    const remove = vi.spyOn(signal, 'removeEventListener');
    await abortable(Promise.resolve(7), signal);
    await abortable(Promise.reject(REASON), signal).catch(() => {});
    expect([add.mock.calls.length, remove.mock.calls.length]).toEqual([2, 2]);
  });
});

describe('untilAborted', () => {
  it('gives every item of a stream that nobody aborts, and its error', async () => {
    const { signal } = new AbortController();
    expect(await collect(untilAborted([1, 2, 3], signal))).toEqual({ items: [1, 2, 3], error: null });
    async function* failing() {
      yield 1;
      throw REASON;
    }
    expect(await collect(untilAborted(failing(), signal))).toEqual({ items: [1], error: REASON });
  });

  it('rejects at once though the stream is silent, and tells it to stop', async () => {
    const next = Promise.withResolvers<IteratorResult<number>>();
    const stop = vi.fn<() => Promise<IteratorResult<number>>>(() => NEVER);
    const silent = { [Symbol.asyncIterator]: () => ({ next: () => next.promise, return: stop }) };
    const controller = new AbortController();
    const collected = collect(untilAborted(silent, controller.signal));
    controller.abort(REASON);
    expect(await collected).toEqual({ items: [], error: REASON });
    expect(stop).toHaveBeenCalledOnce();
    next.reject(new Error('late')); // Unhandled, this would fail the run.
  });

  it('gives no further item once the signal is aborted, and waits until the stream has stopped', async () => {
    const controller = new AbortController();
    let isStopped = false;
    async function* numbers() {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        await Promise.resolve();
        isStopped = true;
      }
    }
    const seen: number[] = [];
    await expect(async () => {
      for await (const i of untilAborted(numbers(), controller.signal)) {
        seen.push(i);
        if (i === 2) controller.abort(REASON);
      }
    }).rejects.toBe(REASON);
    expect([seen, isStopped]).toEqual([[0, 1, 2], true]);
  });

  it('stops the stream when its reader stops', async () => {
    const stop = vi.fn<() => Promise<IteratorResult<number>>>(async () => ({ done: true, value: 0 }));
    const endless = { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false, value: 1 }), return: stop }) };
    for await (const item of untilAborted(endless, new AbortController().signal)) if (item === 1) break;
    expect(stop).toHaveBeenCalledOnce();
  });

  it('does not tell a stream to stop that ended by itself', async () => {
    const stop = vi.fn<() => Promise<IteratorResult<number>>>(async () => ({ done: true, value: 0 }));
    const ended = { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: 0 }), return: stop }) };
    await collect(untilAborted(ended, new AbortController().signal));
    expect(stop).not.toHaveBeenCalled();
  });
});
