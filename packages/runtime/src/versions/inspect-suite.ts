import { type CheckedMember, checkMember } from '../discovery/check-member.ts';
import { type DiscoverOptions, type DiscoveredPackage, type Discovery, discover } from '../discovery/discover.ts';
import { type Fault, faultyError } from '../discovery/fault.ts';
import { type FoundSuite, findSuite } from '../discovery/find-suite.ts';
import { createEncoderReader } from '../discovery/read-encoder.ts';
import { type Slot, groupSlots } from '../discovery/slots.ts';
import { type SuiteEncoder, groupEncoders, toSuiteEncoder } from '../encoders/suite-encoders.ts';
import { checkProvenance } from '../provenance/check-provenance.ts';
import type { ProvenanceOptions } from '../provenance/provenance-options.ts';
import { type ContentHashes, contentHashes } from './content.ts';
import { describeInstalledSuite } from './installed-suite.ts';
import type { InstalledSuite } from './locked-suite.ts';

/** Options of {@link inspectSuite}. */
export interface InspectSuiteOptions extends DiscoverOptions {
  /** Name of the suite; may be left out when only one is installed. */
  readonly suite?: string;
  /**
   * Refuse members, and a suite, without provenance of npm: that a CI system built the installed tarball from a repository that is
   * accepted. Asks the registry, once per tarball. Default `false`.
   */
  readonly requireProvenance?: boolean | ProvenanceOptions;
}

/** A suite package, and the hash of its files as they were looked at. */
export interface CheckedSuite extends FoundSuite, ContentHashes {}

/** What is installed of a suite, from JSON and bytes alone. */
export interface SuiteInspection {
  readonly name: string;
  readonly discovery: Discovery;
  readonly suite: CheckedSuite;
  /** Every installed version of every member, faulty ones too. */
  readonly slots: readonly Slot[];
  /** The versions without a fault so far, in the order of the slots. */
  readonly members: readonly CheckedMember[];
  /** What those members read, each once. */
  readonly encoders: readonly SuiteEncoder[];
  /** In the words of a lock. */
  readonly installed: InstalledSuite;
  /** What is wrong with packages, as far as it shows without running code of theirs. */
  readonly faults: readonly Fault[];
}

/**
 * Looks at what is installed of a suite without running any of its code.
 *
 * @throws {RuntimeError} `HOST_NOT_FOUND`, `SUITE_NOT_FOUND`, `SUITE_AMBIGUOUS`, `SUITE_POLICY_INVALID`, `SUITE_LOAD_FAILED`;
 * `SUITE_FAULTY` when provenance is required and the suite itself has none
 * @example
 * // (await inspectSuite({ suite: 'spam' })).installed.suiteVersion // 'cd4420b54aa13d3e'
 */
export async function inspectSuite(options: InspectSuiteOptions = {}): Promise<SuiteInspection> {
  const discovery = discover(options);
  const found = findSuite(discovery, options.suite);
  const hashes = await contentHashes({ dir: found.package.dir, entry: found.entry });
  // Its policy is read after the hash: what workers find unchanged was unchanged here, too.
  const suite = { ...findSuite(discovery, options.suite), ...hashes };
  const name = suite.package.marker.suite ?? suite.package.name;
  const classifiers = discovery.packages.filter((p) => p.marker.kind === 'classifier' && p.marker.suite === name);
  const { slots, faults: duplicates } = groupSlots(classifiers);
  const versions = slots.flatMap((slot) => slot.versions);
  const readEncoder = createEncoderReader();
  const checks = await Promise.all(versions.map((version) => checkMember(version, suite.package, readEncoder)));
  const checked = checks.flatMap((check) => ('member' in check ? [check.member] : []));
  const unproven = await provenanceFaults(discovery.host, [suite.package, ...versions], options);
  const ofSuite = unproven.filter((fault) => fault.package === suite.package.package);
  if (ofSuite.length > 0) throw faultyError(name, ofSuite);
  unproven.push(...(await encoderProvenanceFaults(discovery.host, checked, options)));
  const members = checked.filter(
    (member) => !unproven.some((fault) => fault.package === member.package && fault.version === member.version),
  );
  const faults = [...checks.flatMap((check) => ('faults' in check ? check.faults : [])), ...unproven];
  const installed = await describeInstalledSuite({ host: discovery.host, suite, slots, members: checked });
  return {
    name,
    discovery,
    suite,
    slots,
    members,
    encoders: groupEncoders(members).map(toSuiteEncoder),
    installed,
    faults: [...discovery.faults, ...duplicates, ...faults],
  };
}

async function provenanceFaults(
  host: string,
  packages: readonly DiscoveredPackage[],
  { requireProvenance = false }: InspectSuiteOptions,
): Promise<Fault[]> {
  if (requireProvenance === false) return [];
  return checkProvenance(host, packages, requireProvenance === true ? {} : requireProvenance);
}

/** An encoder without provenance is a fault of every member on it. */
async function encoderProvenanceFaults(
  host: string,
  members: readonly CheckedMember[],
  options: InspectSuiteOptions,
): Promise<Fault[]> {
  const copies = new Map(members.flatMap(({ encoder }) => (encoder === null ? [] : [[encoder.dir, encoder] as const])));
  const faults = await provenanceFaults(host, [...copies.values()], options);
  return members.flatMap(({ package: name, version, encoder }) =>
    faults
      .filter((fault) => fault.package === encoder?.package && fault.version === encoder.version)
      .map((fault) => ({
        ...fault,
        package: name,
        version,
        found: `of its encoder ${encoder?.package}: ${fault.found}`,
      })),
  );
}
