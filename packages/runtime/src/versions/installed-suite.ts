import type { CheckedMember } from '../discovery/check-member.ts';
import type { DiscoveredPackage } from '../discovery/discover.ts';
import type { FoundSuite } from '../discovery/find-suite.ts';
import { packageEntry } from '../discovery/package-entry.ts';
import { type Slot, compareVersions } from '../discovery/slots.ts';
import { encoderName } from '../encoders/suite-encoders.ts';
import { contentHashes } from './content.ts';
import type { InstalledSuite, LockedPackage } from './locked-suite.ts';
import { lockedEncoders } from './locked-encoders.ts';
import { type SourceLookup, packageSources } from './npm-lockfile.ts';
import { suiteVersion } from './suite-version.ts';

/** What {@link describeInstalledSuite} takes. */
export interface InstalledSuiteParts {
  /** Folder of the host. */
  readonly host: string;
  readonly suite: FoundSuite;
  readonly slots: readonly Slot[];
  /** Those without a fault so far; the others are described without record. */
  readonly members: readonly CheckedMember[];
}

/** Describes what is installed of a suite, in the words of a lock. */
export async function describeInstalledSuite(parts: InstalledSuiteParts): Promise<InstalledSuite> {
  const { suite, slots, members } = parts;
  const sourceOf = packageSources(parts.host);
  const found = slots.flatMap((slot) => slot.versions.map((version) => ({ slot, version })));
  const packages = await Promise.all([
    describePackage(suite.package, { kind: 'suite', own: true, sourceOf }),
    ...found.map(({ slot, version }) => {
      const checked = members.find((member) => member.dir === version.dir);
      const own = version.version === slot.own;
      return describePackage(version, { kind: 'classifier', own, checked, sourceOf });
    }),
  ]);
  const encoders = lockedEncoders(members, sourceOf);
  return {
    suite: suite.package.marker.suite ?? suite.package.name,
    suiteVersion: await suiteVersion(parts),
    policy: suite.policy,
    packages: [...packages, ...encoders].toSorted(byPackageAndVersion),
  };
}

interface PackageParts {
  readonly kind: LockedPackage['kind'];
  readonly own: boolean;
  readonly checked?: CheckedMember | undefined;
  readonly sourceOf: SourceLookup;
}

async function describePackage(found: DiscoveredPackage, parts: PackageParts): Promise<LockedPackage> {
  const { kind, own, checked, sourceOf } = parts;
  const hashes = checked ?? (await contentHashes({ dir: found.dir, entry: packageEntry(found) }));
  return {
    kind,
    package: found.package,
    member: kind === 'classifier' ? found.name : null,
    version: found.version,
    alias: found.alias,
    own,
    ...(found.marker.mode === undefined ? {} : { mode: found.marker.mode }),
    contentHash: hashes.contentHash,
    codeHash: hashes.codeHash,
    artifactHash: checked?.record.artifact?.sha256 ?? null,
    threshold: checked?.record.threshold ?? null,
    ...(checked?.encoder == null ? {} : { encoder: encoderName(checked.encoder) }),
    ...sourceOf(found),
  };
}

function byPackageAndVersion(a: LockedPackage, b: LockedPackage): number {
  if (a.package !== b.package) return a.package < b.package ? -1 : 1;
  return compareVersions(a.version, b.version);
}
