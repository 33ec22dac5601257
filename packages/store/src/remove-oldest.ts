import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { errorCode } from '@clamor/contract';

/**
 * Removes from a folder of columns those whose manifests were not written or touched for longest, with their files.
 *
 * @param options.max - Columns that are left at most.
 * @param options.files - Their files beside the manifest: what comes after the stem.
 */
export async function removeOldest(
  folder: string,
  { max, files }: { readonly max: number; readonly files: readonly string[] },
): Promise<void> {
  const names = await readdir(folder);
  const manifests = names.filter((name) => name.endsWith('.json'));
  const used = await Promise.all(
    manifests.map(async (name) => ({
      stem: name.slice(0, -'.json'.length),
      atMs: (await stat(join(folder, name)).catch(ignoreMissing))?.mtimeMs ?? 0,
    })),
  );
  const kept = new Set(
    used
      .toSorted((a, b) => b.atMs - a.atMs)
      .slice(0, max)
      .map(({ stem }) => stem),
  );
  const stemOf = (name: string): string | undefined => {
    const end = ['.json', ...files].find((extension) => name.endsWith(extension));
    return end === undefined ? undefined : name.slice(0, -end.length);
  };
  const old = names.filter((name) => {
    const stem = stemOf(name);
    return stem !== undefined && !kept.has(stem);
  });
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
}

/** A file that another process removed meanwhile is gone all the same. */
export function ignoreMissing(error: unknown): undefined {
  if (errorCode(error) === 'ENOENT') return undefined;
  throw error;
}
