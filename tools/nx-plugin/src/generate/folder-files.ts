import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GeneratedFile, WorkspaceFiles } from './files.ts';

/** The files of a folder on disk. */
export function folderFiles(root: string): WorkspaceFiles {
  return {
    root,
    exists: (path) => existsSync(join(root, path)),
    read(path) {
      try {
        return readFileSync(join(root, path), 'utf8');
      } catch {
        return null;
      }
    },
    children(path) {
      try {
        return readdirSync(join(root, path)).toSorted();
      } catch {
        return [];
      }
    },
  };
}

/** Writes generated files into a folder. */
export function writeFiles(root: string, files: readonly GeneratedFile[]): void {
  for (const { path, content } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}
