// Question: two versions of a package differ in this; what must the version number say?
// Source: DESIGN section 4 and .changeset/README.md: patch same judgements, minor changed ones, major what others must bring.
import type { BumpCause, VersionBump } from '@clamor/report';
import semver from 'semver';

import type { VersionFacts } from './version-facts.ts';

/** What examples have shown; `null` where the two could not be run beside each other. */
export interface ObservedChange {
  /** Judgements that differ. */
  readonly judgements: number;
  /** Of these: examples that the version before has judged and this one abstains on. */
  readonly needs: number;
  /** Outputs of an encoder or of the suite's parsing that differ in any bit. */
  readonly outputs: number;
  /** Formats that the versions of a suite read, sorted; absent for anything else. */
  readonly formats?: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/** The bump that follows, and why. */
export interface FollowingBump {
  readonly bump: VersionBump;
  /** The weightiest first. */
  readonly causes: readonly BumpCause[];
}

const WEIGHT: { readonly [Bump in VersionBump | 'none']: number } = { none: 0, patch: 1, minor: 2, major: 3 };

/** The larger of two bumps. */
export function largerBump<Bump extends VersionBump | 'none'>(a: Bump, b: Bump): Bump {
  return WEIGHT[a] >= WEIGHT[b] ? a : b;
}

/** Whether one bump says at least as much as another. */
export function saysEnough(said: VersionBump | 'none', asked: VersionBump | 'none'): boolean {
  return WEIGHT[said] >= WEIGHT[asked];
}

/**
 * The smallest honest bump from one version of a package to another.
 *
 * Major: another suite, contract, kind of input, encoder, whether it abstains; a range of suites or contracts that no longer
 * admits what it did; an example on which it abstains now and did not (it needs more than before); of an encoder or a suite, any
 * bit of an output, or a format that a suite no longer reads. Minor: judgements that changed otherwise, a range that admits
 * more, the mode that a member starts in, the policy of a suite or a format more. Patch: the rest.
 */
export function followingBump(
  before: VersionFacts,
  after: VersionFacts,
  observed: ObservedChange | null,
): FollowingBump {
  const causes = [...declaredCauses(before, after), ...observedCauses(observed)].toSorted(
    (a, b) => WEIGHT[b.bump] - WEIGHT[a.bump],
  );
  return { bump: causes[0]?.bump ?? 'patch', causes };
}

function declaredCauses(before: VersionFacts, after: VersionFacts): BumpCause[] {
  return [
    ...differing('suite', 'major', [before.suite, after.suite]),
    ...differing('contract', 'major', [before.contract, after.contract]),
    ...rangeCause('contract range', before.contractRange, after.contractRange),
    ...rangeCause('suite range', before.suiteRange, after.suiteRange),
    ...differing('inputs', 'major', [before.inputs, after.inputs]),
    ...differing('encoder', 'major', [before.encoder, after.encoder]),
    ...encoderRangeCause(before, after),
    ...differing('abstaining', 'major', [before.abstains, after.abstains]),
    ...differing('width', 'major', [before.width, after.width]),
    ...differing('mode', 'minor', [before.mode, after.mode]),
    ...differing('policy', 'minor', [before.policy, after.policy]),
  ];
}

function differing(what: BumpCause['what'], bump: VersionBump, [was, now]: readonly [Said, Said]): BumpCause[] {
  return was === now ? [] : [{ bump, what, was: text(was), now: text(now) }];
}

type Said = string | number | boolean | null;

function text(said: Said): string | null {
  if (typeof said === 'boolean') return said ? 'yes' : 'no';
  return said === null ? null : String(said);
}

/** A range may grow without harm to anybody; what shrinks locks somebody out. */
function rangeCause(what: 'contract range' | 'suite range', was: string | null, now: string | null): BumpCause[] {
  if (was === now || isSubset(was, now) === 'equal') return [];
  return [{ bump: isSubset(was, now) === 'grown' ? 'minor' : 'major', what, was, now }];
}

function isSubset(was: string | null, now: string | null): 'equal' | 'grown' | 'other' {
  const isRange = was !== null && now !== null && semver.validRange(was) !== null && semver.validRange(now) !== null;
  if (!isRange || !semver.subset(was, now)) return 'other';
  return semver.subset(now, was) ? 'equal' : 'grown';
}

/** The encoder comes with the member, so only ranges without a common version are another encoder. */
function encoderRangeCause(before: VersionFacts, after: VersionFacts): BumpCause[] {
  const [was, now] = [before.encoderRange, after.encoderRange];
  if (before.encoder !== after.encoder || was === now || was === null || now === null) return [];
  const isRange = semver.validRange(was) !== null && semver.validRange(now) !== null;
  return isRange && semver.intersects(was, now) ? [] : [{ bump: 'major', what: 'encoder range', was, now }];
}

function observedCauses(observed: ObservedChange | null): BumpCause[] {
  if (observed === null) return [];
  return [
    ...(observed.needs > 0 ? [shown('needs', 'major')] : []),
    ...(observed.outputs > 0 ? [shown('outputs', 'major')] : []),
    ...formatsCause(observed.formats),
    ...(observed.judgements > 0 ? [shown('judgements', 'minor')] : []),
  ];
}

function formatsCause(formats: ObservedChange['formats']): BumpCause[] {
  if (formats === undefined) return [];
  const [was, now] = [formats.before, formats.after].map((all) => all.join('; ') || 'none');
  const isKept = formats.before.every((format) => formats.after.includes(format));
  return was === now ? [] : [{ bump: isKept ? 'minor' : 'major', what: 'formats', was: was!, now: now! }];
}

function shown(what: BumpCause['what'], bump: VersionBump): BumpCause {
  return { bump, what, was: null, now: null };
}
