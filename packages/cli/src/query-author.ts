import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { type Io, printableLine } from './io.ts';

/** Who asks: the user name of git where there is one, otherwise that of the machine. */
export async function queryAuthor(io: Io): Promise<string> {
  const fromGit = await promisify(execFile)('git', ['config', 'user.name'], { cwd: io.cwd, timeout: 5000 }).then(
    ({ stdout }) => stdout,
    () => '', // No git, or no name in it.
  );
  return printableLine(fromGit, 100) || printableLine(io.user ?? '', 100) || 'unknown';
}
