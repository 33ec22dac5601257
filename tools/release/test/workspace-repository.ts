import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandResult, runCommand } from '@clamor/checks/run-command';
import { createScratchWorkspace } from '@clamor/checks/scratch-workspace';
import { type WorkspacePackage, workspacePackages } from '@clamor/checks/workspace';
import { type ScratchRepository, openRepository } from './scratch-repository.ts';

/** A copy of this workspace as a git repository of its own, with the installed dependencies linked. */
export interface WorkspaceRepository extends ScratchRepository {
  run(command: string, ...args: readonly string[]): CommandResult;
  /** Reads a file; the path is relative to the repository. */
  read(path: string): string;
  packages(): WorkspacePackage[];
}

/** Copies the workspace as it is on disk and commits it. */
export function createWorkspaceRepository(): WorkspaceRepository {
  const scratch = createScratchWorkspace();
  const { dir } = scratch;
  const repository = openRepository(dir);
  repository.git('init', '--quiet', '--initial-branch', 'main');
  repository.commit('begin');
  return {
    ...repository,
    run: (command, ...args) => runCommand(command, args, dir),
    read: (path) => readFileSync(join(dir, path), 'utf8'),
    packages: () => workspacePackages(dir),
    dispose: () => scratch.dispose(),
  };
}
