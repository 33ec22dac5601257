import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand } from '@clamor/checks/run-command';

/** A git repository in a folder of its own. */
export interface ScratchRepository {
  readonly dir: string;
  /** Writes a file, objects as JSON; the path is relative to the repository. */
  write(path: string, content: string | object): void;
  /** Runs git; throws when it fails. */
  git(...args: readonly string[]): string;
  /** Commits everything. */
  commit(subject: string): void;
  dispose(): void;
}

/** A repository with one commit, in which members can be planted. */
export function createScratchRepository(): ScratchRepository {
  const dir = mkdtempSync(join(tmpdir(), 'clamor-release-'));
  const repository = openRepository(dir);
  repository.git('init', '--quiet', '--initial-branch', 'main');
  repository.write('package.json', { name: 'scratch', private: true, workspaces: ['packages/*', 'models/*/*'] });
  repository.write('.changeset/config.json', { changelog: false });
  repository.commit('begin');
  return repository;
}

/** A folder that is, or becomes, a git repository. */
export function openRepository(dir: string): ScratchRepository {
  const git = (...args: readonly string[]): string => {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    const { status, stdout, output } = runCommand('git', [...identity, ...args], dir);
    if (status !== 0) throw new Error(`git ${args.join(' ')}:\n${output}`);
    return stdout;
  };
  return {
    dir,
    write(path, content) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
    },
    git,
    commit(subject) {
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '-m', subject);
    },
    dispose: () => rmSync(dir, { recursive: true, force: true }),
  };
}
