import { createHash } from 'node:crypto';
import type { CheckedMember } from '../discovery/check-member.ts';
import { encoderName } from '../encoders/suite-encoders.ts';
import type { LockedPackage } from './locked-suite.ts';
import type { SourceLookup } from './npm-lockfile.ts';

/**
 * The encoders of members in the words of a lock, one entry per package and version: npm may install a version several times, and
 * which copy a member has changes nothing as long as the copies are equal.
 */
export function lockedEncoders(members: readonly CheckedMember[], sourceOf: SourceLookup): LockedPackage[] {
  const encoders = members.flatMap(({ encoder }) => encoder ?? []);
  return [...Map.groupBy(encoders, encoderName).values()].map((copies) => {
    const [first] = copies as [(typeof copies)[number]];
    return {
      kind: 'encoder',
      package: first.package,
      member: null,
      version: first.version,
      alias: null,
      own: true,
      contentHash: hashOf(copies.map(({ contentHash }) => contentHash)),
      codeHash: hashOf(copies.map(({ codeHash }) => codeHash)),
      artifactHash: first.record.artifact?.sha256 ?? null,
      threshold: null,
      ...sourceOf(first),
    };
  });
}

/** The one hash that copies have; a hash over them when they differ, so that a copy that was edited breaks the lock. */
function hashOf(hashes: readonly string[]): string {
  const distinct = [...new Set(hashes)].toSorted();
  const [only] = distinct;
  return distinct.length === 1 && only !== undefined
    ? only
    : createHash('sha256').update(distinct.join('\n')).digest('hex');
}
