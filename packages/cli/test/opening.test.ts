import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { EXIT_CODES } from '../src/exit-codes.ts';
import { gatePackages } from './gate-host.ts';
import { clamor, evaluation, folder, git, host, member, suite } from './host.ts';

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
    git(cwd, 'init', '--quiet');
    git(cwd, 'config', 'user.name', 'ada');
    const note = 'Opened on 2026-01-02 for this suite version; the log has openings of 1 suite version on this split.';
    expect(await notesOf(cwd, '--split', 'test')).toEqual([note]);
    const files = readdirSync(log);
    expect(files).toEqual([expect.stringMatching(/^2026-01-02T03-04-05-000Z-opening-suite-[0-9a-f]{8}\.json$/)]);
    expect(JSON.parse(readFileSync(join(log, files[0]!), 'utf8'))).toMatchObject({
      kind: 'opening',
      dataset: 'texts@1',
      split: 'test',
      who: 'ada',
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

describe('a look at a split that only gates', () => {
  it('is logged each time, rounded, and counted among no decisions', async () => {
    const cwd = host(gatePackages('win'));
    const log = join(cwd, 'node_modules/texts-evaluation/log');
    await clamor(['gate', 'win', '--split', 'held'], { cwd });
    const notes = await notesOf(cwd, '--split', 'held');
    expect(notes).toEqual([expect.stringContaining('Asked of it so far: 1, about different candidates: 1.')]);
    expect(await notesOf(cwd, '--split', 'held')).toEqual(notes);
    const looks = readdirSync(log).filter((file) => file.includes('-evaluate-suite-'));
    // buy and win find 546 of 560 positives with 8 false ones: 98.6 % and 97.5 %. The clock stands still, so does the file.
    expect(looks).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(log, looks[0]!), 'utf8'))).toMatchObject({
      kind: 'evaluate',
      split: 'held',
      members: [],
      outcome: { precision: 0.99, recall: 0.98 },
    });
  });

  it('is not logged where examples may be read', async () => {
    const cwd = host(gatePackages());
    await notesOf(cwd, '--split', 'open');
    expect(existsSync(join(cwd, 'node_modules/texts-evaluation/log'))).toBe(false);
  });

  it('is refused without a log', async () => {
    const files = evaluation();
    const gateOnly = (files['index.js'] as string).replace("['gate', 'test']", "['gate']");
    const cwd = host({
      texts: suite(),
      'texts-buy': member('buy', 'buy'),
      'texts-evaluation': { ...files, 'index.js': gateOnly },
    });
    const { exitCode, stdout, stderr } = await clamor(['evaluate', 'texts', '--split', 'test'], { cwd });
    expect([exitCode, stdout]).toEqual([EXIT_CODES.suite, '']);
    expect(stderr).toContain('[CLI_EVIDENCE_LOG_MISSING]');
  });
});
