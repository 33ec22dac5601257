import { readFileSync } from 'node:fs';
import type { Marker } from '@clamor/contract';
import { columnsToTable, evaluate } from '@clamor/evaluation';
import { describe, expect, it } from 'vitest';
import { DATA, readBaselineFits } from './artifacts.ts';
import { spamBaselines } from './baselines.ts';
import { spamEntries, spamSplits } from './splits.ts';
import { readStoredColumns } from './stored-columns.ts';

const labels = new Map([...spamEntries.values()].map(({ id, label }) => [id, label]));

// What the suite promises, recomputed from the stored out-of-fold columns and the thresholds that are installed.
describe('the grown suite, out of fold over train and valid', () => {
  it('has a precision of at least .99 at a recall of at least .95, by the thresholds of the members records', async () => {
    const stored = (await readStoredColumns('train'))!.filter(
      ({ manifest }) => manifest.kind === 'member' && isActive(manifest.name),
    );
    const ids = stored[0]!.ids;
    const members = stored.map(({ manifest, column, ids: own }) => {
      expect(own).toEqual(ids);
      expect(manifest.outOfFold).toBe(true);
      const file = new URL(`../../${manifest.name}/assets/record.json`, DATA);
      const { threshold } = JSON.parse(readFileSync(file, 'utf8')) as { threshold: number };
      expect(threshold).toBe(manifest.threshold);
      return { name: manifest.name, column, threshold };
    });
    const { suite } = evaluate(columnsToTable({ labels: ids.map((id) => labels.get(id)!), members }));
    expect(suite.examples).toBe(3761);
    expect(suite.precision).toBeGreaterThanOrEqual(0.99);
    expect(suite.recall).toBeGreaterThanOrEqual(0.95);
  });
});

function isActive(member: string): boolean {
  const manifest = readFileSync(new URL(`../../${member}/package.json`, DATA), 'utf8');
  return (JSON.parse(manifest) as { readonly clamor: Marker }).clamor.mode !== 'shadow';
}

describe('spamBaselines', () => {
  it('says what a baseline needs when a member is not there', async () => {
    const { stack } = (await readBaselineFits()).release;
    const ids = spamSplits.find(({ name }) => name === 'test')!.ids.slice(0, 2);
    const baselines = await spamBaselines({ split: 'later', ids, members: [], labels: [0, 0] });
    const missing = baselines.find(({ name }) => name === 'stack of the scores')!;
    expect(missing.column.reasons.get(0)).toEqual({
      code: 'BASELINE_UNAVAILABLE',
      message: `not available: needs member ${stack.members.map(({ name }) => name).join(', ')}`,
    });
  });
});
