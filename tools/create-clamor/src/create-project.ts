import { mkdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { CreateError } from './errors.ts';
import { hostFiles, hostPackages } from './host-files.ts';
import { install, lock } from './install.ts';
import { checkFolder, checkName } from './names.ts';
import type { ProjectFile, ProjectOptions } from './project-options.ts';
import { suiteFiles, writeFiles } from './suite-files.ts';

/** What {@link createProject} takes. */
export interface CreateProjectOptions {
  readonly project: ProjectOptions;
  /** Say what would be written, and write nothing; default false. */
  readonly dryRun?: boolean;
  /** Leave it to the caller to install; default false. Then a host has no lock yet. */
  readonly skipInstall?: boolean;
}

/**
 * Makes a project in a folder that is not there or empty: files, installed packages, and for a host its lock.
 *
 * Everything that can be refused is, before anything is written.
 *
 * @param dir - Its last part becomes the name of the root package.
 * @returns The files, also those of a dry run.
 * @throws {CreateError} any of `CREATE_ERRORS` but `CREATE_USAGE`
 */
export function createProject(dir: string, options: CreateProjectOptions): readonly ProjectFile[] {
  const { project, dryRun = false, skipInstall = false } = options;
  const folder = resolve(dir);
  checkFolder(folder);
  checkName('project', basename(folder));
  const files = project.template === 'host' ? checkedHost(folder, project) : checkedSuite(folder, project);
  if (dryRun) return files;
  mkdirSync(folder, { recursive: true });
  writeFiles(folder, files);
  if (skipInstall) return files;
  if (project.template === 'suite') {
    install(folder);
    return files;
  }
  install(folder, hostPackages(project));
  lock(folder);
  return files;
}

function checkedHost(folder: string, project: ProjectOptions & { readonly template: 'host' }): ProjectFile[] {
  for (const name of [project.suitePackage, ...project.members]) checkName('package', name);
  if (project.members.length === 0) {
    throw new CreateError(
      'CREATE_MEMBERS_MISSING',
      `No member of ${project.suitePackage} was named, and a suite without members judges nothing.\nName them: --member @acme/fraud-cards, once for each.`,
    );
  }
  return hostFiles(basename(folder), project);
}

function checkedSuite(folder: string, project: ProjectOptions & { readonly template: 'suite' }): ProjectFile[] {
  checkName('suite', project.suite);
  checkName('scope', project.scope);
  return suiteFiles(basename(folder), project);
}
