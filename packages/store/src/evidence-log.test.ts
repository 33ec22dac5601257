import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { evidenceQuery } from '../test/evidence-query.ts';
import { temporaryFile, temporaryFolder } from '../test/files.ts';
import { logQuery, readQueries } from './evidence-log.ts';

describe('logQuery', () => {
  it('writes one file per query, named by time, kind, member and content', async () => {
    const folder = join(temporaryFolder(), 'made/on/the/way');
    const names = [
      await logQuery(folder, evidenceQuery()),
      await logQuery(folder, evidenceQuery({ who: 'bob' })),
      await logQuery(folder, evidenceQuery({ kind: 'opening', members: [] })),
      await logQuery(folder, evidenceQuery({ kind: 'joint', members: ['../Ünder', 'words'] })),
    ];
    expect(names[0]).toMatch(/^2026-05-04T10-00-00-000Z-gate-words-[0-9a-f]{8}\.json$/);
    expect(names[2]).toMatch(/-opening-suite-[0-9a-f]{8}\.json$/);
    expect(names[3]).toMatch(/-joint--nder-and-1-[0-9a-f]{8}\.json$/);
    expect(new Set(names).size).toBe(4);
    expect(readdirSync(folder)).toEqual(names.toSorted());
  });

  it('leaves one file for the same query, however its outcome is ordered', async () => {
    const folder = temporaryFolder();
    const first = await logQuery(folder, evidenceQuery({ outcome: { a: 1, b: null } }));
    const before = readFileSync(join(folder, first), 'utf8');
    expect(await logQuery(folder, evidenceQuery({ outcome: { b: null, a: 1 } }))).toBe(first);
    expect(readdirSync(folder)).toEqual([first]);
    expect(readFileSync(join(folder, first), 'utf8')).toBe(before);
  });

  it('overwrites no file, even one that took its name', async () => {
    const folder = temporaryFolder();
    const name = await logQuery(folder, evidenceQuery());
    writeFileSync(join(folder, name), 'mine');
    await expect(logQuery(folder, evidenceQuery())).rejects.toMatchObject({ code: 'STORE_LOG_UNUSABLE' });
    expect(readFileSync(join(folder, name), 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual([name]);
  });

  it.each([
    [{ kind: 'peek' as 'gate' }, '"kind" is "peek"'],
    [{ when: 'yesterday' }, '"when" is "yesterday"'],
    [{ when: '2026-05-04' }, '"when" is "2026-05-04"'],
    [{ outcome: { harm: Number.NaN } }, '"outcome.harm"'],
    [{ members: [1] as unknown as string[] }, '"members"'],
    [{ who: undefined as unknown as string }, '"who" is not text'],
  ])('refuses %o and writes nothing', async (fields, said) => {
    const folder = join(temporaryFolder(), 'log');
    await expect(logQuery(folder, evidenceQuery(fields))).rejects.toMatchObject({
      code: 'STORE_QUERY_INVALID',
      message: expect.stringContaining(said) as string,
    });
    expect(existsSync(folder)).toBe(false);
  });

  it('refuses a folder that is a file', async () => {
    const file = temporaryFile('log', 'x');
    await expect(logQuery(file, evidenceQuery())).rejects.toMatchObject({ code: 'STORE_LOG_UNUSABLE' });
    await expect(readQueries(file)).rejects.toMatchObject({ code: 'STORE_LOG_UNUSABLE' });
  });
});

describe('readQueries', () => {
  it('gives back what was logged, sorted by time', async () => {
    const folder = temporaryFolder();
    const late = evidenceQuery({ when: '2026-05-05T00:00:00.000Z', kind: 'advice' });
    const early = evidenceQuery({ when: '2025-12-31T23:59:59.999Z', outcome: {} });
    await logQuery(folder, late);
    await logQuery(folder, early);
    writeFileSync(join(folder, 'README.md'), 'not a query');
    expect(await readQueries(folder)).toEqual([early, late]);
  });

  it('is empty without a folder', async () => {
    expect(await readQueries(join(temporaryFolder(), 'none'))).toEqual([]);
  });

  it.each(['{', '[]', 'null', '{}'])('names the file that holds %s', async (content) => {
    const folder = temporaryFolder();
    await logQuery(folder, evidenceQuery());
    writeFileSync(join(folder, 'broken.json'), content);
    await expect(readQueries(folder)).rejects.toMatchObject({
      code: 'STORE_QUERY_INVALID',
      message: expect.stringContaining('"broken.json"') as string,
    });
  });

  it('names a query that was edited or renamed after it was logged', async () => {
    const folder = temporaryFolder();
    const name = await logQuery(folder, evidenceQuery());
    const text = readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(folder, name), text.replace('"pass"', '"fail"'));
    const refused = {
      code: 'STORE_QUERY_INVALID',
      message: expect.stringContaining('edited or renamed') as string,
    };
    await expect(readQueries(folder)).rejects.toMatchObject(refused);
    writeFileSync(join(folder, name), text);
    await expect(readQueries(folder)).resolves.toHaveLength(1);
    renameSync(join(folder, name), join(folder, `2020-${name}`));
    await expect(readQueries(folder)).rejects.toMatchObject(refused);
  });
});
