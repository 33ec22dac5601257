import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AdmissionQueue } from './admission-queue.ts';
import type { TicketOptions } from './ticket.ts';

const ONLINE: TicketOptions = { priority: 'online', examples: 1 };
const BATCH: TicketOptions = { priority: 'batch', examples: 32 };

function createQueue(options: { concurrency?: number; limit?: number } = {}): AdmissionQueue {
  return new AdmissionQueue({ suite: 'texts', concurrency: 1, limit: 10, ...options });
}

/** Work that ends when it is told to, and remembers in which order works began. */
function createWorks() {
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<string>>();
  const work = (name: string) => (): Promise<string> => {
    begun.push(name);
    const end = Promise.withResolvers<string>();
    ends.set(name, end);
    return end.promise;
  };
  const finish = async (...names: string[]): Promise<void> => {
    for (const name of names) {
      ends.get(name)?.resolve(name);
      await settled();
    }
  };
  return { begun, work, finish, fail: (name: string, error: Error) => ends.get(name)?.reject(error) };
}

function settled(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** What became of a promise: its value, or the code or message of its error. */
async function outcomeOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).message;
  }
}

describe('AdmissionQueue', () => {
  it('gives what the work gives', async () => {
    const queue = createQueue();
    expect(await queue.run(async () => 7, ONLINE)).toBe(7);
    const error = new Error('no');
    await expect(queue.run(() => Promise.reject(error), ONLINE)).rejects.toBe(error);
    await expect(
      queue.run(() => {
        throw error;
      }, BATCH),
    ).rejects.toBe(error);
    expect(queue.sizes).toEqual({ online: { waiting: 0, running: 0 }, batch: { waiting: 0, running: 0 } });
  });

  it('runs as many batches at once as it may, online ones first, each kind in order', async () => {
    const queue = createQueue({ concurrency: 2 });
    const { begun, work, finish } = createWorks();
    const all = [
      queue.run(work('b1'), BATCH),
      queue.run(work('b2'), BATCH),
      queue.run(work('b3'), BATCH),
      queue.run(work('o1'), ONLINE),
      queue.run(work('o2'), ONLINE),
    ];
    expect(begun).toEqual(['b1', 'b2']);
    expect(queue.sizes).toEqual({ online: { waiting: 2, running: 0 }, batch: { waiting: 32, running: 64 } });
    await finish('b2', 'b1', 'o1', 'o2', 'b3');
    expect(begun).toEqual(['b1', 'b2', 'o1', 'o2', 'b3']);
    expect(await Promise.all(all)).toEqual(['b1', 'b2', 'b3', 'o1', 'o2']);
  });

  it('moves batch work whenever no online call waits', async () => {
    const queue = createQueue();
    const { begun, work, finish } = createWorks();
    for (const name of ['b1', 'b2', 'b3']) void queue.run(work(name), BATCH);
    void queue.run(work('o1'), ONLINE);
    await finish('b1', 'o1');
    void queue.run(work('o2'), ONLINE);
    await finish('b2', 'o2', 'b3');
    expect(begun).toEqual(['b1', 'o1', 'b2', 'o2', 'b3']);
  });

  it('refuses an online call at once when it would exceed the examples that may wait', async () => {
    const queue = createQueue({ limit: 10 });
    const { begun, work, finish } = createWorks();
    const accepted = [queue.run(work('o1'), ONLINE), queue.run(work('o2'), { ...ONLINE, examples: 7 })];
    const refused = queue.run(work('o3'), { ...ONLINE, examples: 4 });
    await expect(refused).rejects.toMatchObject({
      code: 'SUITE_OVERLOADED',
      message: expect.stringContaining(
        '"texts" is overloaded: 4 examples came while 7 examples of online calls waited',
      ),
    });
    await expect(refused).rejects.toThrow(/the limit is 10.\nTry again later/);
    accepted.push(queue.run(work('o4'), { ...ONLINE, examples: 3 }));
    await finish('o1', 'o2', 'o4');
    expect(await Promise.all(accepted)).toEqual(['o1', 'o2', 'o4']);
    expect(begun).not.toContain('o3');
  });

  it('lets a call of any size in when nothing waits', async () => {
    const queue = createQueue({ limit: 10 });
    const { work, finish } = createWorks();
    const large = queue.run(work('o1'), { ...ONLINE, examples: 11 });
    const next = queue.run(work('o2'), { ...ONLINE, examples: 500 });
    await finish('o1', 'o2');
    expect(await Promise.all([large, next])).toEqual(['o1', 'o2']);
  });

  it('never refuses batch work for its size, and does not count it against online calls', async () => {
    const queue = createQueue({ limit: 1 });
    const { work, finish } = createWorks();
    const all = ['b1', 'b2', 'b3'].map((name) => queue.run(work(name), BATCH));
    all.push(queue.run(work('o1'), ONLINE));
    await finish('b1', 'o1', 'b2', 'b3');
    expect(await Promise.all(all)).toEqual(['b1', 'b2', 'b3', 'o1']);
  });

  it('takes a waiting call out when it is aborted, and never runs it', async () => {
    const queue = createQueue();
    const { begun, work, finish } = createWorks();
    const controller = new AbortController();
    const first = queue.run(work('o1'), ONLINE);
    const aborted = queue.run(work('o2'), { ...ONLINE, signal: controller.signal });
    const reason = new Error('the caller left');
    controller.abort(reason);
    await expect(aborted).rejects.toBe(reason);
    expect(queue.sizes.online).toEqual({ waiting: 0, running: 1 });
    await finish('o1');
    await queue.idle();
    expect([begun, await first]).toEqual([['o1'], 'o1']);
  });

  it('does not let in a call that is aborted already', async () => {
    const queue = createQueue();
    const reason = new Error('the caller left');
    await expect(queue.run(async () => 1, { ...ONLINE, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(queue.sizes.online).toEqual({ waiting: 0, running: 0 });
  });

  it('keeps the slot of a running batch until it settles, though its call is aborted', async () => {
    const queue = createQueue();
    const { begun, work, finish } = createWorks();
    const controller = new AbortController();
    const running = queue.run(work('o1'), { ...ONLINE, signal: controller.signal });
    const next = queue.run(work('o2'), ONLINE);
    controller.abort();
    await settled();
    expect(begun).toEqual(['o1']);
    await finish('o1', 'o2');
    expect(await Promise.all([running, next])).toEqual(['o1', 'o2']);
  });

  it('keeps one listener per call on a signal', async () => {
    const queue = createQueue();
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, 'addEventListener');
    const remove = vi.spyOn(signal, 'removeEventListener');
    const ticket = queue.admit({ priority: 'batch', examples: 0, signal });
    await Promise.all(Array.from({ length: 20 }, () => ticket.run(async () => 1, 32)));
    ticket.release();
    expect([add.mock.calls.length, remove.mock.calls.length]).toEqual([1, 1]);
  });

  it('resolves idle when nothing waits and nothing runs', async () => {
    const queue = createQueue();
    await queue.idle();
    const { work, finish } = createWorks();
    const all = [queue.run(work('o1'), ONLINE), queue.run(work('o2'), ONLINE)];
    let isIdle = false;
    void queue.idle().then(() => (isIdle = true));
    await finish('o1');
    expect(isIdle).toBe(false);
    await finish('o2');
    expect(isIdle).toBe(true);
    await Promise.all(all);
  });
});

describe('AdmissionQueue with calls of several batches', () => {
  it('counts the whole call as waiting until its batches start', async () => {
    const queue = createQueue({ concurrency: 2, limit: 10 });
    const { work, finish } = createWorks();
    const ticket = queue.admit({ ...ONLINE, examples: 9 });
    expect(() => queue.admit({ ...ONLINE, examples: 2 })).toThrow(/overloaded/);
    const all = [ticket.run(work('o1'), 3), ticket.run(work('o2'), 3), ticket.run(work('o3'), 3)];
    expect(queue.sizes.online).toEqual({ waiting: 3, running: 6 });
    await finish('o1', 'o2', 'o3');
    ticket.release();
    expect(await Promise.all(all)).toEqual(['o1', 'o2', 'o3']);
    expect(queue.sizes.online).toEqual({ waiting: 0, running: 0 });
  });

  it('gives back what was never run', () => {
    const queue = createQueue();
    const ticket = queue.admit({ ...ONLINE, examples: 9 });
    ticket.release();
    ticket.release();
    expect(queue.sizes.online).toEqual({ waiting: 0, running: 0 });
  });

  it('ends all batches that wait, and those to come, when the call is aborted', async () => {
    const queue = createQueue();
    const { begun, work, finish } = createWorks();
    const controller = new AbortController();
    const ticket = queue.admit({ priority: 'batch', examples: 0, signal: controller.signal });
    const all = ['b1', 'b2', 'b3'].map((name) => outcomeOf(ticket.run(work(name), 32)));
    controller.abort(new Error('enough'));
    all.push(outcomeOf(ticket.run(work('b4'), 32)));
    await finish('b1');
    expect(await Promise.all(all)).toEqual(['b1', 'enough', 'enough', 'enough']);
    await ticket.done;
    expect(begun).toEqual(['b1']);
  });
});

describe('AdmissionQueue under a longest wait', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('refuses an online call whose first batch has not started in time', async () => {
    const queue = createQueue();
    const { begun, work } = createWorks();
    void queue.run(work('o1'), ONLINE);
    const late = outcomeOf(queue.run(work('o2'), { ...ONLINE, maxWaitMs: 1000 }));
    await vi.advanceTimersByTimeAsync(999);
    expect(queue.sizes.online.waiting).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await late).toBe('SUITE_OVERLOADED');
    expect(queue.sizes.online).toEqual({ waiting: 0, running: 1 });
    expect(begun).toEqual(['o1']);
  });

  it('finishes a call whose first batch started in time, and leaves no timer', async () => {
    const queue = createQueue();
    const { work } = createWorks();
    const ticket = queue.admit({ ...ONLINE, examples: 2, maxWaitMs: 1000 });
    const first = ticket.run(work('o1'), 1);
    const second = ticket.run(async () => 'o2', 1);
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(2000);
    expect(queue.sizes.online).toEqual({ waiting: 1, running: 1 });
    void first;
    ticket.release();
    expect(await outcomeOf(second)).toMatch(/given up/);
  });

  it('leaves no timer of a call that was aborted, released or closed while it waited', async () => {
    const queue = createQueue();
    const { work, finish } = createWorks();
    void queue.run(work('o1'), ONLINE);
    const controller = new AbortController();
    const aborted = outcomeOf(queue.run(work('o2'), { ...ONLINE, maxWaitMs: 1000, signal: controller.signal }));
    queue.admit({ ...ONLINE, maxWaitMs: 1000 }).release();
    const closed = outcomeOf(queue.run(work('o3'), { ...ONLINE, maxWaitMs: 1000 }));
    expect(vi.getTimerCount()).toBe(2);
    controller.abort(new Error('gone'));
    const closing = queue.close({ drain: false });
    expect(vi.getTimerCount()).toBe(0);
    expect(await Promise.all([aborted, closed])).toEqual(['gone', 'SUITE_CLOSED']);
    vi.useRealTimers();
    await finish('o1');
    await closing;
  });
});

describe('AdmissionQueue.close', () => {
  it('drains: answers what was let in, refuses what comes', async () => {
    const queue = createQueue();
    const { work, finish } = createWorks();
    const all = [queue.run(work('o1'), ONLINE), queue.run(work('b1'), BATCH), queue.run(work('o2'), ONLINE)];
    let isClosed = false;
    const closing = queue.close({ drain: true }).then(() => (isClosed = true));
    await expect(queue.run(work('o3'), ONLINE)).rejects.toMatchObject({ code: 'SUITE_CLOSED' });
    await finish('o1', 'o2');
    expect(isClosed).toBe(false);
    await finish('b1');
    expect(isClosed).toBe(true);
    await closing;
    expect(await Promise.all(all)).toEqual(['o1', 'b1', 'o2']);
  });

  it('drains: lets an online call start its further batches, and a stream no more', async () => {
    const queue = createQueue();
    const { work, finish } = createWorks();
    const call = queue.admit({ ...ONLINE, examples: 2 });
    const stream = queue.admit({ priority: 'batch', examples: 0 });
    const before = stream.run(work('b1'), 32);
    const closing = queue.close({ drain: true });
    expect(await outcomeOf(stream.run(work('b2'), 32))).toBe('SUITE_CLOSED');
    const all = [call.run(work('o1'), 1), call.run(work('o2'), 1)];
    await finish('b1', 'o1', 'o2');
    call.release();
    await closing;
    expect(await Promise.all([before, ...all])).toEqual(['b1', 'o1', 'o2']);
  });

  it('aborts: ends what waits, lets what runs settle', async () => {
    const queue = createQueue();
    const { begun, work, finish } = createWorks();
    const running = queue.run(work('o1'), ONLINE);
    const waiting = [outcomeOf(queue.run(work('o2'), ONLINE)), outcomeOf(queue.run(work('b1'), BATCH))];
    let isClosed = false;
    const closing = queue.close({ drain: false }).then(() => (isClosed = true));
    expect(await Promise.all(waiting)).toEqual(['SUITE_CLOSED', 'SUITE_CLOSED']);
    expect(isClosed).toBe(false);
    await finish('o1');
    await closing;
    expect([await running, begun]).toEqual(['o1', ['o1']]);
  });

  it('aborts what still drains when it is called again', async () => {
    const queue = createQueue();
    const { work, finish } = createWorks();
    const running = queue.run(work('o1'), ONLINE);
    const waiting = outcomeOf(queue.run(work('o2'), ONLINE));
    const draining = queue.close({ drain: true });
    const aborting = queue.close({ drain: false });
    const again = queue.close({ drain: true });
    expect(await waiting).toBe('SUITE_CLOSED');
    await finish('o1');
    await Promise.all([draining, aborting, again, running]);
    await expect(queue.run(work('o3'), ONLINE)).rejects.toMatchObject({ code: 'SUITE_CLOSED' });
  });
});
