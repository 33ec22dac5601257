import { type FileHandle, open } from 'node:fs/promises';

import { errorMessage } from '@clamor/contract';

import { StoreError } from './errors.ts';

/**
 * Opens a file for reading; the caller closes it.
 *
 * @throws {StoreError} `STORE_FILE_MISSING`, `STORE_FILE_EMPTY`
 */
export async function openRegularFile(file: string): Promise<FileHandle> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw new StoreError('STORE_FILE_MISSING', `"${file}" cannot be read: ${errorMessage(cause)}. Check the path.`, {
      cause,
    });
  });
  const stat = await handle.stat();
  if (stat.isDirectory() || (stat.isFile() && stat.size === 0)) {
    await handle.close();
    if (stat.isDirectory()) throw new StoreError('STORE_FILE_MISSING', `"${file}" is a folder; name a file in it.`);
    throw new StoreError('STORE_FILE_EMPTY', `"${file}" is empty (0 bytes); rows were wanted.`);
  }
  return handle;
}
