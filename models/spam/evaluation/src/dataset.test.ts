import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { LabelledExample } from '@clamor/store';
import { afterEach, describe, expect, it } from 'vitest';

import { describeSpamExample, spamExamples } from './dataset.ts';
import { spamEntries, spamSplits } from './splits.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** A corpus folder with other bytes in place of the first mail of a split. */
async function folderWith(split: string, content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clamor-corpus-'));
  folders.push(folder);
  const id = spamSplits.find(({ name }) => name === split)?.ids[0] as string;
  const file = join(folder, `${id}.${spamEntries.get(id)?.md5}.txt`);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, content);
  return folder;
}

async function first(examples: AsyncIterable<LabelledExample<Uint8Array>>): Promise<LabelledExample<Uint8Array>> {
  for await (const example of examples) return example;
  throw new Error('no example');
}

/** The first mail of a split, with another content. */
function exampleOf(split: string): LabelledExample<string> {
  const id = [...spamEntries.values()].find((entry) => entry.split === split)?.id as string;
  return { id, label: 1, input: 'Subject: [x] Good evening\n\nbody' };
}

describe('spamExamples', () => {
  it('yields every mail of a split in the order of its ids, byte for byte', async () => {
    const ids: string[] = [];
    let spam = 0;
    let sizeBytes = 0;
    for await (const { id, label, input } of spamExamples('valid')) {
      ids.push(id);
      spam += label ?? 0;
      sizeBytes += input.length;
    }
    expect(ids).toEqual(spamSplits.find(({ name }) => name === 'valid')?.ids);
    expect(spam).toBe(311);
    expect(sizeBytes).toBeGreaterThan(969 * 500);
  });
  it('reads the mail whose bytes are not those of its file name, as published', async () => {
    const ids: string[] = [];
    for await (const { id } of spamExamples('train')) ids.push(id);
    expect(ids).toContain('hard-ham-1/00230');
    expect(ids).toHaveLength(2792);
  });
  it('gives label, cluster and slices with a mail, and not the folder, which tells the label', async () => {
    expect(await first(spamExamples('train'))).toMatchObject({
      id: 'easy-ham-1/00001',
      label: 0,
      cluster: '0456a0df8da9',
      slices: { format: 'plain text', links: 'some', size: 'over 5 kB' },
    });
  });
  it('refuses a split that does not exist, naming those that do', async () => {
    await expect(first(spamExamples('tset'))).rejects.toMatchObject({
      code: 'DATASET_SPLIT_UNKNOWN',
      message: expect.stringContaining('train, valid, test, later-train, later-valid, later'),
    });
  });
  it('refuses a mail whose bytes have changed', async () => {
    const folder = await folderWith('train', 'Subject: another mail\n\n');
    await expect(first(spamExamples('train', { folder }))).rejects.toMatchObject({ code: 'DATASET_CHANGED' });
  });
  it('refuses a folder without the mail, naming the file', async () => {
    const folder = await folderWith('train', '');
    await expect(first(spamExamples('valid', { folder }))).rejects.toMatchObject({
      code: 'DATASET_MISSING',
      message: expect.stringContaining(folder),
    });
  });
});

describe('describeSpamExample', () => {
  it('gives the subject of a mail of valid', () => {
    expect(describeSpamExample(exampleOf('valid'))).toEqual({ title: 'Good evening' });
    expect(describeSpamExample({ ...exampleOf('valid'), input: 'X: y\n\nz' })).toEqual({ title: '(no subject)' });
  });
  it.each(['train', 'test'])('gives nothing of a mail of %s', (split) => {
    expect(describeSpamExample(exampleOf(split))).toEqual({ title: '(not to be read)' });
  });
  it('gives nothing of a mail that it does not know', () => {
    expect(describeSpamExample({ ...exampleOf('valid'), id: 'x' })).toEqual({ title: '(not to be read)' });
  });
});
