import { CliError } from '../errors.ts';
import { type GitOutputOptions, gitOutput, gitText } from './git-output.ts';

/** A branch as it stands. */
export interface Branch {
  /** As people name it: `mine`, `origin/mine`. */
  readonly name: string;
  readonly isRemote: boolean;
  readonly tip: string;
  /** Who wrote its last commit. */
  readonly author: string;
  /** First line of its last commit. */
  readonly subject: string;
}

/** A tag and what it points to in the end. */
export interface Tag {
  readonly name: string;
  readonly commit: string;
  readonly createdMs: number;
}

/** The references of a repository. */
export interface Refs {
  /** Top of the work tree, or the repository itself where there is none. */
  readonly top: string;
  readonly isShallow: boolean;
  readonly base: { readonly name: string; readonly commit: string };
  /** Without the base, local ones first. */
  readonly branches: readonly Branch[];
  readonly tags: readonly Tag[];
}

const DEFAULT_BASES = ['main', 'origin/main', 'master', 'origin/master'];
const FIELDS = ['refname', 'objectname', '*objectname', 'symref', 'creatordate:unix', 'authorname', 'contents:subject'];

/**
 * Reads branches and tags.
 *
 * @param base - What candidates are merged into; default `main`, or what stands for it.
 * @throws {CliError} `CLI_QUEUE_GIT_FAILED` outside of a repository; `CLI_QUEUE_BASE_UNKNOWN`
 */
export async function readRefs(base: string | undefined, options: Pick<GitOutputOptions, 'cwd'>): Promise<Refs> {
  const [isBare, isShallow] = (
    await gitText(['rev-parse', '--is-bare-repository', '--is-shallow-repository'], options)
  ).split('\n');
  const top = await gitText(['rev-parse', isBare === 'true' ? '--absolute-git-dir' : '--show-toplevel'], options);
  const format = `--format=${FIELDS.map((field) => `%(${field})%00`).join('')}`;
  const { stdout } = await gitOutput(['for-each-ref', format, 'refs/heads', 'refs/remotes', 'refs/tags'], { cwd: top });
  const records = stdout
    .toString('utf8')
    .split('\0\n')
    .slice(0, -1)
    .map((record) => record.split('\0'));
  const branches = records.flatMap(toBranch);
  const found = await resolveBase(base, { branches, cwd: top });
  return {
    top,
    isShallow: isShallow === 'true',
    base: found,
    branches: branches.filter(({ name }) => name !== found.name),
    tags: records.flatMap(toTag),
  };
}

function toBranch([ref = '', tip = '', , symref, , author = '', subject = '']: readonly string[]): Branch[] {
  const isRemote = ref.startsWith('refs/remotes/');
  // origin/HEAD only points to another one.
  if ((!isRemote && !ref.startsWith('refs/heads/')) || symref !== '') return [];
  return [{ name: ref.slice(isRemote ? 13 : 11), isRemote, tip, author, subject }];
}

function toTag([ref = '', object = '', peeled, , created]: readonly string[]): Tag[] {
  if (!ref.startsWith('refs/tags/')) return [];
  return [{ name: ref.slice(10), commit: peeled || object, createdMs: 1000 * Number(created) }];
}

async function resolveBase(
  base: string | undefined,
  { branches, cwd }: { readonly branches: readonly Branch[]; readonly cwd: string },
): Promise<Refs['base']> {
  const wanted = base === undefined ? DEFAULT_BASES : [base];
  for (const name of wanted) {
    const branch = branches.find((one) => one.name === name);
    if (branch !== undefined) return { name, commit: branch.tip };
  }
  if (base !== undefined) {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${base}^{commit}`];
    const { stdout, exitCode } = await gitOutput(args, { cwd, answers: [0, 1, 128] });
    if (exitCode === 0) return { name: base, commit: stdout.toString('utf8').trim() };
  }
  throw new CliError(
    'CLI_QUEUE_BASE_UNKNOWN',
    `There is no branch ${wanted.map((name) => `"${name}"`).join(' and none ')} in ${cwd} that candidates could be merged into.\nName the one: clamor queue --base BRANCH.`,
  );
}
