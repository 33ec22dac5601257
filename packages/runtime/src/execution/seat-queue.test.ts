import { describe, expect, it } from 'vitest';
import { SeatQueue } from './seat-queue.ts';

const A = { name: 'A' };
const B = { name: 'B' };
const never = new AbortController().signal;

/** A queue of seats that are free, the last one on top. */
function queueOf(limit: number, ...seats: object[]): SeatQueue<object> {
  const queue = new SeatQueue<object>(limit);
  for (const seat of seats) queue.release(seat);
  return queue;
}

describe('SeatQueue', () => {
  it('hands out the seat used last', async () => {
    const queue = queueOf(2, A, B);
    expect(await queue.acquire(false, never)).toBe(B);
    expect(await queue.acquire(false, never)).toBe(A);
  });

  it('keeps the spare for urgent work', async () => {
    const queue = queueOf(1, A, B);
    await queue.acquire(false, never);
    const waits = queue.acquire(false, never);
    expect(queue.free).toBe(1);
    expect(await queue.acquire(true, never)).toBe(A);
    queue.release(B);
    expect(await waits).toBe(B);
  });

  it('serves urgent work first', async () => {
    const queue = queueOf(1, A);
    await queue.acquire(false, never);
    const order: string[] = [];
    const served = [
      queue.acquire(false, never).then(() => order.push('ordinary') && queue.release(A)),
      queue.acquire(true, never).then(() => order.push('urgent') && queue.release(A)),
    ];
    queue.release(A);
    await Promise.all(served);
    expect(order).toEqual(['urgent', 'ordinary']);
  });

  it('lets go of who no longer waits, and serves the next one', async () => {
    const queue = queueOf(1, A);
    await queue.acquire(false, never);
    const controller = new AbortController();
    const given = queue.acquire(false, controller.signal);
    const next = queue.acquire(false, never);
    controller.abort();
    expect(await given).toBeNull();
    queue.release(A);
    expect(await next).toBe(A);
  });

  it('hands nothing out to who comes too late', async () => {
    expect(await queueOf(1, A).acquire(false, AbortSignal.abort())).toBeNull();
  });

  it('gives a lost seat to nobody, and its place to the one that comes instead', async () => {
    const queue = queueOf(1, A);
    await queue.acquire(false, never);
    const waits = queue.acquire(false, never);
    queue.remove(A);
    queue.release(B);
    expect(await waits).toBe(B);
  });

  it('takes a very seat as soon as it is free, before those who wait', async () => {
    const queue = queueOf(1, A);
    await queue.acquire(false, never);
    let isServed = false;
    const waits = queue.acquire(false, never).then(() => (isServed = true));
    const taken = queue.take(A);
    queue.release(A);
    expect(await taken).toBe(true);
    expect(isServed).toBe(false);
    queue.release(A);
    await waits;
  });

  it('does not take a seat that is lost meanwhile', async () => {
    const queue = queueOf(1, A);
    await queue.acquire(false, never);
    const taken = queue.take(A);
    queue.remove(A);
    expect(await taken).toBe(false);
  });

  it('sends away the first of two that ask for a very seat', async () => {
    const queue = queueOf(2, A);
    await queue.acquire(false, never);
    const [first, second] = [queue.take(A), queue.take(A)];
    expect(await first).toBe(false);
    queue.release(A);
    expect(await second).toBe(true);
  });

  it('sends away who waits when no seat will come', async () => {
    const queue = queueOf(1);
    const waits = [queue.acquire(false, never), queue.acquire(true, never)];
    queue.dismiss();
    expect(await Promise.all(waits)).toEqual([null, null]);
  });
});
