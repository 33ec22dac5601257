import { readLog } from './git-log.ts';
import { gitOutput } from './git-output.ts';
import { type BaseHistory, branchHistory, type BranchHistory } from './history.ts';
import type { Branch, Refs } from './read-refs.ts';

/** A branch that is not merged, with what it does to the tree. */
export interface OpenBranch extends Branch, BranchHistory {
  /** Its other names: the same branch at a remote, as new or older. */
  readonly aliases: readonly string[];
}

/**
 * The branches that have commits which the base has not. A branch of a remote that a local one is as new as, is the local one.
 *
 * @throws {CliError} `CLI_QUEUE_GIT_FAILED`
 */
export async function readOpenBranches(refs: Refs, base: BaseHistory): Promise<readonly OpenBranch[]> {
  const unmerged = refs.branches.filter(({ tip }) => !base.commits.has(tip));
  if (unmerged.length === 0) return [];
  const input = [...new Set(unmerged.map(({ tip }) => tip)), `^${refs.base.commit}`].join('\n');
  const commits = await readLog(['--stdin'], { cwd: refs.top, input: `${input}\n`, files: true });
  const open = new Map(commits.map((commit) => [commit.id, commit]));
  const branches = unmerged.map((branch) => ({ ...branch, ...branchHistory(branch.tip, { base, open }) }));
  const hidden = new Set<string>();
  return branches
    .map((branch) => {
      const same = branches.filter((other) => other !== branch && isOlderName(other, branch));
      same.forEach(({ name }) => hidden.add(name));
      return { ...branch, aliases: same.map(({ name }) => name) };
    })
    .filter(({ name }) => !hidden.has(name));
}

type HistoricBranch = Branch & BranchHistory;

/** Whether a branch is the other one under another name, and holds nothing that it does not. */
function isOlderName(older: HistoricBranch, newer: HistoricBranch): boolean {
  if (ownName(older) !== ownName(newer)) return false;
  if (older.tip === newer.tip) return isAfter(older, newer);
  return newer.ahead.some(({ id }) => id === older.tip);
}

/** Of two equal ones the local one is shown, then the first by name. */
function isAfter(a: Branch, b: Branch): boolean {
  return a.isRemote === b.isRemote ? a.name > b.name : a.isRemote;
}

/** The name without that of the remote: what `git switch` takes. @example ownName({ name: 'origin/mine', isRemote: true }) // 'mine' */
export function ownName({ name, isRemote }: Pick<Branch, 'name' | 'isRemote'>): string {
  return isRemote ? name.slice(name.indexOf('/') + 1) : name;
}

/** A file that differs between a branch and what it was forked from. */
export interface TreeChange {
  readonly status: 'added' | 'changed' | 'removed';
  readonly path: string;
}

/**
 * What branches change since their forks, as trees: what was put back is no change. One git process for all.
 *
 * @returns By tip.
 * @throws {CliError} `CLI_QUEUE_GIT_FAILED`
 */
export async function readTreeChanges(
  branches: readonly Pick<OpenBranch, 'tip' | 'fork'>[],
  cwd: string,
): Promise<ReadonlyMap<string, readonly TreeChange[]>> {
  const forks = new Map(branches.flatMap(({ tip, fork }) => (fork === null ? [] : [[tip, fork] as const])));
  if (forks.size === 0) return new Map();
  const input = [...forks].map(([tip, fork]) => `${tip} ${fork}\n`).join('');
  const args = ['diff-tree', '--stdin', '-r', '-z', '--no-renames', '--no-ext-diff', '--name-status'];
  const { stdout } = await gitOutput(args, { cwd, input });
  const changes = new Map<string, TreeChange[]>([...forks.keys()].map((tip) => [tip, []]));
  const fields = stdout.toString('utf8').split('\0');
  let current: TreeChange[] = [];
  for (let place = 0; place < fields.length - 1;) {
    const tip = fields[place]!.trim();
    const next = changes.get(tip);
    if (next === undefined) {
      current.push({ status: toStatus(tip), path: fields[place + 1]! });
      place += 2;
    } else {
      current = next;
      place += 1;
    }
  }
  return changes;
}

function toStatus(letter: string): TreeChange['status'] {
  return letter === 'A' ? 'added' : letter === 'D' ? 'removed' : 'changed';
}
