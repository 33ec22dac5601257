import { type ScratchWorkspace, createScratchWorkspace } from './scratch-workspace.ts';

/** A copy of the workspace that is a git repository, on the branch main. */
export interface ScratchRepository extends ScratchWorkspace {
  /** Commits whatever has changed, as nobody in particular. */
  commit(message: string): void;
}

/**
 * Copies the workspace and commits it.
 *
 * @throws {Error} with what git says, when it cannot.
 */
export function createScratchRepository(): ScratchRepository {
  const scratch = createScratchWorkspace();
  const git = (...args: readonly string[]): void => {
    const { status, output } = scratch.run('git', ...args);
    if (status !== 0) throw new Error(`git ${args.join(' ')} ended with ${status}:\n${output}`);
  };
  const commit = (message: string): void => {
    git('add', '--all');
    const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    git(...author, 'commit', '--quiet', '--no-verify', '-m', message);
  };
  git('init', '--quiet', '--initial-branch=main');
  // A link is no folder, which is what .gitignore names.
  scratch.write('.git/info/exclude', 'node_modules\n');
  commit('all');
  return { ...scratch, commit };
}
