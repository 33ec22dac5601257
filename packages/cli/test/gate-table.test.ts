import { describe, expect, it } from 'vitest';

import { clamor, folder } from './host.ts';

const RULES = ['--loss-budget', '0.005', '--unique-precision-floor', '0.9'];

/** A table of members `others` and `mine`: rows of a label and their judgements, each so many times. */
function table(...rows: readonly (readonly [row: string, count: number])[]): string {
  return `label,others,mine\n${rows.flatMap(([row, count]) => Array.from({ length: count }, () => row)).join('\n')}\n`;
}

/** The flagship case: unique positives beside others at `others` true and false ones. */
const beside = (mine: readonly [number, number], others: readonly [number, number]): string =>
  table(['1,1,0', others[0]], ['0,1,0', others[1]], ['1,0,1', mine[0]], ['0,0,1', mine[1]], ['0,0,0', 9]);

describe('clamor gate --table', () => {
  it.each([
    ['8/0 beside 534/8', beside([8, 0], [534, 8]), 'pass', 0],
    ['17/4 beside 517/4', beside([17, 4], [517, 4]), 'fail', 1],
    ['3/0 beside 534/8', beside([3, 0], [534, 8]), 'inconclusive', 2],
    ['nothing of its own', beside([0, 0], [534, 8]), 'no effect', 3],
  ])('decides %s', async (_, csv, decision, code) => {
    const cwd = folder({ 't.csv': csv });
    const { exitCode, stdout } = await clamor(['gate', 'mine', '--table', 't.csv', '--json', ...RULES], { cwd });
    expect([exitCode, (JSON.parse(stdout) as { result: { decision: string } }).result.decision]).toEqual([
      code,
      decision,
    ]);
  });

  it('takes confidences and clusters', async () => {
    const cwd = folder({ 't.csv': beside([3, 0], [534, 8]), 'c.csv': 'label,copy,others,mine\n1,a,1,0\n1,b,0,1\n' });
    const sure = ['--harm-confidence', '0.6', '--merit-confidence', '0.55'];
    expect((await clamor(['gate', 'mine', '--table', 't.csv', ...RULES, ...sure], { cwd })).exitCode).toBe(0);
    const clustered = await clamor(['gate', 'mine', '--table', 'c.csv', '--cluster', 'copy', ...RULES], { cwd });
    expect(clustered.exitCode).toBe(2);
    const none = await clamor(['gate', 'mine', '--table', 't.csv', '--cluster', 'copy', ...RULES], { cwd });
    expect([none.exitCode, none.stderr]).toEqual([65, expect.stringContaining('[STORE_COLUMN_MISSING]')]);
  });

  it.each([
    ['a label of 2', 'label,a,b\n1,1,0\n2,1,0\n', 'STORE_LABEL_INVALID', 65],
    ['a negative weight', 'label,weight,a,b\n1,-1,1,0\n', 'STORE_WEIGHT_INVALID', 65],
    ['a weight of NaN', 'label,weight,a,b\n1,nan,1,0\n', 'STORE_WEIGHT_INVALID', 65],
    ['a member twice', 'label,a,a\n1,1,0\n', 'STORE_COLUMN_NAME_INVALID', 65],
    ['a row that is too short', 'label,a,b\n1,1,0\n1\n', 'CLI_TABLE_INCOMPLETE', 65],
    ['no example', 'label,a,b\n', 'STORE_FILE_EMPTY', 65],
    ['no such member', 'label,b,c\n1,1,0\n', 'CLI_MEMBER_UNKNOWN', 64],
  ])('refuses %s', async (_, csv, code, exit) => {
    const cwd = folder({ 't.csv': csv });
    const { exitCode, stdout, stderr } = await clamor(['gate', 'a', '--table', 't.csv', ...RULES], { cwd });
    expect([exitCode, stdout, stderr]).toEqual([exit, '', expect.stringContaining(`[${code}]`)]);
  });

  it('says null, never 0 or NaN, where there is no positive label', async () => {
    const cwd = folder({ 't.csv': 'label,a,b\n0,0,0\n,1,0\n0,0,0\n' });
    const { exitCode, stdout } = await clamor(['gate', 'a', '--table', 't.csv', '--json', ...RULES], { cwd });
    const { result } = JSON.parse(stdout) as { result: { merit: object; after: object } };
    expect([exitCode, stdout.includes('NaN')]).toEqual([2, false]);
    expect(result.merit).toMatchObject({ probability: null, result: 'none' });
    expect(result.after).toMatchObject({ precision: null, recall: null });
  });

  it('wants the rules with a table, and no option of a suite', async () => {
    const cwd = folder({ 't.csv': 'label,a,b\n1,1,0\n' });
    const without = await clamor(['gate', 'a', '--table', 't.csv'], { cwd });
    expect([without.exitCode, without.stderr]).toEqual([64, expect.stringContaining('--loss-budget')]);
    const both = await clamor(['gate', 'a', '--table', 't.csv', '--split', 'x', '--accept', ...RULES], { cwd });
    expect([both.exitCode, both.stderr]).toEqual([64, expect.stringContaining('--split, --accept')]);
    const suite = await clamor(['gate', 'a', '--harm-confidence', '0.8'], { cwd });
    expect([suite.exitCode, suite.stderr]).toEqual([64, expect.stringContaining('--harm-confidence')]);
  });
});

/** 100 texts, 60 of them positive, 40 of these found by the others. */
const keyed = (mine: (i: number) => string): string[] =>
  Array.from({ length: 100 }, (_, i) => `k${i},${i < 60 ? 1 : 0},${i < 40 ? 1 : 0},${mine(i)}`);

const ask = (cwd: string, ...args: string[]): ReturnType<typeof clamor> =>
  clamor(['gate', 'mine', '--table', 'new.csv', '--against', 'old.csv', ...RULES, ...args], { cwd });

describe('clamor gate --table --against', () => {
  const header = 'key,label,others,mine\n';
  // 20 texts are found by mine alone; the older version finds 12 of these, and one that is none.
  const before = keyed((i) => ((i >= 40 && i < 52) || i === 60 ? '1' : '0'));
  const after = keyed((i) => (i >= 40 && i < 60 ? '1' : '0'));
  const csv = (rows: readonly string[]): string => `${header}${rows.join('\n')}\n`;

  it('compares two versions by what is kept, gained and lost, rows matched by key', async () => {
    const cwd = folder({ 'new.csv': csv(after), 'old.csv': csv(before.toReversed()) });
    const { exitCode, stdout } = await ask(cwd, '--json');
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([
      0,
      {
        kind: 'change',
        against: 'old.csv',
        result: {
          decision: 'pass',
          regions: {
            kept: { truePositives: 52, falsePositives: 0 },
            gained: { truePositives: 8, falsePositives: 0 },
            lost: { truePositives: 0, falsePositives: 1 },
          },
        },
      },
    ]);
  });

  it('matches rows by place where neither table has keys', async () => {
    const cwd = folder({ 'new.csv': 'label,o,mine\n1,0,1\n0,0,0\n', 'old.csv': 'label,o,mine\n1,0,1\n0,0,0\n' });
    expect((await ask(cwd)).exitCode).toBe(3);
  });

  it.each([
    ['a key that is another', csv(before).replace('k7,', 'x7,'), 'CLI_TABLES_DIFFER'],
    ['a row less', csv(before.slice(1)), 'CLI_TABLES_DIFFER'],
    ['no keys', csv(before).replaceAll(/^(k\d+|key),/gm, ''), 'CLI_TABLES_DIFFER'],
    ['another label', csv(before).replace('k7,1', 'k7,0'), 'CLI_TABLES_DIFFER'],
    ['another judgement of the others', csv(before).replace('k7,1,1', 'k7,1,0'), 'EVAL_TABLES_DIFFER'],
  ])('refuses an older table with %s', async (_, old, code) => {
    const { exitCode, stdout, stderr } = await ask(folder({ 'new.csv': csv(after), 'old.csv': old }));
    expect([exitCode, stdout, stderr]).toEqual([65, '', expect.stringContaining(`[${code}]`)]);
  });

  it('takes one member, and no threshold', async () => {
    const cwd = folder({ 'new.csv': csv(after), 'old.csv': csv(before) });
    expect((await ask(cwd, 'others')).exitCode).toBe(64);
    expect((await ask(cwd, '--against-threshold', '1')).stderr).toContain('--against-threshold');
  });
});
