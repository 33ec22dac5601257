import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { idSetRecord, readColumns, type Split } from '@clamor/store';
import { describe, expect, it } from 'vitest';

import { clamor, evaluation, type Files, git, host, member, repository, suite, writeFiles } from './host.ts';

const packages: { [name: string]: Files } = {
  texts: suite(),
  'texts-buy': member('buy', 'buy'),
  'texts-win': member('win', 'win', { marker: { mode: 'shadow' } }),
  'texts-evaluation': evaluation(),
};

/** As the fixture has it. */
const VALID: Split = { name: 'valid', roles: ['explore'], ids: ['c', 'd'], description: '' };
/** A member that cannot be loaded. */
const BAD = {
  name: 'texts-bad',
  version: '0.1.0',
  type: 'module',
  exports: './index.js',
  clamor: { kind: 'classifier', suite: 'texts', contract: 1, owner: 'bad-team' },
};
const LOG = `evidenceLog: new URL('./log', import.meta.url).pathname,`;

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

  it('scores on every split that a member may be measured on: not to fit, and not on what it was fitted on', async () => {
    const fit = { data: 'texts@1', seed: 0, weights: idSetRecord([VALID]), threshold: idSetRecord([]) };
    const cwd = host({ ...packages, 'texts-fitted': member('fitted', 'buy', { record: { fit } }) });
    const { exitCode, stderr } = await clamor(['score', 'texts'], { cwd });
    expect([exitCode, stderr]).toEqual([
      0,
      'columns of valid: scored buy, win\ncolumns of test: scored buy, fitted, win\n',
    ]);
  });

  it('says so when there is nothing to measure on, and that is no error', async () => {
    const ids = ['c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
    const all: Split = { name: 'valid', roles: ['explore'], ids, description: '' };
    const fit = { data: 'texts@1', seed: 0, weights: idSetRecord([all]), threshold: idSetRecord([]) };
    const none = evaluation(
      `splits: [split('valid', ['explore'], ${JSON.stringify(ids)}), split('test', ['gate'], [])],`,
    );
    const cwd = host({ ...packages, 'texts-buy': member('buy', 'buy', { record: { fit } }), 'texts-evaluation': none });
    const { exitCode, stdout } = await clamor(['score', 'texts', '--member', 'buy'], { cwd });
    expect([exitCode, stdout]).toEqual([0, 'No split has examples that buy may be measured on.\n']);
  });

  it('loads nobody else when members are named, but those without whom the suite is not whole', async () => {
    const cwd = host({ ...packages, texts: suite({ required: ['texts-win'] }), 'texts-bad': { 'package.json': BAD } });
    const { exitCode, stderr } = await clamor(['score', 'texts', '--member', 'buy', '--strict'], { cwd });
    expect([exitCode, stderr]).toEqual([0, 'columns of valid: scored buy\ncolumns of test: scored buy\n']);
  });

  it('writes where other commands look, too, and keeps that out of git', async () => {
    const cwd = repository({ ...packages, 'texts-evaluation': evaluation(LOG) });
    const args = ['score', 'texts', '--member', 'buy', '--out', '.clamor/columns/texts'];
    expect((await clamor(args, { cwd })).exitCode).toBe(0);
    expect(readdirSync(join(cwd, '.clamor/columns/texts/test'))).toEqual(['buy.json', 'buy.parquet']);
    expect(git(cwd, 'status', '--porcelain')).toBe('');
    // As a task runner leaves it, which keeps the files of a member and no others.
    for (const path of ['cache', 'columns/.gitignore']) rmSync(join(cwd, '.clamor', path), { recursive: true });
    const gate = await clamor(['gate', 'win', '--json'], { cwd });
    expect(gate.stderr).toBe('columns of test: cached buy; scored win\n');
    expect(git(cwd, 'status', '--porcelain', '.clamor')).toBe('');
  });

  it('does not use what it wrote before a member has changed, and writes it anew', async () => {
    const cwd = host(packages);
    const args = ['score', 'texts', '--split', 'test', '--member', 'buy', '--out', '.clamor/columns/texts'];
    await clamor(args, { cwd });
    rmSync(join(cwd, '.clamor/cache'), { recursive: true });
    writeFiles(join(cwd, 'node_modules/texts-buy'), member('buy', 'lunch'));
    expect((await clamor(args, { cwd })).stderr).toMatch(/^columns of test: scored buy\n/);
    rmSync(join(cwd, '.clamor/cache'), { recursive: true });
    expect((await clamor(args, { cwd })).stderr).toMatch(/^columns of test: cached buy\n/);
  });

  it('wants a split that there is, and members that there are', async () => {
    const cwd = host(packages);
    const codes = [];
    for (const args of [
      ['--split', 'tset'],
      ['--split', 'test', '--member', 'lose'],
    ]) {
      const { exitCode, stderr } = await clamor(['score', 'texts', ...args], { cwd });
      codes.push([exitCode, /\[(\w+)\]/.exec(stderr)?.[1]]);
    }
    expect(codes).toEqual([
      [64, 'STORE_SPLIT_UNKNOWN'],
      [64, 'CLI_MEMBER_UNKNOWN'],
    ]);
  });
});
