import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { BatchOutcome } from './batch-outcome.ts';
import { type BreakerChange, type BreakerStatus, Breakers, type BreakersOptions } from './breakers.ts';

const START = 1_000_000;

/** Breakers on a clock that stands still until it is moved. */
function createBreakers(options: BreakersOptions = {}) {
  const clock = { now: START };
  const changes: BreakerChange[] = [];
  const breakers = new Breakers({ now: () => clock.now, onChange: (change) => changes.push(change), ...options });
  /** One batch of a member, from its admission to its outcome. */
  const batch = async (outcome: BatchOutcome, member = 'words'): Promise<string> => {
    const admission = breakers.admit(member);
    if (admission !== 'refuse') breakers.observe(member, admission, outcome);
    await settled();
    return admission;
  };
  const batches = async (...outcomes: BatchOutcome[]): Promise<string[]> => {
    const admissions = [];
    for (const outcome of outcomes) admissions.push(await batch(outcome));
    return admissions;
  };
  return { breakers, clock, changes, batch, batches };
}

/** Cockatiel takes outcomes in over a few microtasks; all of them are over when an immediate runs. */
function settled(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

describe('Breakers', () => {
  it('calls a member that it knows nothing of', () => {
    const { breakers } = createBreakers();
    expect(breakers.admit('words')).toBe('call');
    expect(breakers.status('words')).toEqual({
      state: 'closed',
      failuresInARow: 0,
      openedAt: null,
      nextProbeAt: null,
    });
  });

  it('opens after five failed batches in a row', async () => {
    const { breakers, batches } = createBreakers();
    await batches('failed', 'failed', 'failed', 'failed');
    expect(breakers.status('words')).toMatchObject({ state: 'closed', failuresInARow: 4 });
    await batches('failed');
    expect(breakers.status('words')).toEqual({
      state: 'open',
      failuresInARow: 5,
      openedAt: START,
      nextProbeAt: START + 1000,
    });
    expect(breakers.admit('words')).toBe('refuse');
  });

  it('does not open when one batch in five is answered', async () => {
    const { breakers, batches } = createBreakers();
    await batches('failed', 'failed', 'failed', 'failed', 'answered', 'failed', 'failed', 'failed', 'failed');
    expect(breakers.status('words')).toMatchObject({ state: 'closed', failuresInARow: 4 });
  });

  it('counts batches that say nothing neither as failed nor as answered', async () => {
    const { breakers, batches } = createBreakers({ failures: 2 });
    await batches('failed', 'nothing', 'nothing');
    expect(breakers.status('words')).toMatchObject({ state: 'closed', failuresInARow: 1 });
    await batches('failed');
    expect(breakers.state('words')).toBe('open');
  });

  it('keeps members apart', async () => {
    const { breakers, batch } = createBreakers({ failures: 1 });
    await batch('failed', 'words');
    expect(breakers.admit('words')).toBe('refuse');
    expect(breakers.admit('headers')).toBe('call');
  });

  it('probes with exactly one batch after the backoff, and closes when it is answered', async () => {
    const { breakers, clock, batch } = createBreakers({ failures: 1 });
    await batch('failed');
    clock.now += 999;
    expect(breakers.admit('words')).toBe('refuse');
    clock.now += 1;
    expect(breakers.admit('words')).toBe('probe');
    expect(breakers.state('words')).toBe('half-open');
    expect([breakers.admit('words'), breakers.admit('words')]).toEqual(['refuse', 'refuse']);
    breakers.observe('words', 'probe', 'answered');
    await settled();
    expect(breakers.status('words')).toEqual({
      state: 'closed',
      failuresInARow: 0,
      openedAt: null,
      nextProbeAt: null,
    });
    expect(breakers.admit('words')).toBe('call');
  });

  it('doubles the backoff with every failed probe, up to the longest', async () => {
    const { breakers, clock, batch } = createBreakers({ failures: 1 });
    await batch('failed');
    const waits = [];
    for (let i = 0; i < 8; i++) {
      const { openedAt, nextProbeAt } = breakers.status('words');
      waits.push((nextProbeAt ?? 0) - (openedAt ?? 0));
      clock.now = nextProbeAt ?? 0;
      expect(await batch('failed')).toBe('probe');
    }
    // 1 s · 2^k, at most 60 s.
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('starts over with the shortest backoff once it was closed', async () => {
    const { breakers, clock, batches } = createBreakers({ failures: 1 });
    await batches('failed');
    clock.now += 1000;
    await batches('failed');
    clock.now += 2000;
    expect(await batches('answered', 'failed')).toEqual(['probe', 'call']);
    expect(breakers.status('words')).toMatchObject({ state: 'open', nextProbeAt: clock.now + 1000 });
  });

  it('gives the probe to the next batch when one said nothing, without a longer backoff', async () => {
    const { breakers, clock, batch } = createBreakers({ failures: 1 });
    await batch('failed');
    clock.now += 1000;
    expect(await batch('nothing')).toBe('probe');
    expect(breakers.status('words')).toMatchObject({ state: 'open', openedAt: START, nextProbeAt: START + 1000 });
    expect(await batch('failed')).toBe('probe');
    expect(breakers.status('words')).toMatchObject({ state: 'open', nextProbeAt: clock.now + 2000 });
  });

  it('ignores late outcomes of batches from before it opened', async () => {
    const { breakers, clock, batch } = createBreakers({ failures: 1 });
    const early = breakers.admit('words');
    expect(early).toBe('call');
    await batch('failed');
    breakers.observe('words', 'call', 'answered');
    await settled();
    expect(breakers.state('words')).toBe('open');
    clock.now += 1000;
    expect(breakers.admit('words')).toBe('probe');
    breakers.observe('words', 'call', 'answered');
    await settled();
    expect(breakers.state('words')).toBe('half-open');
  });

  it('reports each change once, with what led to it', async () => {
    const { changes, clock, batches } = createBreakers({ failures: 2 });
    await batches('failed', 'failed');
    clock.now += 1000;
    await batches('nothing', 'failed');
    clock.now += 2000;
    await batches('answered', 'answered');
    expect(changes.map(({ from, state, failuresInARow }) => [from, state, failuresInARow])).toEqual([
      ['closed', 'open', 2],
      ['open', 'half-open', 2],
      ['half-open', 'open', 2],
      ['open', 'half-open', 2],
      ['half-open', 'open', 3],
      ['open', 'half-open', 3],
      ['half-open', 'closed', 0],
    ]);
    expect(changes.at(4)).toMatchObject({ member: 'words', openedAt: START + 1000, nextProbeAt: START + 3000 });
  });

  it('is closed by a reset, whatever its probe says afterwards', async () => {
    const { breakers, changes, clock, batch } = createBreakers({ failures: 1 });
    await batch('failed');
    clock.now += 1000;
    expect(breakers.admit('words')).toBe('probe');
    breakers.reset('words');
    breakers.observe('words', 'probe', 'failed');
    await settled();
    expect(breakers.admit('words')).toBe('call');
    expect(changes.at(-1)).toMatchObject({ from: 'half-open', state: 'closed' });
  });

  it('reports no reset of what was closed', async () => {
    const { breakers, changes, batch } = createBreakers();
    await batch('failed');
    breakers.reset('words');
    breakers.reset('headers');
    expect(changes).toEqual([]);
    expect(breakers.status('words').failuresInARow).toBe(0);
  });

  it('says nothing any more once it is closed for good', async () => {
    const { breakers, changes } = createBreakers({ failures: 1 });
    breakers.observe('words', 'call', 'failed');
    breakers.close();
    await settled();
    expect(changes).toEqual([]);
  });

  it('probes in time though the wall clock is set back by an hour', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: START });
    try {
      const { clock, batch } = createBreakers({ failures: 1 });
      await batch('failed');
      vi.setSystemTime(START - 3_600_000);
      clock.now += 1000;
      expect(await batch('answered')).toBe('probe');
      expect(await batch('answered')).toBe('call');
    } finally {
      vi.useRealTimers();
    }
  });

  it('holds no timer', async () => {
    const before = timers();
    const { breakers, batch } = createBreakers({ failures: 1 });
    await batch('failed');
    expect(breakers.state('words')).toBe('open');
    expect(timers()).toBe(before);
  });

  it('never has two probes under way, refuses before the backoff, and opens on the streak only (property)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(STEP, { maxLength: 40 }), async (steps) => {
        const { found, wanted, probesAtOnce } = await walk(steps);
        expect(found).toEqual(wanted);
        expect(Math.max(0, ...probesAtOnce)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}

type Step =
  | { readonly kind: 'admit' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'observe'; readonly which: number; readonly outcome: BatchOutcome };

const STEP: fc.Arbitrary<Step> = fc.oneof(
  fc.constant({ kind: 'admit' as const }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 500, 1000, 4000) }),
  fc.record({
    kind: fc.constant('observe' as const),
    which: fc.nat(5),
    outcome: fc.constantFrom<BatchOutcome>('answered', 'failed', 'nothing'),
  }),
);

/** Takes the steps with several batches under way at once, beside what the rules say of each: what was found, what was wanted. */
async function walk(steps: readonly Step[]) {
  const { breakers, clock } = createBreakers({ failures: 2 });
  const underWay: ('call' | 'probe')[] = [];
  const found: string[] = [];
  const wanted: string[] = [];
  const probesAtOnce: number[] = [];
  for (const step of steps) {
    const before = breakers.status('words');
    if (step.kind === 'wait') clock.now += step.ms;
    if (step.kind === 'admit') {
      const admission = breakers.admit('words');
      found.push(admission);
      wanted.push(wantedAdmission(before, clock.now));
      if (admission !== 'refuse') underWay.push(admission);
      probesAtOnce.push(underWay.filter((kind) => kind === 'probe').length);
    }
    if (step.kind === 'observe' && underWay.length > 0) {
      const [admission = 'call'] = underWay.splice(step.which % underWay.length, 1);
      breakers.observe('words', admission, step.outcome);
      await settled();
      found.push(breakers.state('words'));
      wanted.push(wantedState(before, admission, step.outcome));
    }
  }
  return { found, wanted, probesAtOnce };
}

function wantedAdmission(before: BreakerStatus, now: number): string {
  if (before.state === 'closed') return 'call';
  return before.state === 'open' && now >= (before.nextProbeAt ?? Infinity) ? 'probe' : 'refuse';
}

function wantedState(before: BreakerStatus, admission: string, outcome: BatchOutcome): string {
  if (before.state === 'closed') return outcome === 'failed' && before.failuresInARow === 1 ? 'open' : 'closed';
  if (admission === 'call') return before.state;
  return outcome === 'answered' ? 'closed' : 'open';
}
