import { runCommand } from '@clamor/checks/run-command';

/** What a git command prints, or `null` when it fails. */
export function git(folder: string, ...args: readonly string[]): string | null {
  const { status, stdout } = runCommand('git', args, folder);
  return status === 0 ? stdout : null;
}
