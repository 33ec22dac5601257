import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { gatePackages } from './gate-host.ts';
import { besidesColumns, clamor, folder, host } from './host.ts';

interface Figures {
  readonly suite: { readonly precision: number; readonly precisionInterval: readonly [number, number] };
  readonly slices?: { readonly looks: number; readonly slices: { readonly column: string; readonly value: string }[] };
  readonly notEstimable?: { readonly figure: string; readonly member: string | null }[];
  readonly precisionAtRates?: {
    readonly rateThere: unknown;
    readonly suite: { readonly precision: readonly number[] | null };
  };
}

async function evaluated(args: string[], cwd: string): Promise<Figures> {
  const { exitCode, stdout, stderr } = await clamor(['evaluate', ...args, '--json'], { cwd });
  expect([exitCode, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Figures;
}

/** Precision 3 of 4, half of the labels positive. */
const TABLE = `label,copy,lang,a\n1,x,en,1\n1,x,en,1\n1,y,de,1\n0,z,de,1\n0,,de,0\n0,,,0\n`;

/** The same without the columns that say something of the examples. */
const PLAIN = 'label,a\n1,1\n1,1\n1,1\n0,1\n0,0\n0,0\n';

describe('clamor evaluate --prevalence', () => {
  it('maps precision to the share of positives in production', async () => {
    const cwd = folder({ 't.csv': PLAIN });
    // Odds 3 at a rate of .5, so 3 · .1/.9 at .1: 1/3 in odds, .25.
    const at = await evaluated(['--table', 't.csv', '--prevalence', '0.1'], cwd);
    expect(at.precisionAtRates).toMatchObject({ rateThere: [0.1, 0.1] });
    expect(at.precisionAtRates!.suite.precision![0]).toBeCloseTo(0.25, 10);
    const within = await evaluated(['--table', 't.csv', '--prevalence', '0.1-0.5'], cwd);
    expect(within.precisionAtRates).toMatchObject({ rateThere: [0.1, 0.5] });
    for (const wrong of ['0', '1.5', '0.5-0.1', 'x', '-0.1']) {
      expect((await clamor(['evaluate', '--table', 't.csv', `--prevalence=${wrong}`], { cwd })).exitCode).toBe(64);
    }
  });
});

describe('clamor evaluate --labels', () => {
  it('replaces what selective labels cannot estimate by the reason', async () => {
    const cwd = folder({ 't.csv': `${PLAIN}${',0\n'.repeat(4)}` });
    expect(await evaluated(['--table', 't.csv', '--labels', 'random'], cwd)).toMatchObject({ notEstimable: [] });
    const args = ['--table', 't.csv', '--labels', 'selective'];
    expect((await evaluated(args, cwd)).notEstimable!.map(({ figure }) => figure)).toContain('recall');
    expect((await clamor(['evaluate', ...args], { cwd })).stdout).toContain('not estimable');
    expect((await clamor(['evaluate', '--table', 't.csv', '--labels', 'some'], { cwd })).exitCode).toBe(64);
  });
});

describe('clamor evaluate --table --slice --cluster', () => {
  it('divides the examples by columns, and widens intervals for near-copies', async () => {
    const cwd = folder({ 't.csv': TABLE });
    const plain = await evaluated(['--table', 't.csv', '--slice', 'copy', '--slice', 'lang'], cwd);
    expect(plain.slices!.slices.map(({ column, value }) => `${column} ${value}`).toSorted()).toEqual([
      'copy x',
      'copy y',
      'copy z',
      'lang de',
      'lang en',
    ]);
    const clustered = await evaluated(['--table', 't.csv', '--slice', 'lang', '--cluster', 'copy'], cwd);
    expect(clustered.suite.precision).toBe(plain.suite.precision);
    expect(clustered.suite.precisionInterval[0]).toBeLessThan(plain.suite.precisionInterval[0]);
  });

  it('refuses a column that is a key rather than a slice', async () => {
    const rows = Array.from({ length: 1001 }, (_, i) => `1,v${i},1`).join('\n');
    const cwd = folder({ 't.csv': `label,many,a\n${rows}\n` });
    const { exitCode, stderr } = await clamor(['evaluate', '--table', 't.csv', '--slice', 'many'], { cwd });
    expect([exitCode, stderr]).toEqual([65, expect.stringContaining('[EVAL_SLICE_TOO_MANY]')]);
  });

  it('goes with a table only', async () => {
    const cwd = folder({ 't.csv': TABLE });
    expect((await clamor(['evaluate', 'spam', '--slice', 'lang'], { cwd })).exitCode).toBe(64);
    expect((await clamor(['evaluate', '--summary', 't.csv', '--slice', 'lang'], { cwd })).exitCode).toBe(64);
  });
});

describe('clamor evaluate --summary', () => {
  it('gives the figures of the table that the sums were made of', async () => {
    const summary = `positive,failed,label,count,weight,squares,member,judged_weight,failed_weight
a,,1,3,3,3,,,
a,,0,1,1,1,,,
,,0,2,2,2,,,
,,1,,,,a,3,0
,,0,,,,a,3,0
`;
    const cwd = folder({ 't.csv': PLAIN, 's.csv': summary });
    const table = await evaluated(['--table', 't.csv'], cwd);
    const sums = await evaluated(['--summary', 's.csv'], cwd);
    expect(sums.suite).toEqual(table.suite);
  });

  it('refuses a file that is none, and a table beside it', async () => {
    const cwd = folder({ 't.csv': TABLE });
    const { exitCode, stderr } = await clamor(['evaluate', '--summary', 't.csv'], { cwd });
    expect([exitCode, stderr]).toEqual([65, expect.stringContaining('clamor: [STORE_')]);
    expect((await clamor(['evaluate', '--summary', 't.csv', '--table', 't.csv'], { cwd })).exitCode).toBe(64);
  });
});

describe('clamor evaluate SUITE --html', () => {
  it('shows slices, curves and advice of a split that may be read', async () => {
    const cwd = host(gatePackages('win', 'bad'));
    const { exitCode, stderr } = await clamor(['evaluate', 'texts', '--split', 'open', '--html', 'r.html'], { cwd });
    expect([exitCode, besidesColumns(stderr)]).toEqual([0, 'wrote r.html\n']);
    const html = readFileSync(join(cwd, 'r.html'), 'utf8');
    expect(html).toContain('Precision and recall while thresholds move');
    expect(html).toContain('Unique precision and suite precision over the threshold');
    expect(html).toContain('Slices');
    expect(html).toContain('What would make it better');
  });

  it('shows no thresholds and no advice of a split that is held back', async () => {
    const cwd = host(gatePackages('win', 'bad'));
    await clamor(['evaluate', 'texts', '--split', 'held', '--html', 'r.html'], { cwd });
    const html = readFileSync(join(cwd, 'r.html'), 'utf8');
    expect(html).not.toContain('over the threshold');
    expect(html).not.toContain('What would make it better');
  });
});
