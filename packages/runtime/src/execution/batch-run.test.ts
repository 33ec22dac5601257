import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { column } from '@clamor/contract';
import { BatchRun } from './batch-run.ts';
import type { ScoreRequest } from './engine.ts';
import { LossLedger } from './loss-ledger.ts';
import type { ProgressReading } from './progress-cell.ts';
import { Standings } from './standings.ts';
import type { MemberProblem, ScoreResult } from './worker-protocol.ts';
import type { Loss, Outcome, ScoreOrder, Workplace } from './workplace.ts';

/** What a fake member does on some examples: answer with their texts' lengths, cost its worker, or never come back. */
type Doing = 'answers' | 'crashes' | 'hangs';

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

/** A workplace without workers: members do at once what is said of them. */
class FakePlace implements Workplace {
  readonly orders: ScoreOrder[] = [];
  readonly givenUp: ScoreOrder[] = [];
  readonly #doings: (member: number, texts: readonly string[]) => Doing;

  constructor(doings: (member: number, texts: readonly string[]) => Doing) {
    this.#doings = doings;
  }

  async load(): Promise<never[]> {
    return [];
  }

  problemOf(): MemberProblem | null {
    return null;
  }

  async score(order: ScoreOrder): Promise<Outcome<ScoreResult> | null> {
    this.orders.push(order);
    const texts = order.examples.map(({ input }) => input as string);
    let reading: ProgressReading = { activity: 'idle', index: 0, since: Date.now() };
    order.onBegin({ read: () => reading, giveUp: () => this.givenUp.push(order) });
    for (const { member } of order.members) {
      reading = { activity: 'scoring', index: member, since: Date.now() };
      const doing = this.#doings(member, texts);
      if (doing === 'crashes')
        return { kind: 'lost', loss: loss({ during: reading, guilty: { kind: 'member', index: member } }) };
      if (doing === 'hangs') await new Promise(() => {});
      order.onPart(answer(member, texts));
    }
    return { kind: 'done', result: { columns: [], unreadable: new Map(), parseTimeMs: 0 } };
  }

  async close(): Promise<void> {}
}

function answer(member: number, texts: readonly string[]): ScoreResult {
  const columns = [{ member, column: column(texts, (text) => text.length), timeMs: 1 }];
  return { columns, unreadable: new Map(), parseTimeMs: 0 };
}

function loss(parts: Partial<Loss>): Loss {
  const during = { activity: 'idle', index: 0, since: 0 } as const;
  return { during, cause: 'crash', message: 'exit', guilty: null, example: null, ...parts };
}

function runOf(
  place: Workplace,
  texts: readonly string[],
  request: Partial<ScoreRequest> = {},
  ledger: LossLedger = new LossLedger(),
): BatchRun {
  const examples = texts.map((input, i) => ({ key: `${i}`, input }));
  return new BatchRun(
    {
      examples,
      members: [0, 1, 2],
      deadlineMs: 1000,
      memberDeadlineMs: () => 250,
      encoderDeadlineMs: 500,
      spareWorkers: 1,
      ...request,
    },
    {
      parseDeadlineMs: 100,
      standings: new Standings({ member: ledger, encoder: new LossLedger(undefined, 'encoder') }, () => null),
      placeOf: () => place,
      group: (_, members) => (members.length > 0 ? [members] : []),
    },
  );
}

/** Per member: a score, or the code of its failure, per example. */
function said({ columns }: ScoreResult): (string | number | undefined)[][] {
  return columns.map(({ column: { scores, reasons } }) =>
    [...scores].map((score, i) => (Number.isNaN(score) ? reasons.get(i)?.code : score)),
  );
}

describe('BatchRun', () => {
  it('gives a column per member, in the order of the request', async () => {
    const result = await runOf(new FakePlace(() => 'answers'), ['a', 'bc'], { members: [2, 0] }).run();
    expect(result.columns.map(({ member }) => member)).toEqual([2, 0]);
    expect(said(result)).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it('settles at the deadline with what is there, and tells who still runs that nobody waits', async () => {
    const place = new FakePlace((member) => (member === 1 ? 'hangs' : 'answers'));
    const run = runOf(place, ['a', 'bc']).run();
    await vi.advanceTimersByTimeAsync(1001);
    expect(said(await run)).toEqual([
      [1, 2],
      ['MEMBER_DEADLINE', 'MEMBER_DEADLINE'],
      ['SUITE_DEADLINE', 'SUITE_DEADLINE'],
    ]);
    expect(place.givenUp).toHaveLength(1);
  });

  it('blames nobody who had only begun when the time was over', async () => {
    let begun = 0;
    const slow = new FakePlace(() => 'answers');
    slow.score = async (order) => {
      order.onBegin({ read: () => ({ activity: 'scoring', index: 0, since: begun }), giveUp: () => {} });
      return new Promise(() => {});
    };
    const run = runOf(slow, ['a'], { members: [0] }).run();
    begun = 990; // 10 ms of its 250.
    await vi.advanceTimersByTimeAsync(1001);
    expect(said(await run)).toEqual([['SUITE_DEADLINE']]);
  });

  it('fails only the member that cost the worker, keeps what was told, and does the rest again at once', async () => {
    const place = new FakePlace((member) => (member === 1 ? 'crashes' : 'answers'));
    const ledger = new LossLedger();
    expect(said(await runOf(place, ['a', 'bc'], {}, ledger).run())).toEqual([
      [1, 2],
      ['MEMBER_CRASHED', 'MEMBER_CRASHED'],
      [1, 2],
    ]);
    expect(place.orders.map(({ members, urgent }) => [members.map(({ member }) => member), urgent])).toEqual([
      [[0, 1, 2], false],
      [[2], true],
    ]);
    expect(ledger.losses).toEqual(new Map([[1, { crashes: 1, deadlines: 0 }]]));
  });

  it('takes an example that is never parsed out of the batch', async () => {
    const place = new FakePlace(() => 'answers');
    const score = place.score.bind(place);
    place.score = async (order) => {
      const at = order.examples.findIndex(({ input }) => input === 'spin');
      if (at < 0) return score(order);
      const during = { activity: 'parsing', index: at, since: 0 } as const;
      return { kind: 'lost', loss: loss({ during, cause: 'deadline', example: at }) };
    };
    const result = await runOf(place, ['a', 'spin', 'bc'], { members: [0] }).run();
    expect(said(result)).toEqual([[1, 'EXAMPLE_TIMEOUT', 2]]);
    expect([...result.unreadable.keys()]).toEqual([1]);
  });

  it('asks a process to say which example it parses when that is not known', async () => {
    const place = new FakePlace(() => 'answers');
    const score = place.score.bind(place);
    place.score = async (order) => {
      const at = order.examples.findIndex(({ input }) => input === 'spin');
      if (at < 0) return score(order);
      const during = { activity: 'parsing', index: -1, since: 0 } as const;
      return { kind: 'lost', loss: loss({ during, cause: 'deadline', example: order.careful ? at : null }) };
    };
    expect(said(await runOf(place, ['a', 'spin'], { members: [0] }).run())).toEqual([[1, 'EXAMPLE_TIMEOUT']]);
  });

  it('blames nobody of a batch for workers that were lost before they began with it, and stops after five', async () => {
    const place = new FakePlace(() => 'answers');
    let lost = 0;
    place.score = async () => {
      lost += 1;
      return { kind: 'lost', loss: loss({}) };
    };
    const ledger = new LossLedger();
    expect(said(await runOf(place, ['a'], {}, ledger).run())).toEqual([
      ['SUITE_DEADLINE'],
      ['SUITE_DEADLINE'],
      ['SUITE_DEADLINE'],
    ]);
    expect(lost).toBe(5);
    expect(ledger.losses.size).toBe(0);
  });

  it('refuses an input that cannot be copied, and scores the others', async () => {
    const place = new FakePlace(() => 'answers');
    const score = place.score.bind(place);
    place.score = async (order) => {
      try {
        structuredClone(order.examples);
      } catch (error) {
        return { kind: 'refused', error };
      }
      return score(order);
    };
    const run = runOf(place, ['a', 'b'], {
      members: [0],
      examples: [
        { key: '0', input: () => {} },
        { key: '1', input: 'bc' },
      ],
    });
    expect(said(await run.run())).toEqual([['EXAMPLE_INVALID', 2]]);
  });

  it('does not call a member that rests', async () => {
    const ledger = new LossLedger(() => 0);
    for (let i = 0; i < 3; i++) ledger.lost(1, 'crash');
    const place = new FakePlace(() => 'answers');
    expect(said(await runOf(place, ['a'], {}, ledger).run())).toEqual([[1], ['MEMBER_STOPPED'], [1]]);
    expect(place.orders[0]?.members.map(({ member }) => member)).toEqual([0, 2]);
  });

  it('rejects with the reason of its signal, and with nothing else', async () => {
    const controller = new AbortController();
    const run = runOf(new FakePlace(() => 'hangs'), ['a'], { signal: controller.signal }).run();
    controller.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
  });

  it('leaves no timer behind', async () => {
    await runOf(new FakePlace(() => 'answers'), ['a']).run();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('BatchRun of a batch job', () => {
  const texts = Array.from({ length: 32 }, (_, i) => (i === 21 ? 'poison' : 'x'.repeat(i)));
  const poisoned = new FakePlace((member, given) => (member === 1 && given.includes('poison') ? 'crashes' : 'answers'));

  it('fails only the example that makes a member cost its worker', async () => {
    const result = await runOf(poisoned, texts, { isBatchJob: true }).run();
    const [, guilty] = said(result);
    expect(guilty?.flatMap((score, i) => (typeof score === 'string' ? [[i, score]] : []))).toEqual([
      [21, 'MEMBER_CRASHED'],
    ]);
    expect(guilty?.[20]).toBe(20);
  });

  it('gives a member its share of time on a part of the examples', async () => {
    const place = new FakePlace((member, given) => (member === 1 && given.includes('poison') ? 'crashes' : 'answers'));
    await runOf(place, texts, { isBatchJob: true, memberDeadlineMs: () => 320 }).run();
    const asked = place.orders.filter(({ members }) => members.length === 1 && members[0]?.member === 1);
    expect(asked.map(({ examples, members }) => members[0]?.deadlineMs === 10 * examples.length)).not.toContain(false);
  });

  it('gives up a member that costs its worker whatever it is asked', async () => {
    const place = new FakePlace((member) => (member === 1 ? 'crashes' : 'answers'));
    const ledger = new LossLedger();
    const [, guilty] = said(await runOf(place, texts, { isBatchJob: true }, ledger).run());
    expect(new Set(guilty)).toEqual(new Set(['MEMBER_CRASHED']));
    expect(ledger.losses.get(1)?.crashes).toBe(3);
  });

  it('does not ask again online, where somebody waits', async () => {
    const place = new FakePlace((member, given) => (member === 1 && given.includes('poison') ? 'crashes' : 'answers'));
    const [, guilty] = said(await runOf(place, texts).run());
    expect(new Set(guilty)).toEqual(new Set(['MEMBER_CRASHED']));
  });
});
