import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { run } from '../src/run.ts';
import { clamor, host, member, suite, writeFiles } from './host.ts';

const buyAndWin = (policy: object = {}): string =>
  host({ texts: suite(policy), 'texts-buy': member('buy', 'buy'), 'texts-win': member('win', 'win') });

const jsonLines = (text: string): { [name: string]: unknown }[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { [name: string]: unknown });

/** Some lines, and then nothing for ever. */
async function* slow(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('"buy"\n'.repeat(200));
  await new Promise(() => {});
}

describe('clamor judge', () => {
  it('prints a line per verdict and a summary', async () => {
    const cwd = buyAndWin();
    writeFiles(cwd, { 'a.jsonl': '{"key":"one","text":"buy buy"}\n{"key":"two","text":"lunch"}\n"win"\n' });
    const { exitCode, stdout, stderr } = await clamor(['judge', 'a.jsonl'], { cwd });
    expect(stdout.split('\n')).toEqual([
      'positive      one  buy 2 ≥ 1',
      'negative      two',
      'positive      a.jsonl:3  win 1 ≥ 1',
      '',
      '3 judged: 2 positive, 1 negative, 0 undetermined; 0 unreadable; 0 degraded',
      '',
    ]);
    expect([exitCode, stderr]).toEqual([0, '']);
  });

  it('prints JSON lines, the summary last', async () => {
    const cwd = buyAndWin();
    writeFiles(cwd, { 'a.csv': 'id,text\n1,buy\n2,\n' });
    const { exitCode, stdout } = await clamor(['judge', '--json', 'a.csv'], { cwd });
    const lines = jsonLines(stdout);
    expect(lines.map(({ key, outcome, summary }) => [key, outcome, summary])).toEqual([
      ['1', 'positive', undefined],
      ['2', 'undetermined', undefined],
      [
        undefined,
        undefined,
        { judged: 1, positive: 1, negative: 0, undetermined: 0, unreadable: 1, degraded: 0, stopped: false },
      ],
    ]);
    expect(lines[1]!['error']).toMatchObject({ code: 'EXAMPLE_INVALID' });
    expect(exitCode).toBe(65);
  });

  it("reads the suite's own formats, one file or several examples in one", async () => {
    const cwd = buyAndWin();
    writeFiles(cwd, { 'one.txts': 'buy\n', 'two.TXTS': 'lunch\nwin\n' });
    const { stdout } = await clamor(['judge', 'one.txts', 'two.TXTS'], { cwd });
    expect(stdout).toContain('positive      one.txts  buy');
    expect(stdout).toContain('negative      two.TXTS:1\n');
    expect(stdout).toContain('positive      two.TXTS:2  win');
  });

  it('judges the rest when a file is missing, empty, of no known format, cut in half or a folder', async () => {
    const cwd = buyAndWin();
    const parquet = readFileSync(join(import.meta.dirname, 'fixtures', 'texts.parquet'));
    writeFiles(cwd, {
      'empty.csv': '',
      'no-rows.csv': 'text\n',
      'half.parquet': parquet.subarray(0, parquet.length / 2),
      'x.bin': 'x',
      'dir.txts/x': '',
      'whole.parquet': parquet,
    });
    const files = ['none.csv', 'empty.csv', 'no-rows.csv', 'half.parquet', 'x.bin', 'dir.txts', 'whole.parquet'];
    const { exitCode, stdout } = await clamor(['judge', ...files], { cwd });
    for (const [file, code] of [
      ['none.csv', 'STORE_FILE_MISSING'],
      ['empty.csv', 'STORE_FILE_EMPTY'],
      ['no-rows.csv', 'CLI_INPUT_EMPTY'],
      ['half.parquet', 'STORE_PARQUET_INVALID'],
      ['x.bin', 'CLI_FORMAT_UNKNOWN'],
      ['dir.txts', 'CLI_INPUT_UNREADABLE'],
    ]) {
      expect(stdout).toContain(`unreadable    ${file}  [${code}]`);
    }
    expect(stdout).toContain('2 judged: 1 positive, 1 negative, 0 undetermined; 6 unreadable; 0 degraded');
    expect(exitCode).toBe(65);
  });

  it('counts rows with NUL bytes, bytes that are not UTF-8 and broken JSON among good ones', async () => {
    const cwd = buyAndWin();
    const bad = Buffer.concat([
      Buffer.from('{"text":"buy"}\n{"text":\n"a'),
      Buffer.from([0xff, 0]),
      Buffer.from('"\n"win"\n'),
    ]);
    writeFiles(cwd, { 'a.jsonl': bad });
    const { stdout } = await clamor(['judge', 'a.jsonl'], { cwd });
    expect(stdout).toContain('unreadable    a.jsonl:2  [STORE_LINE_INVALID]');
    expect(stdout).toContain('unreadable    a.jsonl:3  [STORE_LINE_INVALID]');
    expect(stdout).toContain('2 judged: 2 positive');
  });

  it.each([
    ['jsonl', '"buy"\n"lunch"\n'],
    ['csv', 'text\nbuy\nlunch\n'],
    ['txts', 'buy\nlunch\n'],
    ['parquet', readFileSync(join(import.meta.dirname, 'fixtures', 'texts.parquet'))],
  ])('reads %s from stdin', async (format, stdin) => {
    const { exitCode, stdout } = await clamor(['judge', '-', '--format', format], { cwd: buyAndWin(), stdin });
    expect(stdout).toContain('2 judged: 1 positive, 1 negative');
    expect(exitCode).toBe(0);
  });

  it('wants a format for stdin, and one that exists', async () => {
    const cwd = buyAndWin();
    const none = await clamor(['judge', '-'], { cwd });
    expect([none.exitCode, none.stderr]).toEqual([64, expect.stringContaining('[CLI_USAGE]')]);
    const unknown = await clamor(['judge', 'a', '--format', 'xml'], { cwd });
    expect([unknown.exitCode, unknown.stderr]).toEqual([64, expect.stringContaining('jsonl, csv, parquet, txts')]);
  });

  it('goes on when a member is broken, says so loudly, and the others say what they said before', async () => {
    const packages = { texts: suite(), 'texts-buy': member('buy', 'buy') };
    const broken = member('broken', 'x', { score: '(() => { throw new Error("broken \\u001b[2J"); })()' });
    const line = { 'a.jsonl': '{"key":"k","text":"buy"}\n{"key":"l","text":"x"}\n' };
    const sound = host(packages);
    const faulty = host({ ...packages, 'texts-broken': broken });
    writeFiles(sound, line);
    writeFiles(faulty, line);
    const before = await clamor(['judge', 'a.jsonl'], { cwd: sound });
    const after = await clamor(['judge', 'a.jsonl'], { cwd: faulty });
    expect(after.stdout).toContain('positive      k  buy 1 ≥ 1 · failed: broken [MEMBER_IMPORT_FAILED]');
    expect(after.stdout).toContain('negative      l  failed: broken [MEMBER_IMPORT_FAILED]');
    expect(before.stdout).toContain('negative      l\n');
    expect(after.stdout).toContain('2 degraded');
    expect(after.stderr).toContain('texts-broken 0.1.0 [MEMBER_IMPORT_FAILED]');
    expect(after.stderr).not.toContain('\u001b');
    const strict = await clamor(['judge', '--strict', 'a.jsonl'], { cwd: faulty });
    expect([strict.exitCode, strict.stdout]).toEqual([69, '']);
    const excluded = await clamor(['judge', '--exclude', 'texts-broken', 'a.jsonl'], { cwd: faulty });
    expect([excluded.exitCode, excluded.stdout, excluded.stderr]).toEqual([0, before.stdout, '']);
  });

  it('says undetermined when a required member failed', async () => {
    const broken = member('broken', 'x', { score: '() => { throw new Error("no"); }' });
    const cwd = host({
      texts: suite({ required: ['texts-broken'] }),
      'texts-buy': member('buy', 'buy'),
      'texts-broken': broken,
    });
    writeFiles(cwd, { 'a.jsonl': '"buy"\n"lunch"\n' });
    const { stdout } = await clamor(['judge', 'a.jsonl'], { cwd });
    expect(stdout).toContain('2 judged: 1 positive, 0 negative, 1 undetermined; 0 unreadable; 2 degraded');
  });

  it('strips what could steer a terminal from keys', async () => {
    const cwd = buyAndWin();
    writeFiles(cwd, { 'a.jsonl': `{"key":"a\\u001b[2J\\u009b1m\\u202e\\nb","text":"lunch"}\n` });
    const { stdout } = await clamor(['judge', 'a.jsonl'], { cwd });
    expect(stdout.split('\n')[0]).toBe('negative      a\ufffd[2J\ufffd1m\ufffd b');
  });

  it('stops at once when interrupted, sums up what was done, and leaves nothing open', async () => {
    const cwd = buyAndWin();
    const controller = new AbortController();
    let stdout = '';
    const exitCode = await run(['judge', '-', '--format', 'jsonl'], {
      stdin: slow(),
      stdout: {
        isTty: false,
        write: (text) => {
          stdout += text;
          controller.abort('interrupted');
        },
      },
      stderr: { isTty: false, write: () => {} },
      cwd,
      signal: controller.signal,
      width: null,
      colour: false,
      user: 'tester',
      now: () => new Date('2026-01-02T03:04:05.000Z'),
    });
    expect(exitCode).toBe(130);
    expect(stdout).toMatch(/\nStopped early\. \d+ judged: /);
  });

  it('says which suites there are when the one asked for is not installed', async () => {
    const { exitCode, stderr } = await clamor(['judge', '--suite', 'fraud', 'a.jsonl'], { cwd: buyAndWin() });
    expect([exitCode, stderr]).toEqual([69, expect.stringContaining('suites found: texts')]);
  });
});
