import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MemberRecord, errorMessage } from '@clamor/contract';
import semver from 'semver';
import { type ContentHashes, contentHashes } from '../versions/content.ts';
import { artifactMismatch } from './artifact.ts';
import { checkEncoder } from './check-encoder.ts';
import type { DiscoveredPackage } from './discover.ts';
import type { Fault } from './fault.ts';
import { packageEntry } from './package-entry.ts';
import { type CheckedEncoder, type EncoderReader, createEncoderReader } from './read-encoder.ts';
import { checkRecord } from './validate.ts';

/** A member whose JSON is in order; its code has not been touched yet. */
export interface CheckedMember extends DiscoveredPackage, ContentHashes {
  readonly record: MemberRecord;
  /** Absolute path of the file to import. */
  readonly entry: string;
  /** The encoder that it reads, where Node finds it from its folder; `null` for none. */
  readonly encoder: CheckedEncoder | null;
}

/** Either a member fit to be imported, or its faults. */
export type MemberCheck = { readonly member: CheckedMember } | { readonly faults: readonly Fault[] };

/**
 * Checks a member from JSON and bytes alone: suite range, entry, record, artifact hash, encoder.
 *
 * @param suite - The installed suite package.
 * @param readEncoder - One for all members, so that what they share is read once.
 */
export async function checkMember(
  found: DiscoveredPackage,
  suite: DiscoveredPackage,
  readEncoder: EncoderReader = createEncoderReader(),
): Promise<MemberCheck> {
  const faults = [...suiteRangeFaults(found, suite)];
  const entry = packageEntry(found);
  if (entry === null) {
    faults.push(
      fault(
        found,
        'MEMBER_IMPORT_FAILED',
        'a package.json without an entry',
        '"exports": { ".": … }',
        'Correct its package.json.',
      ),
    );
  }
  // Before anything is read: what a worker finds unchanged against this was unchanged when it was checked.
  const hashes = await contentHashes({ dir: found.dir, entry });
  const record = await readRecord(found);
  if ('fault' in record) return { faults: [...faults, record.fault] };
  faults.push(...(await artifactFaults(found, record.record)));
  const encoded = await checkEncoder(found, record.record, readEncoder);
  if ('faults' in encoded) return { faults: [...faults, ...encoded.faults] };
  if (faults.length > 0 || entry === null) return { faults };
  return { member: { ...found, ...hashes, record: record.record, entry, encoder: encoded.encoder } };
}

function fault(of: DiscoveredPackage, code: string, found: string, wanted: string, todo: string): Fault {
  return { package: of.package, version: of.version, code, found, wanted, todo };
}

function suiteRangeFaults(found: DiscoveredPackage, suite: DiscoveredPackage): Fault[] {
  const range = found.manifest.peerDependencies?.[suite.package];
  // A workspace protocol or a star accepts whatever stands in the same repository.
  if (range !== undefined && semver.satisfies(suite.version, range, { includePrerelease: true })) return [];
  return [
    fault(
      found,
      'MEMBER_SUITE_RANGE',
      range === undefined ? `no peer dependency on ${suite.package}` : `a peer dependency on ${suite.package} ${range}`,
      `a range that ${suite.version} is in`,
      `Install a version of it for ${suite.package} ${suite.version}, or another version of the suite.`,
    ),
  ];
}

async function readRecord(found: DiscoveredPackage): Promise<{ record: MemberRecord } | { fault: Fault }> {
  const problem = (what: string): { fault: Fault } => ({
    fault: fault(
      found,
      'MEMBER_RECORD_INVALID',
      `an assets/record.json that ${what}`,
      'a record of the contract',
      'Rebuild the member, or install it again.',
    ),
  });
  let value: unknown;
  try {
    value = JSON.parse(await readFile(join(found.dir, 'assets', 'record.json'), 'utf8'));
  } catch (error) {
    return problem(`cannot be read (${errorMessage(error)})`);
  }
  const checked = checkRecord(value);
  if ('problem' in checked) return problem(`says: ${checked.problem}`);
  const { threshold, positiveRateBand } = checked.value;
  if (Math.fround(threshold) !== threshold) return problem(`has the threshold ${threshold}, which is not a float32`);
  if (positiveRateBand[0] > positiveRateBand[1]) return problem(`has a positive-rate band from high to low`);
  return { record: checked.value };
}

async function artifactFaults(found: DiscoveredPackage, { artifact }: MemberRecord): Promise<Fault[]> {
  if (artifact === null) return [];
  const file = join(found.dir, 'assets', artifact.file);
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    return [
      fault(
        found,
        'MEMBER_ARTIFACT_MISSING',
        `no readable ${file} (${errorMessage(error)})`,
        `${artifact.sizeBytes} bytes`,
        'Install the package again.',
      ),
    ];
  }
  const mismatch = artifactMismatch(bytes, artifact, file);
  if (mismatch === null) return [];
  const todo = 'Install the package again, or rebuild artifact and record together.';
  return [fault(found, 'MEMBER_ARTIFACT_MISMATCH', mismatch.found, mismatch.wanted, todo)];
}
