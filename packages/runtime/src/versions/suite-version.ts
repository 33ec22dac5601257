import { createHash } from 'node:crypto';
import type { CheckedMember } from '../discovery/check-member.ts';
import type { DiscoveredPackage } from '../discovery/discover.ts';
import type { FoundSuite } from '../discovery/find-suite.ts';
import { packageEntry } from '../discovery/package-entry.ts';
import type { Slot } from '../discovery/slots.ts';
import { encoderName } from '../encoders/suite-encoders.ts';
import { contentFiles } from './content.ts';

const DIGITS = 16;

/** What {@link suiteVersion} is computed from. */
export interface SuiteVersionParts {
  readonly suite: FoundSuite;
  readonly slots: readonly Slot[];
  /** Those without a fault so far, with their encoders. */
  readonly members: readonly CheckedMember[];
}

/**
 * Hash over code, artifacts, thresholds, encoders and policy of a suite: two hosts with the same one give the same judgements.
 *
 * Covers the suite's and each installed member's entry folder, assets and version, whatever its mode, and those of the encoder that a
 * member reads. From source and from a build the code differs, so the hash does.
 *
 * @returns 16 lower-case hex digits.
 */
export async function suiteVersion({ suite, slots, members: checked }: SuiteVersionParts): Promise<string> {
  const hash = createHash('sha256');
  const members = slots.flatMap((slot) =>
    slot.versions.map((version) => {
      const encoder = checked.find((member) => member.dir === version.dir)?.encoder ?? null;
      // With its content: of two members, each may have its own copy of a version.
      const on = encoder === null ? '' : ` on ${encoderName(encoder)} ${encoder.contentHash}`;
      return { found: version, heading: heading(version, slot) + on };
    }),
  );
  const parts = [{ found: suite.package, heading: `${suite.package.package}@${suite.package.version}` }, ...members];
  for (const part of parts.toSorted((a, b) => compareTexts(a.found.package, b.found.package))) {
    hash.update(`${part.heading}\n`);
    const source = { dir: part.found.dir, entry: packageEntry(part.found) };
    for await (const { path, bytes } of contentFiles(source)) hash.update(`${path}\n`).update(bytes);
  }
  return hash.digest('hex').slice(0, DIGITS);
}

/**
 * Which of several versions counts by default, and whether any does, is part of what a suite answers. The name of its alias is
 * not.
 */
function heading({ package: name, version }: DiscoveredPackage, { own, startMode }: Slot): string {
  if (version !== own) return `${name}@${version} beside ${own}`;
  return startMode === 'active' ? `${name}@${version}` : `${name}@${version} in ${startMode}`;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
