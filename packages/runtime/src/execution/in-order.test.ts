import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inOrder } from './in-order.ts';

describe('inOrder', () => {
  it('gives results in the order of the items, whichever ends first', async () => {
    const results = inOrder([3, 1, 2], 3, async (turns) => {
      for (let i = 0; i < turns; i++) await Promise.resolve();
      return turns;
    });
    expect(await Array.fromAsync(results)).toEqual([3, 1, 2]);
  });

  it('has no more items under way than its limit', async () => {
    let underWay = 0;
    let most = 0;
    await Array.fromAsync(
      inOrder(Array.from({ length: 20 }), 4, async () => {
        most = Math.max(most, ++underWay);
        await sleep(0);
        underWay--;
      }),
    );
    expect(most).toBe(4);
  });

  it('waits for what is under way when its reader stops early', async () => {
    let ended = 0;
    for await (const _ of inOrder([1, 2, 3, 4], 3, async () => sleep(1).then(() => ended++))) break;
    expect(ended).toBe(3);
  });

  it('gives a result though the stream says nothing more', async () => {
    const results = inOrder(silent(), 4, async (item) => item);
    expect([await results.next(), await results.next()]).toMatchObject([{ value: 1 }, { value: 2 }]);
  });

  it('gives the results of the items before the stream failed, then its error', async () => {
    const seen: number[] = [];
    await expect(async () => {
      for await (const result of inOrder(breaking(), 4, async (item) => sleep(1).then(() => item))) seen.push(result);
    }).rejects.toThrow('the stream broke');
    expect(seen).toEqual([1, 2]);
  });

  it('tells a stream to stop when its reader stops', async () => {
    let isStopped = false;
    function* numbers() {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        isStopped = true;
      }
    }
    for await (const _ of inOrder(numbers(), 3, async (item) => item)) break;
    expect(isStopped).toBe(true);
  });

  it('rejects with the first failure in order, and leaves no other one unhandled', async () => {
    const failing = inOrder([1, 2, 3], 3, async (item) => {
      throw new Error(`item ${item}`);
    });
    await expect(Array.fromAsync(failing)).rejects.toThrow('item 1');
  });
});

async function* silent() {
  yield 1;
  yield 2;
  await new Promise(() => {});
}

async function* breaking() {
  yield 1;
  yield 2;
  throw new Error('the stream broke');
}
