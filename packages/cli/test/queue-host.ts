import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { QueueAnswer, QueueCandidate } from '@clamor/report';
import { type EvidenceQuery, logQuery } from '@clamor/store';

import { clamor, type Files, folder, type RunResult, writeFiles } from './host.ts';

/** A repository with commits at times of one's own. */
export interface TestRepository {
  readonly dir: string;
  /** Runs git, as `tester`, at a time. @returns stdout. */
  readonly git: (at: string, ...args: string[]) => string;
  /** Writes files (`null` takes one away) and commits all of it. */
  readonly commit: (at: string, message: string, files?: { readonly [path: string]: Files[string] | null }) => void;
}

/** A folder with an empty repository whose first branch is main. */
export function emptyRepository(dir = folder()): TestRepository {
  mkdirSync(dir, { recursive: true });
  const git: TestRepository['git'] = (at, ...args) =>
    execFileSync('git', ['-c', 'core.hooksPath=/dev/null', '-c', 'commit.gpgSign=false', ...args], {
      cwd: dir,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_AUTHOR_NAME: 'tester',
        GIT_AUTHOR_EMAIL: 'tester@example.com',
        GIT_COMMITTER_NAME: 'tester',
        GIT_COMMITTER_EMAIL: 'tester@example.com',
        GIT_AUTHOR_DATE: at,
        GIT_COMMITTER_DATE: at,
      },
    });
  git(DAY_1, 'init', '--quiet', '--initial-branch=main');
  return {
    dir,
    git,
    commit: (at, message, files = {}) => {
      for (const [path, content] of Object.entries(files)) {
        if (content === null) rmSync(join(dir, path));
        else writeFiles(dir, { [path]: content });
      }
      git(at, 'add', '--all');
      git(at, 'commit', '--quiet', '--allow-empty', '--message', message);
    },
  };
}

/** Of the day with this number in March 2026, at noon UTC. */
export function day(number: number): string {
  return `2026-03-${String(number).padStart(2, '0')}T12:00:00Z`;
}

const DAY_1 = day(1);

/** The suite `texts` with its evaluation leaf and one member, `buy`, released with its first commit. */
export const BASE_FILES: Files = {
  'package.json': { name: 'team', version: '1.0.0', private: true, workspaces: ['models/*'] },
  '.changeset/config.json': {},
  '.changeset/README.md': 'about',
  'models/suite/package.json': {
    name: 'texts',
    version: '1.0.0',
    clamor: { kind: 'suite', suite: 'texts', contract: 1, owner: 'core' },
  },
  'models/evaluation/package.json': {
    name: 'texts-evaluation',
    version: '1.0.0',
    private: true,
    clamor: { kind: 'evaluation', suite: 'texts', contract: 1, owner: 'core' },
  },
  // A member in a test of somebody: no package of the repository.
  'tools/fixture/package.json': {
    name: 'texts-fixture',
    version: '0.0.0',
    clamor: { kind: 'classifier', suite: 'texts', contract: 1, owner: 'nobody' },
  },
  ...memberFiles('buy'),
};

/** What of a member is not as {@link memberFiles} has it. */
export interface MemberOptions {
  readonly manifest?: object;
  readonly marker?: object;
  readonly record?: object;
  readonly artifact?: string;
}

/** A member in `models/NAME`: fitted, with an artifact that has the hash of its record. */
export function memberFiles(name: string, options: MemberOptions = {}): Files {
  const artifact = options.artifact ?? `graph of ${name}`;
  const sha256 = createHash('sha256').update(artifact).digest('hex');
  return {
    [`models/${name}/package.json`]: {
      name: `texts-${name}`,
      version: '0.1.0',
      clamor: { kind: 'classifier', suite: 'texts', contract: 1, owner: `${name}-team`, ...options.marker },
      peerDependencies: { texts: '^1.0.0' },
      ...options.manifest,
    },
    [`models/${name}/src/index.ts`]: `export const classifier = '${name}';`,
    [`models/${name}/assets/model.onnx`]: artifact,
    [`models/${name}/assets/record.json`]: {
      threshold: 1,
      artifact: { file: 'model.onnx', sha256, sizeBytes: artifact.length },
      inputs: {},
      encoder: null,
      abstains: false,
      fit: { data: 'texts@1', seed: 0 },
      ...options.record,
    },
  };
}

/** A changeset that gives a package a bump. */
export function changeset(name: string, bump: string): string {
  return `---\n'${name}': ${bump}\n---\n\nWhat was done.\n`;
}

/** Logs a look at a gate in the repository's work tree. @returns Path of the file. */
export async function logLook(dir: string, query: Partial<EvidenceQuery>): Promise<string> {
  const full: EvidenceQuery = {
    kind: 'gate',
    dataset: 'texts@1',
    split: 'gate',
    ids: 'a'.repeat(64),
    suiteVersion: '0123456789abcdef',
    who: 'tester',
    when: '2026-03-03T12:00:00.000Z',
    members: [],
    columns: 'c'.repeat(64),
    outcome: { decision: 'pass', accepted: true, draws: 0.001 },
    ...query,
  };
  return `models/evaluation/evidence/${await logQuery(join(dir, 'models/evaluation/evidence'), full)}`;
}

/** The day of every question. */
const NOW = new Date('2026-03-20T12:00:00.000Z');

/** The suite on main since day 1. */
export function team(dir?: string): TestRepository {
  const repository = emptyRepository(dir);
  repository.commit(day(1), 'the suite', BASE_FILES);
  return repository;
}

/** Runs `clamor queue` in a repository. */
export function runQueue({ dir }: Pick<TestRepository, 'dir'>, ...args: string[]): Promise<RunResult> {
  return clamor(['queue', ...args], { cwd: dir, now: NOW });
}

/** What `clamor queue --json` answers. */
export async function queueOf(repository: Pick<TestRepository, 'dir'>, ...args: string[]): Promise<QueueAnswer> {
  const { stdout } = await runQueue(repository, '--json', ...args);
  return (JSON.parse(stdout) as { result: QueueAnswer }).result;
}

/** A branch from main with one commit on day 2. */
export function onBranch(
  { git, commit }: TestRepository,
  name: string,
  files: Parameters<TestRepository['commit']>[2],
): void {
  git(day(2), 'switch', '--quiet', '--create', name, 'main');
  commit(day(2), `work on ${name}`, files);
}

/** The kinds of blocks by branch. */
export function kindsOf(candidates: readonly QueueCandidate[]): object {
  return Object.fromEntries(candidates.map(({ branch, blocks }) => [branch, blocks.map(({ kind }) => kind)]));
}
