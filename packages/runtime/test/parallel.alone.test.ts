import { availableParallelism } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadSuite } from '../src/index.ts';
import { createHost, memberPackage, suitePackage } from './host-fixture.ts';

// Burns CPU time of its own thread: 200 ms of work, however busy the machine is.
const BURN = `() => ({
  score: (examples) => column(examples, () => {
    const start = process.threadCpuUsage();
    for (;;) { const used = process.threadCpuUsage(start); if (used.user + used.system >= 200_000) return 0; }
  }),
  close() {},
})`;
const SAMPLES = [{ key: 's', input: 'x', score: 0 }];

// "Parallel that is parallel" is a promise, so it has a test, and a test must not depend on the machine's speed: the
// yardstick is one worker in the same run, which takes at least 800 ms per example whatever the machine. Two workers
// should take half of that.
describe('four members that each burn 200 ms per example', () => {
  it.skipIf(availableParallelism() < 2)(
    'run side by side for one example and for ten, and leave the main loop free',
    { retry: 2, timeout: 120_000 },
    async () => {
      const host = createHost({
        texts: suitePackage(),
        ...Object.fromEntries(
          ['a', 'b', 'c', 'd'].map((name) => [
            `texts-${name}`,
            memberPackage(`texts-${name}`, BURN, { samples: SAMPLES }),
          ]),
        ),
      });
      onTestFinished(() => host.remove());
      const serial = await loadSuite({ from: host.dir, workers: 1, deadlineMs: 60_000 });
      onTestFinished(() => serial.close());
      const parallel = await loadSuite({ from: host.dir, workers: 2, deadlineMs: 60_000 });
      onTestFinished(() => parallel.close());
      const examples = Array.from({ length: 10 }, (_, i) => ({ key: `${i}`, input: 'x' }));
      const lag = monitorEventLoopDelay({ resolution: 5 });

      const serialMs = await timed(() => serial.judge(examples.slice(0, 1)));
      lag.enable();
      const oneMs = await timed(() => parallel.judge(examples.slice(0, 1)));
      const tenMs = await timed(() => parallel.judge(examples));
      lag.disable();

      console.log(
        `one example: ${serialMs.toFixed(0)} ms by one worker, ${oneMs.toFixed(0)} ms by two; ten: ${tenMs.toFixed(0)} ms by two; main loop late by at most ${(lag.max / 1e6 - 5).toFixed(1)} ms`,
      );
      expect(serialMs).toBeGreaterThanOrEqual(800);
      expect(oneMs).toBeLessThan(0.8 * serialMs);
      expect(tenMs).toBeLessThan(0.8 * 10 * serialMs);
      expect(lag.max / 1e6 - 5).toBeLessThan(20);
    },
  );
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
