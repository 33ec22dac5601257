import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The suite that a host gets by default, and its members. */
export interface Models {
  /** Package of the suite. */
  readonly suite: string;
  /** Packages of its members, sorted; none that is private. */
  readonly members: readonly string[];
}

const SUITE = 'spam';

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly clamor?: { readonly kind: string; readonly suite?: string };
}

/**
 * The spam suite of a workspace and its published members. No list of them is kept anywhere: a member joins, and leaves,
 * with its folder.
 *
 * @param workspace - Root of the workspace of Clamor.
 */
export function readModels(workspace: URL): Models {
  const root = fileURLToPath(workspace);
  const manifests = globSync(`models/${SUITE}/*/package.json`, { cwd: root })
    .map((file) => JSON.parse(readFileSync(`${root}/${file}`, 'utf8')) as Manifest)
    .filter((manifest) => manifest.private !== true && manifest.clamor?.suite === SUITE);
  const ofKind = (kind: string) => manifests.filter(({ clamor }) => clamor?.kind === kind).map(({ name }) => name);
  return { suite: ofKind('suite')[0] ?? '', members: ofKind('classifier').toSorted() };
}
