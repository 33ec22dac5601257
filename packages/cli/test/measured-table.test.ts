import { loadSuite } from '@clamor/runtime';
import { describe, expect, it } from 'vitest';

import { importEvaluation } from '../src/evaluation-package.ts';
import type { Io } from '../src/io.ts';
import { measureTable, type MeasuredTable } from '../src/measured-table.ts';
import { evaluation, type Files, host, member, suite } from './host.ts';

const io: Io = {
  stdin: (async function* () {})(),
  stdout: { write: () => {}, isTty: false },
  stderr: { write: () => {}, isTty: false },
  cwd: '.',
  signal: new AbortController().signal,
  width: null,
  colour: false,
  user: 'tester',
  now: () => new Date('2026-01-02T03:04:05.000Z'),
};

async function measure(split: string, packages: { readonly [name: string]: Files }): Promise<MeasuredTable> {
  await using loaded = await loadSuite({ from: host({ texts: suite(), ...packages }), workers: 1 });
  const source = await importEvaluation(loaded.discovery, 'texts');
  return await measureTable({ source, suite: loaded, io, cache: null, split });
}

/** Texts sliced by their first word unless it is buy, those that begin with win in one cluster, and `e` of weight 2. */
const KNOWN = `async *examples(name) {
  for (const id of splits.find((s) => s.name === name).ids) {
    const word = texts[id][0].split(' ')[0];
    yield { id, label: texts[id][1], input: texts[id][0] || '-', slices: word === 'buy' ? {} : { word },
      ...(word === 'win' ? { cluster: 'win' } : {}), ...(id === 'e' ? { weight: 2 } : {}) };
  }
},`;

describe('measureTable', () => {
  it('carries what is known of the examples: weights, clusters, slices', async () => {
    const { table } = await measure('test', {
      'texts-buy': member('buy', 'buy'),
      'texts-evaluation': evaluation(KNOWN),
    });
    expect(table).toMatchObject({
      labels: [1, 1, 0, 1, 0, 1],
      weights: [2, 1, 1, 1, 1, 1],
      clusters: [null, 'win', null, 'win', null, null],
      slices: [{ name: 'word', values: [null, 'win', 'lunch', 'win', '', 'loan'] }],
      members: [{ name: 'buy', threshold: 1 }],
    });
  });

  it('has neither weights nor clusters when the dataset has none', async () => {
    const { table } = await measure('test', { 'texts-buy': member('buy', 'buy'), 'texts-evaluation': evaluation() });
    expect([table.weights, 'clusters' in table, table.slices]).toEqual([null, false, []]);
  });

  it('gives ids of examples that may be read, and of no others', async () => {
    const packages = { 'texts-buy': member('buy', 'buy'), 'texts-evaluation': evaluation() };
    expect((await measure('valid', packages)).table.ids).toEqual(['c', 'd']);
    expect((await measure('test', packages)).table).not.toHaveProperty('ids');
  });
});
