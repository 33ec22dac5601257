/** A host: a program that judges by a suite and the members that it installs. */
export interface HostOptions {
  readonly template: 'host';
  /** Package of the suite, for example `@clamor/spam`. */
  readonly suitePackage: string;
  /** Packages of its members, at least one. */
  readonly members: readonly string[];
}

/** A workspace in which a team makes a suite and its members. */
export interface SuiteOptions {
  readonly template: 'suite';
  /** Name of the suite, for example `fraud`. */
  readonly suite: string;
  /** Scope of its packages, without the @. */
  readonly scope: string;
  /** Whether Nx runs the checks: only what a change touches, and what was computed once comes from its cache. */
  readonly nx: boolean;
}

/** What a project is to be. */
export type ProjectOptions = HostOptions | SuiteOptions;

/** A file of a new project; the path is relative to its folder, with slashes. */
export interface ProjectFile {
  readonly path: string;
  readonly content: string;
}
