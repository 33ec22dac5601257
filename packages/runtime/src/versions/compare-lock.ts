import { RuntimeError } from '../errors.ts';
import { compareVersions } from '../discovery/slots.ts';
import type { InstalledSuite, LockedPackage } from './locked-suite.ts';

/**
 * In what a package differs from a lock. `own`: another of several versions counts by default. `mode`: it ships as shadow, or no
 * longer. `encoder`: a member reads another version of its encoder, or another encoder. `assets`: a file of its assets that is
 * neither artifact, threshold nor policy. `integrity`: the same version from another tarball.
 */
export type LockDifferenceKind =
  | 'suite'
  | 'added'
  | 'removed'
  | 'version'
  | 'own'
  | 'mode'
  | 'code'
  | 'artifact'
  | 'threshold'
  | 'encoder'
  | 'policy'
  | 'assets'
  | 'integrity';

/** One thing in which an installation differs from a lock. */
export interface LockDifference {
  readonly kind: LockDifferenceKind;
  readonly package: string;
  /** The installed version, or the locked one when nothing is installed. */
  readonly version: string;
  /** The alias of that version. */
  readonly alias: string | null;
  /** What the lock has; `null` when there is nothing. */
  readonly locked: string | null;
  /** What is installed; `null` when there is nothing. */
  readonly installed: string | null;
}

/** A package in a lock and the one that stands in its place. */
export interface PackagePair {
  readonly locked: LockedPackage | null;
  readonly installed: LockedPackage | null;
}

/**
 * Everything in which an installation differs from a lock. Modes of the state, aliases, and where packages came from do not matter.
 *
 * @returns In the order of packages and versions; empty when the suite judges as locked.
 */
export function compareLock(lock: InstalledSuite, installed: InstalledSuite): LockDifference[] {
  const [first] = installed.packages;
  if (lock.suite !== installed.suite && first !== undefined)
    return [difference('suite', first, lock.suite, installed.suite)];
  return pairPackages(lock, installed).flatMap((pair) => comparePair(pair, lock, installed));
}

/**
 * Finds for each locked package the installed one that it is to be compared with: of the same version where there is one,
 * otherwise the versions that are left over in their order.
 */
export function pairPackages(lock: InstalledSuite, installed: InstalledSuite): PackagePair[] {
  const names = new Set([...lock.packages, ...installed.packages].map((each) => each.package));
  return [...names].toSorted().flatMap((name) => {
    const before = lock.packages.filter((each) => each.package === name);
    const after = installed.packages.filter((each) => each.package === name);
    const same = before.filter((each) => twin(each, after) !== null);
    const gone = before.filter((each) => twin(each, after) === null).toSorted(byVersion);
    const come = after.filter((each) => twin(each, before) === null).toSorted(byVersion);
    const others = Array.from({ length: Math.max(gone.length, come.length) }, (_, i) => ({
      locked: gone[i] ?? null,
      installed: come[i] ?? null,
    }));
    return [...same.map((each) => ({ locked: each, installed: twin(each, after) })), ...others];
  });
}

/**
 * A difference as a line.
 *
 * @example
 * formatLockDifference({ kind: 'threshold', package: 'a', version: '1.0.0', alias: null, locked: '0.5', installed: '0.6' })
 * // 'a 1.0.0: threshold 0.5 is locked, 0.6 is installed'
 */
export function formatLockDifference({
  kind,
  package: name,
  version,
  alias,
  locked,
  installed,
}: LockDifference): string {
  const heading = `${name} ${version}${alias === null ? '' : ` (declared as ${alias})`}`;
  if (kind === 'added') return `${heading}: installed and not in the lock`;
  if (kind === 'removed') return `${heading}: in the lock and not installed`;
  return `${heading}: ${WORDS[kind]} ${locked ?? 'none'} is locked, ${installed ?? 'none'} is installed`;
}

/** All differences in one error. */
export function lockMismatchError(file: string, differences: readonly LockDifference[]): RuntimeError {
  const lines = differences.map((each) => `  ${formatLockDifference(each)}`);
  return new RuntimeError(
    'SUITE_LOCK_MISMATCH',
    `What is installed differs from ${file} in ${differences.length} thing(s):\n${lines.join('\n')}\n` +
      'Go back to what is locked with clamor rollback (or npm ci), or lock what is installed with clamor lock.',
  );
}

const WORDS: { readonly [kind in Exclude<LockDifferenceKind, 'added' | 'removed'>]: string } = {
  suite: 'suite',
  version: 'version',
  own: 'counting by default:',
  mode: 'shipping as',
  code: 'code',
  artifact: 'artifact',
  threshold: 'threshold',
  encoder: 'encoder',
  policy: 'policy',
  assets: 'content',
  integrity: 'integrity',
};

function twin(of: LockedPackage, among: readonly LockedPackage[]): LockedPackage | null {
  return among.find((each) => each.version === of.version) ?? null;
}

function comparePair({ locked, installed }: PackagePair, lock: InstalledSuite, now: InstalledSuite): LockDifference[] {
  if (installed === null) return locked === null ? [] : [difference('removed', locked, locked.version, null)];
  if (locked === null) return [difference('added', installed, null, installed.version)];
  const differences: LockDifference[] = [];
  const compare = <Value>(
    kind: LockDifferenceKind,
    before: Value,
    after: Value,
    show: (value: Value) => string,
  ): void => {
    if (before === after) return;
    differences.push(
      difference(kind, installed, before === null ? null : show(before), after === null ? null : show(after)),
    );
  };
  compare('version', locked.version, installed.version, String);
  compare('own', locked.own, installed.own, (own) => (own ? 'yes' : 'no'));
  compare('mode', locked.mode ?? 'active', installed.mode ?? 'active', String);
  compare('code', locked.codeHash, installed.codeHash, digits);
  compare('artifact', locked.artifactHash, installed.artifactHash, digits);
  compare('threshold', locked.threshold, installed.threshold, String);
  compare('encoder', locked.encoder ?? null, installed.encoder ?? null, String);
  if (installed.kind === 'suite') differences.push(...policyDifferences(installed, lock, now));
  // What is left of the content: samples, or the rest of a record.
  if (differences.length === 0) compare('assets', locked.contentHash, installed.contentHash, digits);
  if (locked.version === installed.version && locked.integrity !== null && installed.integrity !== null)
    compare('integrity', locked.integrity, installed.integrity, String);
  return differences;
}

function policyDifferences(suite: LockedPackage, lock: InstalledSuite, now: InstalledSuite): LockDifference[] {
  const before = new Map(Object.entries(lock.policy));
  const after = new Map(Object.entries(now.policy));
  const names = [...new Set([...before.keys(), ...after.keys()])].filter((name) => name !== '$schema');
  return names.flatMap((name) => {
    const locked = `${name} ${JSON.stringify(before.get(name) ?? null)}`;
    const installed = `${name} ${JSON.stringify(after.get(name) ?? null)}`;
    return locked === installed ? [] : [difference('policy', suite, locked, installed)];
  });
}

function difference(
  kind: LockDifferenceKind,
  { package: name, version, alias }: LockedPackage,
  locked: string | null,
  installed: string | null,
): LockDifference {
  return { kind, package: name, version, alias, locked, installed };
}

function byVersion(a: LockedPackage, b: LockedPackage): number {
  return compareVersions(a.version, b.version);
}

/** As many digits as a person compares; the whole is compared. */
function digits(hash: string | null): string {
  return hash?.slice(0, 16) ?? 'none';
}
