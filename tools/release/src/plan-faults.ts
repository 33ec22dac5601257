import type { ComprehensiveRelease, ReleasePlan } from '@changesets/types';
import type { WorkspacePackage } from '@clamor/checks/workspace';
import semver from 'semver';
import { memberOf } from './changelog.ts';
import { ReleaseError } from './errors.ts';
import { isVersioned } from './last-release.ts';

/**
 * What is wrong with a release, before it is made.
 *
 * - A changeset of a member names that member only.
 * - A version of the contract or of a suite that a model's peer range does not admit would move that range in a patch
 *   release: a host that updates within its own range would be told to install another major. So such a model says by a
 *   changeset of its own that it breaks, too. A range that admits both, `^1.2.0 || ^2.0.0`, is the way around a flag
 *   day: that model needs nothing.
 * - The same for an encoder that a member depends on: its vectors are others, so the member's judgements are. A minor is
 *   the least.
 *
 * A model that was never released breaks nobody.
 *
 * @returns Empty when all is well.
 */
export function planFaults(
  { changesets, releases }: Pick<ReleasePlan, 'changesets' | 'releases'>,
  packages: readonly WorkspacePackage[],
): ReleaseError[] {
  const faults: ReleaseError[] = [];
  for (const changeset of changesets) {
    try {
      memberOf(changeset, packages);
    } catch (error) {
      faults.push(error as ReleaseError);
    }
  }
  const byName = new Map(releases.map((release) => [release.name, release]));
  for (const found of packages) {
    if (found.manifest.private === true || found.manifest.clamor === undefined || !isVersioned(found)) continue;
    faults.push(...modelFaults(found, byName, packages));
  }
  return faults;
}

function modelFaults(
  { manifest }: WorkspacePackage,
  releases: ReadonlyMap<string, ComprehensiveRelease>,
  packages: readonly WorkspacePackage[],
): ReleaseError[] {
  const { name, version } = manifest;
  const own = releases.get(name);
  const said = own === undefined || own.changesets.length === 0 ? 'none' : own.type;
  const breaking = semver.major(version) === 0 ? 'minor' : 'major';
  const fault = (needed: ComprehensiveRelease, range: string, least: 'minor' | 'major') =>
    atLeast(said, least)
      ? []
      : [
          new ReleaseError(
            'RELEASE_MAJOR_ALONE',
            `${needed.name} goes ${needed.oldVersion} → ${needed.newVersion} and leaves ${name}@${version} behind ` +
              `(${range}); its changeset says ${said}.\n` +
              `Wanted: at least ${least}, or a range that admits both. Write .changeset/${fileName(name, needed)}:\n\n` +
              `---\n'${name}': ${least}\n---\n\nNeeds ${needed.name} ${needed.newVersion}: …\n`,
          ),
        ];
  const outside = (ranges: { readonly [name: string]: string } = {}) =>
    Object.entries(ranges).flatMap(([needed, range]) => {
      const release = releases.get(needed);
      const leaves = release?.newVersion !== undefined && !semver.satisfies(release.newVersion, range);
      return leaves ? [{ release, range }] : [];
    });
  const isEncoder = (needed: string) =>
    packages.some((each) => each.manifest.name === needed && each.manifest.clamor?.kind === 'encoder');
  return [
    ...outside(manifest.peerDependencies).flatMap(({ release, range }) => fault(release, range, breaking)),
    ...outside(manifest.dependencies)
      .filter(({ release }) => isEncoder(release.name))
      .flatMap(({ release, range }) => fault(release, range, 'minor')),
  ];
}

const LEAST_FIRST = ['none', 'patch', 'minor', 'major'] as const;

function atLeast(type: (typeof LEAST_FIRST)[number], least: (typeof LEAST_FIRST)[number]): boolean {
  return LEAST_FIRST.indexOf(type) >= LEAST_FIRST.indexOf(least);
}

function fileName(name: string, needed: ComprehensiveRelease): string {
  return `${[name, needed.name].map((each) => each.replace(/^@[^/]+\//, '')).join('-')}-${needed.newVersion}.md`;
}
