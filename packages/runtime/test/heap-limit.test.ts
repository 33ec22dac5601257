import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { contains, createHost, memberPackage, suitePackage } from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

const LEAKS =
  '() => ({ score: () => { for (const all = []; ; ) all.push(Array.from({ length: 1e4 }, () => ({}))); }, close() {} })';

/** In a process of its own: what is tested is that it does not die. */
const program = (from: string): string => `
  const { loadSuite } = await import(${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)});
  const suite = await loadSuite({ from: ${JSON.stringify(from)}, workers: 2, heapLimitMb: 256, deadlineMs: 60_000, breaker: { failures: 99 } });
  const answers = [];
  for (let round = 0; round < 3; round++) {
    const calls = [0, 1].map((i) => suite.judge([{ key: round + '-' + i, input: 'cash' }]));
    answers.push(...(await Promise.all(calls)).flat());
  }
  await suite.close();
  console.log(JSON.stringify(answers.map(({ outcome, degraded }) => [outcome, degraded[0]?.reason.code])));`;

describe('members that fill the heaps of two workers at once', () => {
  it('end their workers and never the process', { tags: ['slow'] }, async () => {
    const packages = {
      'texts-cash': memberPackage('texts-cash', contains('cash')),
      'texts-leaks': memberPackage('texts-leaks', LEAKS),
    };
    const host = createHost({ texts: suitePackage(), ...packages });
    cleanups.push(() => host.remove());
    const options = ['--conditions=@clamor/source', '--input-type=module', '--eval', program(host.dir)];
    const { stdout } = await promisify(execFile)(process.execPath, options);
    const answers = JSON.parse(stdout) as [outcome: string, code: string][];
    expect(answers.map(([outcome]) => outcome)).toEqual(Array.from({ length: 6 }, () => 'positive'));
    // Who costs three workers in a row rests.
    expect(new Set(answers.map(([, code]) => code))).toEqual(new Set(['MEMBER_CRASHED', 'MEMBER_STOPPED']));
  });
});
