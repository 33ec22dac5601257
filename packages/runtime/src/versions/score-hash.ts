import { createHash } from 'node:crypto';
import type { DiscoveredPackage } from '../discovery/discover.ts';
import type { ContentHashes } from './content.ts';
import { dependencyVersions, engineVersions } from './dependency-versions.ts';

/** A member as far as its scores depend on it; a `CheckedMember` is one. */
export interface ScoringMember extends DiscoveredPackage, ContentHashes {
  /** The encoder that it reads; `null` or left out for none. */
  readonly encoder?: { readonly hash: string } | null;
}

/** A suite as far as scores depend on it; the `suite` of a `SuiteInspection` is one. */
export interface ScoringSuite extends ContentHashes {
  readonly package: DiscoveredPackage;
}

/**
 * Hash over all that decides what a member scores on an example: where it is the same, so are the scores, and they need not be
 * computed again.
 *
 * Covers name, version, code and assets of the member; its encoder; version, code and assets of the suite, which parses; and the
 * installed versions of what the two and the engine declare. Not what those depend on in turn.
 *
 * @returns SHA-256, 64 lower-case hex digits.
 */
export function scoreHash(member: ScoringMember, suite: ScoringSuite): string {
  const hash = createHash('sha256');
  const lines = [
    `${member.package}@${member.version} ${member.contentHash}`,
    `encoder ${member.encoder?.hash ?? 'none'}`,
    `${suite.package.package}@${suite.package.version} ${suite.contentHash}`,
    ...dependencyVersions(member).map((each) => `member on ${each}`),
    ...dependencyVersions(suite.package).map((each) => `suite on ${each}`),
    ...engineVersions().map((each) => `engine on ${each}`),
  ];
  for (const line of lines) hash.update(`${line}\n`);
  return hash.digest('hex');
}
