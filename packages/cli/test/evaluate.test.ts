import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { EXIT_CODES } from '../src/exit-codes.ts';
import { clamor, evaluation, type Files, host, member, suite } from './host.ts';

const packages = (extra = ''): { [name: string]: Files } => ({
  texts: suite(),
  'texts-buy': member('buy', 'buy'),
  'texts-win': member('win', 'win'),
  'texts-evaluation': evaluation(extra),
});

interface Report {
  readonly split: string;
  readonly unreadable: number;
  readonly marks: string[];
  readonly notes: string[];
  readonly fit: string;
  readonly suite: { readonly [figure: string]: unknown };
  readonly members: { readonly name: string; readonly [figure: string]: unknown }[];
  readonly overlaps: unknown[];
  readonly baselines: { readonly name: string; readonly [figure: string]: unknown }[];
  readonly packages: { readonly name: string; readonly status: string }[];
  readonly sections: Report[];
  readonly uniqueExamples: { member: string; items: { title: string; key: string }[] }[] | null;
}

async function report(args: string[], cwd: string): Promise<Report> {
  const { exitCode, stdout, stderr } = await clamor(['evaluate', 'texts', '--json', ...args], { cwd });
  expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
  return JSON.parse(stdout) as Report;
}

describe('clamor evaluate SUITE', () => {
  it('scores a split with the installed members and counts what could not be read', async () => {
    const document = await report(['--split', 'test'], host(packages()));
    expect(document).toMatchObject({
      split: 'test',
      unreadable: 1,
      marks: [],
      // e, f, h are found of e, f, h, j; g is a true negative; i could not be read.
      suite: { examples: 5, positives: 3, truePositives: 3, falsePositives: 0, falseNegatives: 1, trueNegatives: 1 },
      uniqueExamples: null,
    });
    expect(document.members.map(({ name, positives, uniquePositives }) => [name, positives, uniquePositives])).toEqual([
      ['buy', 2, 1],
      ['win', 2, 1],
    ]);
    expect(document.packages.map(({ name, status }) => [name, status])).toEqual([
      ['texts', 'loaded'],
      ['texts-buy', 'loaded'],
      ['texts-evaluation', 'loaded'],
      ['texts-win', 'loaded'],
    ]);
  });

  it('measures several splits, shows unique examples of an explore split, and writes files', async () => {
    const cwd = host(packages());
    const args = [
      'evaluate',
      'texts',
      '--split',
      'test',
      '--explore',
      'valid',
      '--html',
      'r.html',
      '--markdown',
      'r.md',
    ];
    const { exitCode, stdout, stderr } = await clamor(args, { cwd });
    const said = 'columns of test: scored buy, win\ncolumns of valid: scored buy, win\n';
    expect([exitCode, stderr]).toEqual([0, `${said}wrote r.html\nwrote r.md\n`]);
    expect(stdout).toContain('buy-team');
    expect(stdout).not.toContain('\u001b');
    expect(readFileSync(join(cwd, 'r.md'), 'utf8')).toContain('valid');
    const html = readFileSync(join(cwd, 'r.html'), 'utf8');
    expect(html).toContain('&lt;b');
    expect(html).not.toContain('<b>');
    const document = await report(['--split', 'test', '--explore', 'valid'], cwd);
    expect(document.sections.map(({ split }) => split)).toEqual(['test', 'valid']);
    expect(document.sections[1]!.uniqueExamples).toMatchObject([
      { member: 'buy', items: [{ key: 'c', title: 'buy \u001b[2J <b>', score: 1, threshold: 1, label: 1 }] },
      { member: 'win', items: [{ key: 'd', label: 0 }] },
    ]);
  });

  it('shows no example of a split that is not for exploring', async () => {
    const { exitCode, stderr } = await clamor(['evaluate', 'texts', '--explore', 'test'], { cwd: host(packages()) });
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining('[CLI_SPLIT_NOT_EXPLORE]')]);
  });

  it('refuses a member on examples that it was fitted on, and marks a threshold in sample', async () => {
    const { idSetRecord } = await import('@clamor/store');
    const fitOn = (ids: string[], name: string) => idSetRecord([{ name, roles: ['fit'], ids, description: '' }]);
    const fit = { data: 'texts@1', seed: 0, weights: fitOn(['a', 'b'], 'fit'), threshold: fitOn(['c', 'd'], 'valid') };
    const cwd = host({ ...packages(), 'texts-buy': member('buy', 'buy', { record: { fit } }) });
    const refused = await clamor(['evaluate', 'texts', '--split', 'fit'], { cwd });
    expect([refused.exitCode, refused.stderr]).toEqual([65, expect.stringContaining('[EVAL_TRAINED_ON]')]);
    expect((await report(['--split', 'valid'], cwd)).marks).toEqual(['threshold in sample: buy']);
    expect((await report(['--split', 'test'], cwd)).marks).toEqual([]);
  });

  it('measures baselines beside the suite and says what they are', async () => {
    const extra = `baselines: async ({ ids, labels, members }) => [
      { name: 'oracle', description: 'Knows the labels.', threshold: 1, column: contract.column(labels, (label) => label) },
      { name: 'gone', description: 'Needs more.', threshold: 1,
        column: contract.failedColumn(ids.length, { code: 'X', message: members.map((m) => m.name).join() + ' are not enough' }) },
    ],`;
    const document = await report(['--split', 'test'], host(packages(extra)));
    expect(document.baselines).toMatchObject([
      { name: 'oracle', examples: 5, truePositives: 4, falsePositives: 0 },
      { name: 'gone', failed: 5, precision: null },
    ]);
    expect(document.notes).toEqual([
      'oracle: Knows the labels.',
      'gone: Needs more. It failed on 5 examples: buy,win are not enough.',
    ]);
  });

  it('counts near-copies once for baselines as for the suite', async () => {
    const clustered = `async *examples(name) {
      for (const id of splits.find((s) => s.name === name).ids) {
        yield { id, label: texts[id][1], input: texts[id][0] || '-', cluster: 'one' };
      }
    },
    baselines: async ({ ids, members }) => [
      { name: 'same', description: 'Says what the suite says.', threshold: 1, column: contract.column(ids, (_, i) =>
        Number(members.some(({ column, threshold }) => column.scores[i] >= threshold))) },
    ],`;
    const { suite: figures, baselines } = await report(['--split', 'test'], host(packages(clustered)));
    const [same] = baselines;
    expect(same).toMatchObject({ precision: figures.precision, precisionInterval: figures.precisionInterval });
    expect(same).toMatchObject({ recallInterval: figures.recallInterval });
    // One cluster is one example, right: Wilson's interval of 1 of 1.
    expect(figures.precisionInterval).toEqual([expect.closeTo(0.2065, 4), 1]);
  });

  it('takes stored columns where the evaluation has some, and marks members without', async () => {
    const document = await report(['--split', 'test'], host(packages(storedColumns({ gone: null }))));
    expect(document).toMatchObject({
      fit: 'stored scores of another fit than the installed one',
      suite: { examples: 6, positives: 1, truePositives: 1 },
      members: [{ name: 'buy' }],
      marks: [
        'buy: scores of version 0.0.9, installed is 0.1.0',
        'win has no stored scores on this split and is not measured',
      ],
    });
  });

  it('refuses stored columns of another dataset hash, or of hashes that differ', async () => {
    const ofAnother = `datasetHash: 'd2', ${storedColumns({})}`;
    for (const extra of [storedColumns({ gone: 'd1' }), ofAnother]) {
      const { exitCode, stdout, stderr } = await clamor(['evaluate', 'texts', '--split', 'test'], {
        cwd: host(packages(extra)),
      });
      expect({ exitCode, stdout }).toEqual({ exitCode: EXIT_CODES.data, stdout: '' });
      expect(stderr).toContain('[STORE_DATASET_MISMATCH]');
    }
  });

  it('adds a member by its being installed, and leaves a broken one out of the figures, loudly', async () => {
    const broken = member('broken', 'x', { score: '(() => { throw new Error("broken"); })()' });
    const cwd = host({ ...packages(), 'texts-loan': member('loan', 'loan'), 'texts-broken': broken });
    const document = await report(['--split', 'test'], cwd);
    expect(document.suite).toMatchObject({ truePositives: 4, falseNegatives: 0 });
    expect(document.members.map(({ name, uniqueUnknown }) => [name, uniqueUnknown])).toEqual([
      ['buy', 0],
      ['loan', 0],
      ['win', 0],
    ]);
    expect(document.marks).toEqual(['broken is not loaded [MEMBER_IMPORT_FAILED] and not measured']);
    expect(document.packages.find(({ name }) => name === 'texts-broken')).toMatchObject({ status: 'failed' });
    const strict = await clamor(['evaluate', 'texts', '--split', 'test', '--strict'], { cwd });
    expect(strict.exitCode).toBe(69);
  });

  it('asks for a split and names those there are', async () => {
    const cwd = host(packages());
    const none = await clamor(['evaluate', 'texts'], { cwd });
    expect([none.exitCode, none.stderr]).toEqual([64, expect.stringContaining('valid (explore)')]);
    const unknown = await clamor(['evaluate', 'texts', '--split', 'tset'], { cwd });
    expect([unknown.exitCode, unknown.stderr]).toEqual([64, expect.stringContaining('[STORE_SPLIT_UNKNOWN]')]);
  });

  it('says so when there is no evaluation, or one that is not what it should be', async () => {
    const { 'texts-evaluation': _, ...without } = packages();
    const none = await clamor(['evaluate', 'texts', '--split', 'test'], { cwd: host(without) });
    expect([none.exitCode, none.stderr]).toEqual([69, expect.stringContaining('[CLI_EVALUATION_MISSING]')]);
    const wrong = { ...packages()['texts-evaluation'], 'index.js': `export const evaluation = { suite: 'fraud' };` };
    const refused = await clamor(['evaluate', 'texts', '--split', 'test'], {
      cwd: host({ ...without, 'texts-evaluation': wrong }),
    });
    expect([refused.exitCode, refused.stderr]).toEqual([
      69,
      expect.stringContaining('its suite is "fraud", not "texts"'),
    ]);
  });

  it('stops when interrupted', async () => {
    const signal = AbortSignal.abort('interrupted');
    const { exitCode, stdout } = await clamor(['evaluate', 'texts', '--split', 'test'], {
      cwd: host(packages()),
      signal,
    });
    expect([exitCode, stdout]).toEqual([130, '']);
  });
});

/** Stored columns of the split test: of `buy`, without a dataset hash, and of others by name with theirs. */
function storedColumns(others: { readonly [name: string]: string | null }): string {
  return `columns: async (split) => split !== 'test' ? undefined : ({
    columns: Object.entries(${JSON.stringify({ buy: null, ...others })}).map(([name, datasetHash]) => ({
      manifest: {
        kind: 'member', name, version: '0.0.9', threshold: 1, dataset: 'texts@1', datasetHash, outOfFold: false,
        fit: { weights: idSetRecord([splits[0]]), threshold: idSetRecord([]) },
      },
      ids: ['j', 'i', 'h', 'g', 'f', 'e'],
      column: contract.scoreColumn([1, 0, 0, 0, 0, 0]),
    })),
  }),`;
}
