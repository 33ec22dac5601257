export { createProject } from './create-project.ts';
export { CREATE_ERRORS, CreateError } from './errors.ts';

export type { CreateProjectOptions } from './create-project.ts';
export type { CreateErrorCode } from './errors.ts';
export type { HostOptions, ProjectFile, ProjectOptions, SuiteOptions } from './project-options.ts';
