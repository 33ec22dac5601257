import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { inspectSuite, loadSuite, scoreHash } from '@clamor/runtime';
import { ExamplesHash, type StoredColumn, columnKey, readColumns } from '@clamor/store';
import { describe, expect, it } from 'vitest';

import { evaluation } from './evaluation.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** Columns that come with the evaluation; none while no member is on an encoder. */
async function readShipped(split: string): Promise<StoredColumn[]> {
  const folder = `${evaluation.cachedColumns}/${split}`;
  return existsSync(folder) ? await readColumns(folder) : [];
}

describe.each(['test', 'valid'])('the columns that are shipped over %s', (split) => {
  // Otherwise a fresh clone has to score the members on encoders first: npm run columns -w @clamor/spam-evaluation
  it('are of the members as they are installed now, every one on an encoder', { tags: ['slow'] }, async () => {
    const hash = new ExamplesHash();
    for await (const example of evaluation.examples(split)) hash.add(example);
    const { members, suite } = await inspectSuite({ from: ROOT, suite: 'spam' });
    const wanted = members
      .filter(({ record }) => record.encoder !== null)
      .map((member) => [member.name, columnKey(scoreHash(member, suite), hash.digest() ?? '')]);
    expect((await readShipped(split)).map(({ manifest }) => [manifest.name, manifest.key])).toEqual(wanted);
  });

  it('have the scores that the members give', { tags: ['slow'], timeout: 120_000 }, async () => {
    const examples = [];
    for await (const { id, input } of evaluation.examples(split)) {
      examples.push({ key: id, input });
      if (examples.length === 3) break;
    }
    await using suite = await loadSuite({ from: ROOT, suite: 'spam', workers: 1, deadlineMs: 60_000 });
    const stored = await readShipped(split);
    const { columns } = await suite.score(examples, { members: stored.map(({ manifest }) => manifest.name) });
    for (const { manifest, ids, column } of stored) {
      const places = examples.map(({ key }) => ids.indexOf(key));
      expect(columns.get(manifest.name)?.scores).toEqual(Float32Array.from(places, (place) => column.scores[place]!));
    }
  });
});
