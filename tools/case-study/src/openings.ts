import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The first time that figures of the test were computed from a set of columns. */
export interface Opening {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** SHA-256 over the hashes of the columns. */
  readonly columns: string;
  /** Why there were new columns. */
  readonly note: string;
}

/** The openings so far, oldest first; none where there is no log. */
export async function readOpenings(data: string): Promise<Opening[]> {
  try {
    return JSON.parse(await readFile(join(data, 'openings.json'), 'utf8')) as Opening[];
  } catch {
    return [];
  }
}

/** Logs an opening unless these columns have been opened before. */
export async function logOpening(data: string, columns: readonly string[], at: Date): Promise<Opening[]> {
  const openings = await readOpenings(data);
  const hash = createHash('sha256').update(columns.join('\n')).digest('hex');
  if (openings.some((opening) => opening.columns === hash)) return openings;
  const note = openings.length === 0 ? 'the first opening, of the fits that the method describes' : 'fitted again';
  const all = [...openings, { at: at.toISOString(), columns: hash, note }];
  await writeFile(join(data, 'openings.json'), `${JSON.stringify(all, null, 2)}\n`);
  return all;
}
