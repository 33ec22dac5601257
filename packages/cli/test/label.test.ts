import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { EXIT_CODES } from '../src/exit-codes.ts';
import { clamor, evaluation, folder, host, member, suite, writeFiles } from './host.ts';

interface Labelled {
  readonly kind: string;
  readonly result: {
    readonly strata: { readonly name: string; readonly examples: number; readonly labels: number }[];
    readonly keys: string[];
    readonly estimates:
      { readonly kind: string; readonly member: string | null; readonly value: number | null }[] | null;
  };
}

interface Row {
  /** As it stands in the file. */
  readonly line: string;
  readonly stratum: string;
  readonly probability: number;
  readonly weight: number;
}

/** 100 examples without a label: a alone is positive on 20, both on 10, nobody on 70. One key needs quotes. */
const JUDGEMENTS = `key,label,a,b\n${Array.from({ length: 100 }, (_, i) => `${i === 0 ? '"k ""0"", x"' : `k${i}`},,${i < 30 ? 1 : 0},${i >= 20 && i < 30 ? 1 : 0}`).join('\n')}\n`;
const PLAN = ['label', '--table', 't.csv', '--budget', '20'];

async function planned(): Promise<string> {
  const cwd = folder({ 't.csv': JUDGEMENTS });
  const { exitCode, stderr } = await clamor([...PLAN, '--out', 'plan.csv'], { cwd });
  expect([exitCode, stderr]).toEqual([0, 'wrote plan.csv\n']);
  return cwd;
}

function rowsOf(cwd: string): Row[] {
  const [header, ...lines] = readFileSync(join(cwd, 'plan.csv'), 'utf8').trimEnd().split('\n');
  expect(header).toBe('key,stratum,inclusion_probability,weight,label');
  return lines.map((line) => {
    const cells = [...line.matchAll(/"((?:[^"]|"")*)"|([^,]+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
    return { line, stratum: cells[1]!, probability: Number(cells[2]), weight: Number(cells[3]) };
  });
}

/** Labels the plan: 1 where a alone is positive, else 0; `open` says which rows stay empty. */
function fill(cwd: string, open: (row: Row, place: number) => boolean = () => false): void {
  const lines = rowsOf(cwd).map((row, i, rows) => {
    const place = rows.slice(0, i).filter(({ stratum }) => stratum === row.stratum).length;
    const label = open(row, place) ? '' : row.stratum === 'only a' ? 1 : 0;
    return `${row.line}${label}`;
  });
  writeFiles(cwd, {
    'filled.csv': `key,stratum,inclusion_probability,weight,label\n${lines.join('\n')}\n`,
  });
}

describe('clamor label --table', () => {
  it('writes as many examples as the budget allows, each with what it stands for', async () => {
    const rows = rowsOf(await planned());
    expect(rows).toHaveLength(20);
    const sums = Object.entries(Object.groupBy(rows, ({ stratum }) => stratum)).map(([stratum, own]) => [
      stratum,
      own!.reduce((sum, { weight }) => sum + weight, 0),
    ]);
    // The weights of a stratum add up to the examples in it.
    expect(Object.fromEntries(sums)).toEqual({
      'only a': expect.closeTo(20, 9) as number,
      'two or more': expect.closeTo(10, 9) as number,
      'nobody, no score': expect.closeTo(70, 9) as number,
    });
    expect(rows.every(({ probability, weight }) => Math.abs(probability * weight - 1) < 1e-9)).toBe(true);
  });

  it('chooses the same examples for the same seed, and others for another', async () => {
    const cwd = folder({ 't.csv': JUDGEMENTS });
    const keys = async (seed: string): Promise<string[]> => {
      const { stdout } = await clamor([...PLAN, '--seed', seed, '--json'], { cwd });
      return (JSON.parse(stdout) as Labelled).result.keys;
    };
    expect(await keys('1')).toEqual(await keys('1'));
    expect(await keys('2')).not.toEqual(await keys('1'));
  });

  it.each([
    ['all of them', undefined],
    ['all but one per stratum', (_: Row, place: number): boolean => place === 0],
  ])('tells what the labels say, with %s', async (_, open) => {
    const cwd = await planned();
    fill(cwd, open);
    const { exitCode, stdout } = await clamor([...PLAN, '--filled', 'filled.csv', '--json'], { cwd });
    expect(exitCode).toBe(0);
    const { estimates } = (JSON.parse(stdout) as Labelled).result;
    // a's 20 unique positives are true, the 10 that both call positive are false, nothing was missed.
    expect(estimates).toMatchObject([
      { kind: 'uniquePrecision', member: 'a', value: 1 },
      { kind: 'uniquePrecision', member: 'b', value: null },
      { kind: 'suitePrecision', value: expect.closeTo(20 / 30, 9) as number },
      { kind: 'suiteRecall', value: 1 },
    ]);
    expect(stdout.includes('have no label yet')).toBe(open !== undefined);
  });

  it('is read back by evaluate, each label with its weight', async () => {
    for (const open of [undefined, (_: Row, place: number): boolean => place === 0]) {
      const cwd = await planned();
      fill(cwd, open);
      const read = ['evaluate', '--table', 't.csv', '--filled', 'filled.csv', '--json'];
      const { exitCode, stdout } = await clamor(read, { cwd });
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        suite: {
          weight: expect.closeTo(100, 6) as number,
          truePositives: expect.closeTo(20, 6) as number,
          falsePositives: expect.closeTo(10, 6) as number,
          precision: expect.closeTo(20 / 30, 9) as number,
          recall: 1,
        },
      });
    }
  });

  it('lets labels from before stand for themselves', async () => {
    // k99, which nobody calls positive, is known to be positive: one missed of 21.
    const cwd = folder({ 't.csv': JUDGEMENTS.replace('k99,,', 'k99,1,') });
    await clamor([...PLAN, '--out', 'plan.csv'], { cwd });
    fill(cwd);
    const { stdout } = await clamor(['evaluate', '--table', 't.csv', '--filled', 'filled.csv', '--json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      suite: { weight: expect.closeTo(100, 6) as number, recall: expect.closeTo(20 / 21, 9) as number },
    });
  });

  it.each([
    ['no keys', 'label,a\n,1\n', '2', 'CLI_KEYS_MISSING', EXIT_CODES.data],
    ['no example without a label', 'key,label,a\nk,1,1\n', '2', 'CLI_NOTHING_TO_LABEL', EXIT_CODES.data],
    ['only undetermined ones', 'key,label,a\nk,,failed\n', '2', 'CLI_NOTHING_TO_LABEL', EXIT_CODES.data],
    ['a budget too small', JUDGEMENTS, '5', 'EVAL_BUDGET_TOO_SMALL', EXIT_CODES.data],
    ['a member that is none', JUDGEMENTS, '20', 'EVAL_MEMBER_UNKNOWN', EXIT_CODES.data],
  ])('refuses %s', async (what, csv, budget, code, exit) => {
    const required = what === 'only undetermined ones' ? ['--required', 'a'] : [];
    const unknown = code === 'EVAL_MEMBER_UNKNOWN' ? ['--required', 'nobody'] : [];
    const args = ['label', '--table', 't.csv', '--budget', budget, ...required, ...unknown];
    const { exitCode, stdout, stderr } = await clamor(args, { cwd: folder({ 't.csv': csv }) });
    expect([exitCode, stdout, stderr]).toEqual([exit, '', expect.stringContaining(`[${code}]`)]);
  });

  it('refuses labels of other examples', async () => {
    const cwd = await planned();
    fill(cwd);
    const otherSeed = await clamor([...PLAN, '--seed', '2', '--filled', 'filled.csv'], { cwd });
    expect([otherSeed.exitCode, otherSeed.stderr]).toEqual([65, expect.stringContaining('[CLI_LABELS_MISMATCH]')]);
    writeFiles(cwd, { 'strange.csv': 'key,label\nnobody,1\n' });
    const strange = await clamor(['evaluate', '--table', 't.csv', '--filled', 'strange.csv'], { cwd });
    expect([strange.exitCode, strange.stderr]).toEqual([65, expect.stringContaining('[CLI_LABELS_MISMATCH]')]);
  });

  it('wants a budget, one of --out and --filled, and no option of a suite', async () => {
    const cwd = folder({ 't.csv': JUDGEMENTS });
    expect((await clamor(['label', '--table', 't.csv'], { cwd })).stderr).toContain('--budget');
    expect((await clamor(['label', '--table', 't.csv', '--budget', '0'], { cwd })).exitCode).toBe(64);
    expect((await clamor([...PLAN, '--out', 'x.csv', '--filled', 'y.csv'], { cwd })).exitCode).toBe(64);
    expect((await clamor([...PLAN, '--split', 'x', '--bands', '2'], { cwd })).stderr).toContain('--split, --bands');
    expect((await clamor(['label', '--slice', 'x', '--budget', '2'], { cwd })).stderr).toContain('--slice');
  });
});

describe('clamor label SUITE', () => {
  const packages = { texts: suite(), 'texts-buy': member('buy', 'buy'), 'texts-win': member('win', 'win') };
  const unlabelled = evaluation()['index.js'] as string;
  const leaf = { ...evaluation(), 'index.js': unlabelled.replace('label: texts[id][1]', 'label: null') };

  it('plans for the first split that may be read, and takes its labels', async () => {
    const cwd = host({ ...packages, 'texts-evaluation': leaf });
    const plan = ['label', '--budget', '2'];
    expect((await clamor([...plan, '--out', 'plan.csv'], { cwd })).exitCode).toBe(0);
    // Of `valid`, buy finds c and win finds d: one example per stratum, so both are asked for.
    expect(readFileSync(join(cwd, 'plan.csv'), 'utf8')).toBe(
      'key,stratum,inclusion_probability,weight,label\nc,only buy,1,1,\nd,only win,1,1,\n',
    );
    writeFiles(cwd, { 'filled.csv': 'key,stratum,weight,label\nc,only buy,1,1\nd,only win,1,0\n' });
    const { stdout } = await clamor([...plan, '--filled', 'filled.csv', '--json'], { cwd });
    expect((JSON.parse(stdout) as Labelled).result.estimates).toMatchObject([
      { member: 'buy', value: 1 },
      { member: 'win', value: 0 },
      { kind: 'suitePrecision', value: 0.5 },
      { kind: 'suiteRecall', value: 1 },
    ]);
  });

  it('refuses a split whose examples may not be read, and one where all have labels', async () => {
    const cwd = host({ ...packages, 'texts-evaluation': evaluation() });
    const held = await clamor(['label', '--budget', '9', '--split', 'test'], { cwd });
    expect([held.exitCode, held.stderr]).toEqual([64, expect.stringContaining('[CLI_SPLIT_NOT_EXPLORE]')]);
    const known = await clamor(['label', 'texts', '--budget', '9'], { cwd });
    expect([known.exitCode, known.stderr]).toEqual([65, expect.stringContaining('[CLI_NOTHING_TO_LABEL]')]);
  });
});
