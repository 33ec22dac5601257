import { errorMessage } from '@clamor/contract';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RuntimeError } from '../errors.ts';

/** A file that is written and on the disk, under another name than its own. */
export interface StagedFile {
  /** Gives it its name, in one step, and returns when that is on the disk too. */
  publish(): Promise<void>;
}

/**
 * Writes the next content of a file beside it. A reader of the file sees the old content or the new one, nothing between.
 *
 * The draft has one fixed name, so a process that dies leaves at most one; two writers at once would need a lock.
 */
export async function stageFile(file: string, content: string): Promise<StagedFile> {
  const draft = `${file}.draft`;
  await writeFile(draft, content, { flush: true });
  return {
    publish: async () => {
      await rename(draft, file);
      await syncFolder(dirname(file));
    },
  };
}

/**
 * Appends to a file, and returns when that is on the disk; on an error the file is cut to what it was.
 *
 * @param sizeBytes - The size of the file, 0 when it is not there.
 * @returns The size afterwards.
 */
export async function appendDurably(file: string, content: Buffer, sizeBytes: number): Promise<number> {
  await using handle = await open(file, 'a');
  try {
    await handle.appendFile(content);
    await handle.sync();
  } catch (error) {
    await handle.truncate(sizeBytes).catch(() => {}); // What is left then is a torn line, and cut before the next one.
    throw error;
  }
  if (sizeBytes === 0) await syncFolder(dirname(file));
  return sizeBytes + content.byteLength;
}

/** Makes a folder, with those above it that are missing. */
export async function makeFolder(dir: string): Promise<void> {
  if (existsSync(dir)) return;
  await makeFolder(dirname(dir));
  // Not `recursive`: where a folder cannot be made, as in /proc, Node then tries for ever.
  await mkdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error; // Somebody else has made it meanwhile.
  });
  await syncFolder(dirname(dir));
}

/** Puts the names of a folder's files on the disk. Windows cannot and need not: its file system journals them. */
export async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(dir, 'r');
  await handle.sync();
}

/** Bytes of a file; 0 when it is not there. */
export async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(ignoreMissing))?.size ?? 0;
}

/** For a file that need not be there: `undefined` then, and any other error goes on. */
export function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** Any error as one of this package: what carries no code of it comes from the disk. */
export function stateError(dir: string, error: unknown): RuntimeError {
  if (error instanceof RuntimeError) return error;
  return new RuntimeError(
    'STATE_IO_FAILED',
    `The state directory ${dir} cannot be read or written (${errorMessage(error)}). Look at its disk and its permissions.`,
    { cause: error },
  );
}
