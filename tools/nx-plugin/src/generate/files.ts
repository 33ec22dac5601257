/** What a generator reads of a workspace; paths are relative to its root, with slashes. An Nx tree fits, and so does a folder. */
export interface WorkspaceFiles {
  /** Absolute path of the root. */
  readonly root: string;
  exists(path: string): boolean;
  /** `null` when there is no such file. */
  read(path: string): string | null;
  /** Names in a folder; empty when there is none. */
  children(path: string): readonly string[];
}

/** A file that a generator makes. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** JSON as prettier leaves it: two spaces, a line feed at the end. */
export function jsonFile(path: string, value: unknown): GeneratedFile {
  return { path, content: `${JSON.stringify(value, null, 2)}\n` };
}
