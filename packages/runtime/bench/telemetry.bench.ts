/**
 * What events, counters and spans cost where the host listens to nothing and has registered no SDK of OpenTelemetry:
 * `npm run bench -- runtime`.
 */
import { BatchTally } from '../src/telemetry/batch-tally.ts';
import { SuiteTelemetry } from '../src/telemetry/suite-telemetry.ts';
import { type MemberJudgement, joinJudgements } from '../src/verdict/verdict.ts';

const MEMBERS = 7;
const ROUNDS = 9;
const REPEATS = 20_000;

const rules = {
  required: new Set<string>(),
  absent: [],
  whenUndetermined: 'negative' as const,
  suiteVersion: 's',
  stateVersion: 't',
};
const judgements = Array.from({ length: MEMBERS }, (_, i): MemberJudgement => ({
  member: `m${i}`,
  version: '1.0.0',
  mode: 'active',
  judgement: i === 0 ? 'positive' : 'negative',
  score: 1,
  threshold: 1,
  timeMs: 0.1,
}));
const verdict = joinJudgements('key', judgements, rules);
const telemetry = new SuiteTelemetry({ suite: 'bench' });

function judged(examples: number): void {
  const tally = new BatchTally();
  for (let i = 0; i < examples; i++) tally.add(verdict);
  telemetry.batchJudged(tally, { durationMs: 5, priority: 'online' });
}

const rows: { readonly [name: string]: () => unknown } = {
  'batch of 1': () => judged(1),
  'batch of 32': () => judged(32),
  span: () => telemetry.spans.traced('clamor.judge', { 'clamor.examples': 1 }, async () => {}),
};

const times = new Map(Object.keys(rows).map((name) => [name, [] as number[]]));
for (let round = 0; round <= ROUNDS; round++) {
  for (const [name, run] of Object.entries(rows)) {
    const start = performance.now();
    for (let i = 0; i < REPEATS; i++) await run();
    if (round > 0) times.get(name)?.push((1000 * (performance.now() - start)) / REPEATS); // The first round warms up.
  }
}
telemetry.close();
console.log(`telemetry without listeners and SDK, ${MEMBERS} members, median of ${ROUNDS} rounds`);
for (const [name, measured] of times) {
  const median = measured.toSorted((a, b) => a - b)[measured.length >> 1] ?? Number.NaN;
  console.log(`${name.padEnd(12)} ${median.toFixed(2)} µs`);
}
