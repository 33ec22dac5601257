import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { readColumns } from '@clamor/store';
import { describe, expect, it } from 'vitest';

import { clamor, evaluation, type Files, host, member, suite } from './host.ts';

const packages: { [name: string]: Files } = {
  texts: suite(),
  'texts-buy': member('buy', 'buy'),
  'texts-win': member('win', 'win', { marker: { mode: 'shadow' } }),
  'texts-evaluation': evaluation(),
};

describe('clamor score', () => {
  it('scores every member on the splits, those in shadow too, and keeps what it has', async () => {
    const cwd = host(packages);
    const { exitCode, stdout, stderr } = await clamor(['score', 'texts', '--split', 'valid', '--split', 'test'], {
      cwd,
    });
    expect([exitCode, stderr]).toEqual([0, 'columns of valid: scored buy, win\ncolumns of test: scored buy, win\n']);
    expect(stdout.split('\n')).toEqual([
      'member  version  split  scored  abstained  failed  unreadable',
      'buy     0.1.0    valid       2          0       0           0',
      'win     0.1.0    valid       2          0       0           0',
      'buy     0.1.0    test        5          0       0           1',
      'win     0.1.0    test        5          0       0           1',
      '',
    ]);
    const again = await clamor(['evaluate', 'texts', '--split', 'test'], { cwd });
    expect(again.stderr).toBe('columns of test: cached buy\n');
  });

  it('writes columns that can be shipped, of the members that are named', async () => {
    const cwd = host(packages);
    const args = ['score', '--split', 'test', '--member', 'texts-win', '--out', 'shipped', '--json'];
    const { exitCode, stdout } = await clamor(args, { cwd });
    expect(exitCode).toBe(0);
    const folder = join(cwd, 'shipped/test');
    expect(JSON.parse(stdout)).toEqual({
      columns: [
        {
          member: 'win',
          version: '0.1.0',
          split: 'test',
          scored: 5,
          abstained: 0,
          failed: 0,
          unreadable: 1,
          file: join(folder, 'win.json'),
        },
      ],
    });
    expect(readdirSync(folder)).toEqual(['win.json', 'win.parquet']);
    const [stored] = await readColumns(folder);
    expect(stored!.ids).toEqual(['e', 'f', 'g', 'h', 'i', 'j']);
    expect([...stored!.column.scores]).toEqual([0, 2, 0, 1, Number.NaN, 0]);
  });

  it('ships nothing of a member that fails, and says so with its exit code', async () => {
    const shy = member('shy', 'shy', {
      score: '({ text }) => { if (text === "lunch") throw new Error("no"); return 0; }',
    });
    const cwd = host({ ...packages, 'texts-shy': shy });
    const args = ['score', 'texts', '--split', 'test', '--member', 'shy', '--out', 'shipped', '--json'];
    const { exitCode, stdout } = await clamor(args, { cwd });
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([69, { columns: [{ member: 'shy', failed: 1, file: null }] }]);
  });

  it('takes only members on encoders when it is told so, and there may be none', async () => {
    const { exitCode, stdout } = await clamor(['score', 'texts', '--split', 'test', '--on-encoders'], {
      cwd: host(packages),
    });
    expect([exitCode, stdout]).toEqual([0, 'No member is to be scored.\n']);
  });

  it('wants a split that there is, and members that there are', async () => {
    const cwd = host(packages);
    const codes = [];
    for (const args of [[], ['--split', 'tset'], ['--split', 'test', '--member', 'lose']]) {
      const { exitCode, stderr } = await clamor(['score', 'texts', ...args], { cwd });
      codes.push([exitCode, /\[(\w+)\]/.exec(stderr)?.[1]]);
    }
    expect(codes).toEqual([
      [64, 'CLI_USAGE'],
      [64, 'STORE_SPLIT_UNKNOWN'],
      [64, 'CLI_MEMBER_UNKNOWN'],
    ]);
  });
});
