import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WORKSPACE } from './workspace.ts';

/** Where test runs keep what takes long to make: ignored by git, gone with node_modules. */
const CACHE = join(WORKSPACE, 'node_modules/.cache/clamor');
/** Folders of one kind that are kept; older ones go. */
const KEPT = 3;

/** What {@link keptFolder} makes. */
export interface KeptFolderOptions {
  /** What it is, as a folder name: `packed`. */
  readonly kind: string;
  /** What its content follows from, as a folder name: a hash or a version. */
  readonly key: string;
  /** Fills an empty folder. */
  readonly make: (folder: string) => void | Promise<void>;
}

/** The path of a folder that {@link keptFolder} has made; `null` when it was not made, or is gone. */
export function findKeptFolder({ kind, key }: Pick<KeptFolderOptions, 'kind' | 'key'>): string | null {
  const folder = join(CACHE, kind, key);
  return existsSync(folder) ? folder : null;
}

/**
 * A folder that is made once per key, by whichever process asks first; others that ask meanwhile wait for it. Nobody may write to it.
 *
 * A folder as lock and the process id in it: the libraries for file locks keep a lock alive by a timer, and ours would block that for
 * minutes with the commands it runs.
 *
 * @returns The path of the filled folder.
 * @throws What `make` throws; the next one to ask tries again.
 */
export async function keptFolder({ kind, key, make }: KeptFolderOptions): Promise<string> {
  const folder = join(CACHE, kind, key);
  const lock = `${folder}.lock`;
  mkdirSync(join(CACHE, kind), { recursive: true });
  while (!existsSync(folder)) {
    if (!take(lock)) {
      await sleep(200);
      continue;
    }
    try {
      if (!existsSync(folder)) await fill(folder, make);
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  return folder;
}

async function fill(folder: string, make: KeptFolderOptions['make']): Promise<void> {
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft);
  await make(draft);
  renameSync(draft, folder);
  forgetOld(join(folder, '..'));
}

/** Whether the lock is ours now; one of a process that has ended is taken away. */
function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!isHeld(lock)) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function isHeld(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return true;
  } catch (error) {
    // The owner may not have written its id yet, or has just let go.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function forgetOld(folder: string): void {
  const kept = readdirSync(folder).filter((name) => !name.includes('.'));
  const byAge = kept
    .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
    .toSorted((a, b) => b.at - a.at);
  for (const { name } of byAge.slice(KEPT)) rmSync(join(folder, name), { recursive: true, force: true });
}
