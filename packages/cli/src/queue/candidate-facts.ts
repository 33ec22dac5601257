import { createHash } from 'node:crypto';

import type { VersionBump } from '@clamor/report';
import parseChangeset from '@changesets/parse';

import { versionStep } from '../compare/check-changeset.ts';
import { followingBump, largerBump } from '../compare/version-bump.ts';
import { type RawRecord, versionFacts } from '../compare/version-facts.ts';
import { type BranchMember, isJudging } from './branch-members.ts';
import type { CandidateFacts } from './candidate-blocks.ts';
import { type EvidenceFiles, gateLooks } from './gate-looks.ts';
import type { MergeCheck } from './merge-check.ts';
import { type OpenBranch, ownName } from './open-branches.ts';
import { joinPath, type RawManifest } from './suite-packages.ts';

/** What the queue reads of an `assets/record.json`. */
export interface QueueRecord extends RawRecord {
  readonly artifact?: { readonly file?: string; readonly sha256?: string } | null;
  readonly fit?: { readonly data?: string };
}

/** The text of a record, or why there is none. */
export type ReadRecord = { readonly record: QueueRecord } | { readonly fault: string };

/** A record from the bytes of its file. */
export function parseRecord(bytes: Buffer | undefined): ReadRecord {
  if (bytes === undefined) return { fault: 'assets/record.json is not on the branch.' };
  try {
    const record: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof record === 'object' && record !== null && !Array.isArray(record)) return { record };
  } catch {
    // Said below, without the bytes of the file that a message of JSON.parse would quote.
  }
  return { fault: 'assets/record.json is no JSON object.' };
}

/** Path of a member's artifact in the tree; `null` where its record names none. */
export function artifactPath(folder: string, read: ReadRecord): string | null {
  const file = 'record' in read ? read.record.artifact?.file : undefined;
  return typeof file === 'string' ? joinPath(folder, `assets/${file}`) : null;
}

/** SHA-256 of an artifact; of a pointer of Git LFS, that of what it points to. */
export function artifactHash(bytes: Buffer): string {
  const pointer = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\noid sha256:([0-9a-f]{64})\n/.exec(
    bytes.subarray(0, 200).toString('latin1'),
  );
  return pointer?.[1] ?? createHash('sha256').update(bytes).digest('hex');
}

/** What was read of a branch for one of its members. */
export interface CandidateSources {
  readonly branch: OpenBranch;
  readonly member: BranchMember;
  readonly suite: string;
  readonly suitePackage: string;
  readonly base: string;
  readonly record: ReadRecord;
  /** Whether the base has a member in its folder. */
  readonly isOnBase: boolean;
  /** At the fork; `null` where there is none. */
  readonly recordBefore: QueueRecord | null;
  /** Hash of the artifact on the branch; `null` where it is not there. */
  readonly artifactFound: string | null;
  readonly evidence: EvidenceFiles['queries'];
  /** What the branch's changesets say by package; `null` where the repository keeps none. */
  readonly changesets: ReadonlyMap<string, VersionBump> | null;
  readonly merge: MergeCheck;
}

/** The facts of a candidate. */
export function candidateFacts(sources: CandidateSources): CandidateFacts {
  const { branch, member, suite, base, record, evidence, changesets, merge } = sources;
  const { folder, manifest, change } = member;
  const read = 'record' in record ? record.record : null;
  const artifact = read?.artifact ?? null;
  const said = changesets === null ? null : (changesets.get(member.package) ?? 'none');
  return {
    suite,
    member: member.member,
    package: member.package,
    folder,
    change,
    branch: ownName(branch),
    base,
    isPrivate: manifest?.private === true,
    faults: change === 'removed' ? [] : [...manifestFaults(member), ...('fault' in record ? [record.fault] : [])],
    artifact:
      change === 'removed' || typeof artifact?.file !== 'string'
        ? null
        : { file: artifact.file, recorded: artifact.sha256 ?? 'nothing', found: sources.artifactFound },
    fittedOn: read?.fit?.data ?? null,
    looks: gateLooks(evidence, {
      member: member.member,
      ahead: branch.ahead,
      isJudging: (path) => isJudging(folder, path),
    }),
    said: said === null ? null : largerBump(said, stepOf(member)),
    asked: askedBump(sources),
    isMissing: member.before !== null && !sources.isOnBase,
    conflicts: merge.conflicts,
  };
}

function manifestFaults({ manifest, before }: BranchMember): string[] {
  if (manifest === null) return ['package.json is not on the branch, or no JSON object.'];
  const { kind, suite } = manifest.clamor ?? {};
  if (before === null || (kind === before.clamor?.kind && suite === before.clamor?.suite)) return [];
  return ['Its package.json no longer says that it is a member of the suite.'];
}

function stepOf({ manifest, before }: BranchMember): VersionBump | 'none' {
  return versionStep({ before: before?.version ?? '', after: manifest?.version ?? '' });
}

/** From package.json and record alone: what shows only when it runs is for `clamor compare`. */
function askedBump({ member, suitePackage, record, recordBefore }: CandidateSources): CandidateFacts['asked'] {
  const { manifest, before } = member;
  if (manifest === null || before === null || recordBefore === null || !('record' in record))
    return { bump: 'patch', why: null };
  const factsOf = (version: RawManifest, own: RawRecord) =>
    versionFacts({ manifest: version, record: own, policy: null, suitePackage, place: member.package });
  const { bump, causes } = followingBump(factsOf(before, recordBefore), factsOf(manifest, record.record), null);
  const [first] = causes;
  return { bump, why: first === undefined ? null : `${first.what}: ${first.was ?? 'none'} → ${first.now ?? 'none'}` };
}

/**
 * What changesets say, the largest per package.
 *
 * @param files - Text by path.
 * @returns `faults`: `path: what is wrong`; the others count.
 */
export function readChangesetTexts(files: ReadonlyMap<string, string>): {
  readonly said: ReadonlyMap<string, VersionBump>;
  readonly faults: readonly string[];
} {
  const said = new Map<string, VersionBump>();
  const faults: string[] = [];
  for (const [path, text] of files) {
    try {
      for (const { name, type } of parseChangeset(text).releases)
        if (type !== 'none') said.set(name, largerBump(said.get(name) ?? 'patch', type));
    } catch {
      faults.push(`${path}: it is no changeset`);
    }
  }
  return { said, faults };
}
