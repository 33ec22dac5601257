import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningSuite, type Verdict, loadSuite } from '../src/index.ts';
import { type HostFixture, contains, createHost, memberPackage, suitePackage } from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const EXITS = `() => ({
  score: (examples) => { if (examples.some(({ text }) => text === 'exit')) process.exit(1); return column(examples, () => 0); },
  close() {},
})`;

function host(): HostFixture {
  const created = createHost({
    texts: suitePackage(),
    'texts-cash': memberPackage('texts-cash', contains('cash')),
    'texts-exits': memberPackage('texts-exits', EXITS),
    'texts-pills': memberPackage('texts-pills', contains('pills')),
  });
  cleanups.push(() => created.remove());
  return created;
}

async function load(from: string, deadlineMs = 2000): Promise<RunningSuite> {
  // The member that ends its workers must go on doing so: its breaker would put an end to it.
  const suite = await loadSuite({ from, workers: 1, onFault: 'degrade', deadlineMs, breaker: { failures: 1000 } });
  cleanups.push(() => suite.close());
  return suite;
}

/** What npm does to the code of a package while the suite runs. */
function replace(dir: string, file: string, from: string, to: string): void {
  const path = join(dir, 'node_modules', file);
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to));
}

/** Ends workers until every one of them came after the replacement: at least one judgement more than there are workers. */
async function judgeByNewWorkers(suite: RunningSuite, input: string): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (let i = 0; i < 6; i++) {
    await suite.judge([{ key: 'exit', input: 'exit' }]);
    verdicts.push(...(await suite.judge([{ key: `k${i}`, input }])));
  }
  return verdicts;
}

describe('files that are replaced beside a running suite', { tags: ['slow'] }, () => {
  it('are not loaded by new workers: the member fails, the others judge, and a reload takes the new ones', async () => {
    const { dir } = host();
    const suite = await load(dir);
    const { suiteVersion } = suite;
    replace(dir, 'texts-cash/index.js', "'cash'", "'money'");
    const verdicts = await judgeByNewWorkers(suite, 'money for pills');
    for (const verdict of verdicts) {
      expect(verdict.suiteVersion).toBe(suiteVersion);
      expect(verdict.positives.map(({ member }) => member)).toEqual(['pills']);
    }
    const reasons = verdicts.flatMap(({ degraded }) => degraded).filter(({ member }) => member === 'cash');
    expect(new Set(reasons.map(({ reason }) => reason.code))).toEqual(new Set(['MEMBER_CONTENT_CHANGED']));
    await suite.reload();
    const [after] = await suite.judge([{ key: 'k', input: 'money' }]);
    expect(after?.suiteVersion).not.toBe(suiteVersion);
    expect(after?.positives.map(({ member }) => member)).toEqual(['cash']);
  });

  it('are not passed off under an old suite version when they are those of the suite: examples are parsed as before, or not', async () => {
    const { dir } = host();
    // When every worker came later, nobody is left to parse, and the calls run into this deadline.
    const suite = await load(dir, 300);
    replace(dir, 'texts/index.js', 'text: value', "text: 'cash'");
    for (const verdict of await judgeByNewWorkers(suite, 'lunch')) expect(verdict.positives).toEqual([]);
    await suite.reload();
    const { columns } = await suite.score([{ key: 'k', input: 'lunch' }]);
    expect(columns.get('cash')?.scores).toEqual(Float32Array.of(2));
  });
});
