import { type GitOutputOptions, gitOutput } from './git-output.ts';

/** A commit as far as the queue needs it. */
export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  /** When its author wrote it, milliseconds since 1970. */
  readonly authoredMs: number;
  /** When it came to where it is. */
  readonly committedMs: number;
  /** Files that it changes; empty where nobody asked, and of a merge unless it is compared with its first parent. */
  readonly changes: readonly FileChange[];
}

/** One file of a commit. */
export interface FileChange {
  readonly status: 'added' | 'changed' | 'removed';
  readonly path: string;
}

const FORMAT = '--format=%x00%H %P%x00%at %ct';

/**
 * Reads a log: ids, parents and times, which nobody can forge into another record, since what people write is not in it.
 *
 * @param args - Of git log: what to list.
 * @param options - `files`: list the files of each commit, too; default false.
 * @throws {CliError} `CLI_QUEUE_GIT_FAILED`
 */
export async function readLog(
  args: readonly string[],
  { files = false, ...options }: GitOutputOptions & { readonly files?: boolean },
): Promise<readonly Commit[]> {
  const shown = files ? ['--name-status', '--no-renames', '--no-ext-diff', '--no-textconv'] : ['--no-patch'];
  const { stdout } = await gitOutput(['log', '-z', FORMAT, ...shown, ...args], options);
  return parseLog(stdout.toString('utf8'));
}

/** An empty field begins a commit: no status and no path is empty. */
function parseLog(text: string): Commit[] {
  const fields = text.split('\0');
  const commits: Commit[] = [];
  for (let place = 0; place < fields.length;) {
    if (fields[place] !== '' || fields[place + 2] === undefined) {
      place += 1;
      continue;
    }
    const [id = '', ...parents] = fields[place + 1]!.trim().split(' ');
    const [authored, committed] = fields[place + 2]!.split(' ').map((seconds) => 1000 * Number(seconds));
    place += 3;
    const changes: FileChange[] = [];
    for (; fields[place] !== '' && fields[place + 1] !== undefined; place += 2)
      changes.push(fileChange(fields[place]!, fields[place + 1]!));
    commits.push({ id, parents, authoredMs: authored!, committedMs: committed!, changes });
  }
  return commits;
}

/** Of a name-status record; a changed type is a change. */
export function fileChange(status: string, path: string): FileChange {
  const letter = status.trim().slice(0, 1);
  return { status: letter === 'A' ? 'added' : letter === 'D' ? 'removed' : 'changed', path };
}
