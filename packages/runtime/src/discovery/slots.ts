import semver from 'semver';
import type { DiscoveredPackage } from './discover.ts';
import type { Fault } from './fault.ts';

/** A member name and the versions of its package that are installed side by side. */
export interface Slot {
  /** The member's name. */
  readonly member: string;
  /** Full package name; all versions have the same. */
  readonly package: string;
  /** At least one; from the lowest version to the highest, each version once. */
  readonly versions: readonly DiscoveredPackage[];
  /**
   * The version that counts unless the state says otherwise: the one declared under the package's own name, or the lowest when
   * all are declared under aliases.
   */
  readonly own: string;
  /** The mode that this version ships in. */
  readonly startMode: 'active' | 'shadow';
}

/**
 * Groups members into slots. Several versions of one package, told apart by npm aliases, are one slot.
 *
 * What nobody could tell apart is a fault `MEMBER_DUPLICATE` and left out, the first in the order of the members being kept:
 * another package with the same member name; the same version of a package a second time; two versions under the same
 * declared name (one of them came nested in a bundle, so nobody chose between them).
 *
 * @param members - Classifiers of one suite.
 * @returns Slots in the order of their first member.
 * @example
 * groupSlots(discover().packages.filter((found) => found.marker.kind === 'classifier')).slots.map((slot) => slot.member)
 */
export function groupSlots(members: readonly DiscoveredPackage[]): { slots: Slot[]; faults: Fault[] } {
  const kept = new Map<string, DiscoveredPackage[]>();
  const faults: Fault[] = [];
  for (const member of members) {
    const versions = kept.get(member.name) ?? [];
    const twin = versions.find((other) => isTwin(member, other));
    if (twin !== undefined) faults.push(duplicateFault(member, twin));
    else kept.set(member.name, [...versions, member]);
  }
  return { slots: [...kept].map(([member, versions]) => toSlot(member, versions)), faults };
}

/**
 * Orders two versions by semantic versioning; by their text when one is no such version.
 *
 * @returns Negative when a comes first, 0 when they are equal.
 */
export function compareVersions(a: string, b: string): number {
  if (semver.valid(a) !== null && semver.valid(b) !== null) return semver.compareBuild(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function isTwin(member: DiscoveredPackage, other: DiscoveredPackage): boolean {
  return member.package !== other.package || member.version === other.version || member.alias === other.alias;
}

function duplicateFault(member: DiscoveredPackage, first: DiscoveredPackage): Fault {
  return {
    package: member.package,
    version: member.version,
    code: 'MEMBER_DUPLICATE',
    found: `the member name "${member.name}" a second time (${member.dir}; the first is ${first.package} ${first.version} in ${first.dir})`,
    wanted: 'one package per member name; several versions of it under a name each',
    todo: `Remove or exclude one of the two, or declare a version beside it: "${member.name}-next": "npm:${member.package}@${member.version}".`,
  };
}

function toSlot(member: string, found: readonly DiscoveredPackage[]): Slot {
  const versions = found.toSorted((a, b) => compareVersions(a.version, b.version));
  const own = versions.find((version) => version.alias === null) ?? versions[0];
  return {
    member,
    package: own?.package ?? '',
    versions,
    own: own?.version ?? '',
    startMode: own?.marker.mode ?? 'active',
  };
}
