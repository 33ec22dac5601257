import { type FSWatcher, watch } from 'node:fs';
import { basename } from 'node:path';

/** Long enough for an editor to finish a file that it writes in place. */
const QUIET_MS = 50;

/** A watch that is on until it is closed. */
export interface FolderWatch {
  /** Ends it; nothing is called afterwards, and no handle stays open. */
  close(): void;
}

/**
 * Calls when files of a folder may have changed: soon after the file system says so, and anyway every now and then, for file
 * systems that do not tell (network mounts) and systems that have no watches left.
 *
 * Never keeps the process alive.
 *
 * @param files - Only changes of these count.
 */
export function watchFolder(
  dir: string,
  files: readonly string[],
  { pollMs, onChange }: { pollMs: number; onChange: () => void },
): FolderWatch {
  const names = new Set(files.map((file) => basename(file)));
  let quiet: NodeJS.Timeout | undefined;
  const onEvent = (_: string, name: string | null): void => {
    if (name !== null && !names.has(name)) return;
    clearTimeout(quiet);
    quiet = setTimeout(onChange, QUIET_MS).unref();
  };
  const poll = setInterval(onChange, pollMs).unref();
  const watcher = startWatcher(dir, onEvent);
  return {
    close: () => {
      clearTimeout(quiet);
      clearInterval(poll);
      watcher?.close();
    },
  };
}

function startWatcher(dir: string, onEvent: (event: string, name: string | null) => void): FSWatcher | null {
  try {
    const watcher = watch(dir, { persistent: false }, onEvent);
    watcher.on('error', () => watcher.close()); // The folder went away or watches ran out: the poll goes on.
    return watcher;
  } catch {
    return null; // Likewise.
  }
}
