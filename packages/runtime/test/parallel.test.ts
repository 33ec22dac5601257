import { availableParallelism } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadSuite } from '../src/index.ts';
import { createHost, memberPackage, suitePackage } from './host-fixture.ts';

// Burns CPU time of its own thread, so that a busy machine cannot make a serial run look parallel or the other way round.
const BURN = `() => ({
  score: (examples) => column(examples, () => {
    const start = process.threadCpuUsage();
    for (;;) { const used = process.threadCpuUsage(start); if (used.user + used.system >= 200_000) return 0; }
  }),
  close() {},
})`;
const MEMBERS = ['a', 'b', 'c', 'd'];

// The bounds below are the promise "parallel that is parallel", not a speed: 4 members burn 200 ms per example each, so a serial run
// takes 800 ms per example whatever the machine. They are checked as the ratio of CPU time spent to time passed.
describe('four members that each burn 200 ms per example', () => {
  const cores = availableParallelism();

  it.skipIf(cores < 2)('run side by side for one example and for ten, and leave the main loop free', async () => {
    const host = createHost({
      texts: suitePackage(),
      ...Object.fromEntries(
        MEMBERS.map((name) => [
          `texts-${name}`,
          memberPackage(`texts-${name}`, BURN, { samples: [{ key: 's', input: 'x', score: 0 }] }),
        ]),
      ),
    });
    onTestFinished(() => host.remove());
    const suite = await loadSuite({ from: host.dir, workers: 2 });
    onTestFinished(() => suite.close());
    const lag = monitorEventLoopDelay({ resolution: 5 });
    lag.enable();

    const one = await timed(() => suite.judge([{ key: 'one', input: 'x' }]));
    const ten = await timed(() => suite.judge(Array.from({ length: 10 }, (_, i) => ({ key: `${i}`, input: 'x' }))));

    lag.disable();
    const serial = { oneMs: 800, tenMs: 8000 };
    console.log(
      `parallel: one example ${one.toFixed(0)} ms (serial ${serial.oneMs}, ideal 400), ten ${ten.toFixed(0)} ms (serial ${serial.tenMs}, ideal 4000), main loop lag at most ${(lag.max / 1e6).toFixed(1)} ms`,
    );
    expect(one).toBeLessThan(0.85 * serial.oneMs);
    expect(ten).toBeLessThan(0.85 * serial.tenMs);
    expect(lag.percentile(99) / 1e6).toBeLessThan(20);
  });
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
