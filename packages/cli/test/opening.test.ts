import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { EXIT_CODES } from '../src/exit-codes.ts';
import { clamor, evaluation, folder, host, member, suite } from './host.ts';

// `valid` has the role explore, `test` the roles gate and test. The clock of the host stands at 2026-01-02.
function hostWithLog(log: string): string {
  return host({
    texts: suite(),
    'texts-buy': member('buy', 'buy'),
    'texts-win': member('win', 'win'),
    'texts-evaluation': evaluation(`evidenceLog: ${JSON.stringify(log)},`),
  });
}

async function notesOf(cwd: string, ...args: string[]): Promise<readonly string[]> {
  const { exitCode, stdout, stderr } = await clamor(['evaluate', 'texts', '--json', ...args], { cwd });
  expect([exitCode, stderr]).toEqual([EXIT_CODES.ok, expect.any(String)]);
  return (JSON.parse(stdout) as { notes: string[] }).notes;
}

describe('the opening of a split with the role test', () => {
  it('is logged once for a suite version and said in the report', async () => {
    const log = join(folder(), 'evidence');
    const cwd = hostWithLog(log);
    const note = 'Opened on 2026-01-02 for this suite version; the log has openings of 1 suite version on this split.';
    expect(await notesOf(cwd, '--split', 'test')).toEqual([note]);
    const files = readdirSync(log);
    expect(files).toEqual([expect.stringMatching(/^2026-01-02T03-04-05-000Z-opening-suite-[0-9a-f]{8}\.json$/)]);
    expect(JSON.parse(readFileSync(join(log, files[0]!), 'utf8'))).toMatchObject({
      kind: 'opening',
      dataset: 'texts@1',
      split: 'test',
      who: 'tester',
      when: '2026-01-02T03:04:05.000Z',
      members: [],
      outcome: { examples: 5, positiveLabels: 4, truePositives: 3, falsePositives: 0, precision: 1, recall: 0.75 },
    });
    expect(await notesOf(cwd, '--split', 'test')).toEqual([note]);
    expect(readdirSync(log)).toEqual(files);
  });

  it('is another one for another suite version, and both are counted', async () => {
    const log = folder();
    const cwd = hostWithLog(log);
    await notesOf(cwd, '--split', 'test');
    const [note] = await notesOf(cwd, '--split', 'test', '--exclude', 'texts-win');
    expect(note).toContain('the log has openings of 2 suite versions on this split.');
    expect(readdirSync(log)).toHaveLength(2);
  });

  it('is not logged for a split with other roles', async () => {
    const log = folder();
    expect(await notesOf(hostWithLog(log), '--split', 'valid')).toEqual([]);
    expect(readdirSync(log)).toEqual([]);
  });

  it('prints no figure when it cannot be logged, or the log is broken', async () => {
    const file = join(folder({ log: 'a file' }), 'log');
    const broken = folder();
    writeFileSync(join(broken, 'x.json'), '{}');
    for (const [log, code] of [
      [file, 'STORE_LOG_UNUSABLE'],
      [broken, 'STORE_QUERY_INVALID'],
    ] as const) {
      const { exitCode, stdout, stderr } = await clamor(['evaluate', 'texts', '--split', 'test'], {
        cwd: hostWithLog(log),
      });
      expect([exitCode, stdout]).toEqual([EXIT_CODES.data, '']);
      expect(stderr).toContain(`[${code}]`);
    }
  });
});
