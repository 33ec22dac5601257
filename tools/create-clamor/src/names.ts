import { existsSync, readdirSync, statSync } from 'node:fs';
import { CreateError } from './errors.ts';

// What npm takes for a new package, and what the generators of @clamor/nx take for a suite and a scope.
const PART = '[a-z0-9][a-z0-9._-]*';
const PATTERNS = {
  project: new RegExp(`^${PART}$`),
  scope: new RegExp(`^${PART}$`),
  package: new RegExp(`^(@${PART}/)?${PART}$`),
  suite: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
};
const WANTED = {
  project: 'lower-case letters, digits, dots, hyphens: it becomes the name of the root package, for example my-app',
  scope: 'lower-case letters, digits, dots, hyphens, for example acme',
  package: 'the name of a package without a version, for example @acme/fraud',
  suite: 'lower-case letters, digits and single hyphens, beginning with a letter, and not encoders, for example fraud',
};
/** Names that npm or the map of a workspace keeps for something else. */
const RESERVED: { readonly [what in NameKind]?: readonly string[] } = {
  project: ['node_modules', 'favicon.ico'],
  suite: ['encoders'],
};
const MAX_LENGTH = 100;

/** What a name is for. */
export type NameKind = keyof typeof PATTERNS;

/**
 * What is wrong with a name, in a sentence that says what is wanted.
 *
 * @returns `undefined` when it can be used.
 * @example nameFault('suite', 'fraud') // undefined
 */
export function nameFault(what: NameKind, name: string): string | undefined {
  const isFine = PATTERNS[what].test(name) && name.length <= MAX_LENGTH && !RESERVED[what]?.includes(name);
  return isFine ? undefined : `"${name}" cannot be the name of a ${what}.\nWanted: ${WANTED[what]}.`;
}

/**
 * Refuses a name that cannot be used.
 *
 * @throws {CreateError} `CREATE_NAME_INVALID`
 */
export function checkName(what: NameKind, name: string): void {
  const fault = nameFault(what, name);
  if (fault !== undefined) throw new CreateError('CREATE_NAME_INVALID', fault);
}

/** What git leaves in a folder is no project. */
const NOTHING = ['.git'];

/**
 * What stands in the way of a new project in a folder.
 *
 * @returns `undefined` when there is no such folder, or it is empty; one that git has begun counts as empty.
 */
export function folderFault(dir: string): string | undefined {
  if (!existsSync(dir)) return undefined;
  if (!statSync(dir).isDirectory()) return `${dir} is a file.\nWanted: a folder that is not there or is empty.`;
  const found = readdirSync(dir).filter((name) => !NOTHING.includes(name));
  if (found.length === 0) return undefined;
  const few = found.slice(0, 3).join(', ');
  return `${dir} holds ${few}${found.length > 3 ? ` and ${found.length - 3} more` : ''}.\nWanted: a folder that is not there or is empty. Nothing of yours is written over.`;
}

/**
 * Refuses a folder that holds something.
 *
 * @throws {CreateError} `CREATE_FOLDER_TAKEN`
 */
export function checkFolder(dir: string): void {
  const fault = folderFault(dir);
  if (fault !== undefined) throw new CreateError('CREATE_FOLDER_TAKEN', fault);
}
