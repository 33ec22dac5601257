/** What is measured: something to run, and its name. */
export interface Contestant {
  readonly name: string;
  readonly run: () => unknown;
}

/** What a contestant took, medians over the turns. */
export interface Measured {
  readonly name: string;
  readonly medianMs: number;
  /** Of this process, all threads: what a busy machine does not stretch. */
  readonly medianCpuMs: number;
}

/**
 * Lets the contestants take turns within one run, so that a busy machine slows them alike. The first turn warms up.
 *
 * Compare by ratios of medians: they travel between machines, and between a quiet and a busy one, as milliseconds do not.
 */
export async function takeTurns(contestants: readonly Contestant[], turns: number): Promise<Measured[]> {
  const times = contestants.map((): { ms: number; cpuMs: number }[] => []);
  for (let turn = 0; turn <= turns; turn++) {
    for (const [c, { run }] of contestants.entries()) {
      const cpu = process.cpuUsage();
      const start = performance.now();
      await run();
      const ms = performance.now() - start;
      const { user, system } = process.cpuUsage(cpu);
      if (turn > 0) times[c]!.push({ ms, cpuMs: (user + system) / 1000 });
    }
  }
  return contestants.map(({ name }, c) => ({
    name,
    medianMs: median(times[c]!.map(({ ms }) => ms)),
    medianCpuMs: median(times[c]!.map(({ cpuMs }) => cpuMs)),
  }));
}

function median(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[samples.length >> 1]!;
}
