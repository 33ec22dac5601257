import { NxError } from '../errors.ts';
import type { WorkspaceFiles } from './files.ts';
import { type Workspace, isCovered } from './workspace.ts';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const SCOPE = /^[a-z0-9][a-z0-9._-]*$/;
const MAX_LENGTH = 100;
/** Folders of models/ and of a suite that mean something else. */
const RESERVED = { suite: ['encoders'], member: ['suite', 'evaluation'], encoder: [] } as const;

/**
 * Checks the name of a new member, suite or encoder.
 *
 * @throws {NxError} `GENERATE_NAME_INVALID`
 */
export function checkName(what: 'suite' | 'member' | 'encoder', name: string): void {
  if (!NAME.test(name) || name.length > MAX_LENGTH) {
    throw new NxError(
      'GENERATE_NAME_INVALID',
      `"${name}" cannot be the name of a ${what}.\nWanted: lower-case letters, digits and single hyphens, beginning with a letter, at most ${MAX_LENGTH} characters, for example ${what === 'suite' ? 'spam' : 'free-mail'}.`,
    );
  }
  if ((RESERVED[what] as readonly string[]).includes(name)) {
    throw new NxError(
      'GENERATE_NAME_INVALID',
      `"${name}" cannot be the name of a ${what}: the folder models/${what === 'member' ? `<suite>/${name}` : name} is for something else.\nChoose another name.`,
    );
  }
}

/**
 * `<suite>/<member>` apart.
 *
 * @throws {NxError} `GENERATE_NAME_INVALID`
 * @example splitMemberName('spam/words') // { suite: 'spam', member: 'words' }
 */
export function splitMemberName(name: string): { readonly suite: string; readonly member: string } {
  const [suite = '', member, ...rest] = name.split('/');
  if (member === undefined || rest.length > 0) {
    throw new NxError(
      'GENERATE_NAME_INVALID',
      `"${name}" does not name a member.\nWanted: <suite>/<member>, for example spam/free-mail.`,
    );
  }
  checkName('suite', suite);
  checkName('member', member);
  return { suite, member };
}

/**
 * The scope of new packages: what is asked for, else that of a package of the workspace, else that of its root.
 *
 * @param asked - With or without the @.
 * @throws {NxError} `GENERATE_NAME_INVALID`
 */
export function chooseScope({ manifest, packages }: Workspace, asked?: string): string {
  const marked = packages.filter((each) => each.isOwn && each.manifest.clamor !== undefined);
  const scopes = [...marked.map((each) => each.manifest.name), manifest.name].map(
    (name) => /^@([^/]+)\//.exec(name ?? '')?.[1],
  );
  const scope = (asked ?? scopes.find((each) => each !== undefined) ?? manifest.name ?? '').replace(/^@/, '');
  if (SCOPE.test(scope)) return scope;
  throw new NxError(
    'GENERATE_NAME_INVALID',
    `"${scope}" cannot be the scope of a package.\nName one: --scope acme, or give the root package.json a name with a scope.`,
  );
}

/**
 * Checks that a folder and a package name are free, and that the root's globs cover the folder.
 *
 * @throws {NxError} `GENERATE_NAME_TAKEN`, `GENERATE_WORKSPACE_INVALID`
 */
export function checkPlace(
  { files, workspace }: { readonly files: WorkspaceFiles; readonly workspace: Workspace },
  { dir, name }: { readonly dir: string; readonly name: string },
): void {
  if (files.children(dir).length > 0) {
    throw new NxError(
      'GENERATE_NAME_TAKEN',
      `The folder ${dir} is there and not empty.\nChoose another name, or delete it.`,
    );
  }
  const other = workspace.packages.find(({ manifest }) => manifest.name === name);
  if (other !== undefined) {
    throw new NxError(
      'GENERATE_NAME_TAKEN',
      `${name} is the name of the package in ${other.dir}.\nChoose another name.`,
    );
  }
  if (isCovered(workspace.patterns, dir) || files.exists('pnpm-workspace.yaml')) return;
  throw new NxError(
    'GENERATE_WORKSPACE_INVALID',
    `The workspaces of the root package.json (${workspace.patterns.join(', ') || 'none'}) leave ${dir} out.\nAdd "models/*/*" to them: nx g @clamor/nx:init, or clamor-workspace init.`,
  );
}
