import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest, WorkspacePackage } from '@clamor/checks/workspace';

/** The command that makes the shipped columns of an evaluation, as a script of its package.json. */
export const COLUMNS_SCRIPT = 'columns';
/** Runs graphs: what it depends on is part of the key of every column. */
const ENGINE = '@clamor/onnx';

/** Shipped columns of an evaluation that a release makes useless. */
export interface StaleColumns {
  /** Package of the evaluation. */
  readonly evaluation: string;
  /** Short names, sorted. */
  readonly members: readonly string[];
}

/**
 * Columns that come with an evaluation and hold no longer after a release: their keys name the versions of the member, of its suite, of
 * what these and the engine depend on. Nothing is wrong then; a fresh clone scores the member again, which is what they are there to save.
 *
 * @param released - Names of the packages that get another version.
 * @example staleColumns([], ['@clamor/spam-words']) // []
 */
export function staleColumns(packages: readonly WorkspacePackage[], released: readonly string[]): StaleColumns[] {
  const byName = new Map(packages.map((each) => [each.manifest.name, each.manifest]));
  const stale: StaleColumns[] = [];
  for (const { dir, manifest } of packages) {
    const { name: evaluation, clamor, scripts } = manifest;
    if (clamor?.kind !== 'evaluation' || scripts?.[COLUMNS_SCRIPT] === undefined) continue;
    const members = packages.filter(
      (each) => each.manifest.clamor?.kind === 'classifier' && each.manifest.clamor.suite === clamor.suite,
    );
    const suites = packages.filter(
      (each) => each.manifest.clamor?.kind === 'suite' && each.manifest.clamor.suite === clamor.suite,
    );
    const holds = (name: string): boolean => {
      const member = members.find((each) => each.manifest.name.endsWith(`/${clamor.suite}-${name}`));
      if (member === undefined) return true;
      const keyed = [member.manifest, ...suites.map((each) => each.manifest)];
      const named = [...keyed.map((each) => each.name), ...[...keyed, byName.get(ENGINE)].flatMap(declaredBy)];
      return !named.some((each) => released.includes(each));
    };
    const names = shippedMembers(dir).filter((name) => !holds(name));
    if (names.length > 0) stale.push({ evaluation, members: names });
  }
  return stale;
}

/** Members whose columns an evaluation ships: those that have a key. */
function shippedMembers(dir: string): string[] {
  const manifests = globSync('data/columns/**/*.json', { cwd: dir }).map(
    (file) => JSON.parse(readFileSync(join(dir, file), 'utf8')) as { readonly name: string; readonly key?: string },
  );
  return [...new Set(manifests.flatMap(({ name, key }) => (key === undefined ? [] : [name])))].toSorted();
}

function declaredBy(manifest: Manifest | undefined): string[] {
  return Object.keys({ ...manifest?.peerDependencies, ...manifest?.dependencies });
}
