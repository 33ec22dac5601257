// Gates together what a merge brings together: npm run gate:merge [-- --since main --split NAME --markdown FILE --junit FILE]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { WORKSPACE, workspacePackages } from '@clamor/checks/workspace';
import { changedMembers } from './changed-members.ts';
import { git } from './git.ts';

const { since, ...forwarded } = parseArgs({
  options: {
    since: { type: 'string', default: 'main' },
    split: { type: 'string' },
    markdown: { type: 'string' },
    junit: { type: 'string' },
  },
}).values;

process.exitCode = gateMerge();

/** The exit code of the gate, the highest where several suites are asked; 64 when the reference is none. */
function gateMerge(): number {
  // From where the branches parted: what came to the other side since is gated there.
  const diff = git(WORKSPACE, 'diff', '--name-only', `${since}...HEAD`);
  if (diff === null) {
    console.error(
      `--since ${since}: git knows no such commit, or no history that both share. Fetch it, or name another.`,
    );
    return 64;
  }
  const suites = changedMembers(diff.split('\n'), workspacePackages());
  if (suites.size === 0) console.log(`gate:merge: no member differs from ${since}, nothing to gate`);
  return Math.max(0, ...[...suites].map(([suite, members]) => gate(suite, members)));
}

function gate(suite: string, members: readonly string[]): number {
  console.log(`gate:merge: ${members.join(', ')} of ${suite}`);
  const options = Object.entries(forwarded).flatMap(([name, value]) => [`--${name}`, value]);
  const program = join(WORKSPACE, 'packages/cli/bin/clamor.js');
  const args = [program, 'gate', ...members, '--suite', suite, ...options];
  return spawnSync(process.execPath, args, { cwd: WORKSPACE, stdio: 'inherit' }).status ?? 1;
}
