import { describe, expect, it } from 'vitest';
import { compareLock, formatLockDifference, lockMismatchError } from './compare-lock.ts';
import type { InstalledSuite, LockedPackage } from './locked-suite.ts';

const POLICY: InstalledSuite['policy'] = {
  precisionFloor: 0.99,
  uniquePrecisionFloor: 0.9,
  lossBudget: 0.005,
  harmConfidence: 0.9,
  meritConfidence: 0.8,
  required: [],
  whenUndetermined: 'negative',
  costBudgetMs: null,
  labelMaturityDays: 14,
};
const hash = (digit: string): string => digit.repeat(64);

const SUITE: LockedPackage = {
  kind: 'suite',
  package: 'texts',
  member: null,
  version: '1.0.0',
  alias: null,
  own: true,
  contentHash: hash('0'),
  codeHash: hash('0'),
  artifactHash: null,
  threshold: null,
  declared: '^1.0.0',
  resolved: 'https://registry.example/texts-1.0.0.tgz',
  integrity: 'sha512-texts',
};
const CASH: LockedPackage = {
  ...SUITE,
  kind: 'classifier',
  package: 'texts-cash',
  member: 'cash',
  artifactHash: hash('a'),
  threshold: 0.5,
  integrity: 'sha512-cash',
};
const NEXT: LockedPackage = { ...CASH, version: '1.1.0', alias: 'cash-next', own: false, threshold: 0.75 };

function installed(packages: readonly LockedPackage[], policy: object = {}): InstalledSuite {
  return { suite: 'texts', suiteVersion: '0123456789abcdef', policy: { ...POLICY, ...policy }, packages };
}
const lines = (before: readonly LockedPackage[], after: readonly LockedPackage[], policy: object = {}): string[] =>
  compareLock(installed(before), installed(after, policy)).map(formatLockDifference);

describe('compareLock', () => {
  it('finds nothing in what is installed as it was locked', () => {
    expect(lines([SUITE, CASH], [SUITE, CASH])).toEqual([]);
  });

  it('does not look at aliases and at where a package came from', () => {
    const moved = { ...CASH, alias: 'cash', declared: '1.0.0', resolved: 'file:cash.tgz' };
    expect(lines([SUITE, CASH], [SUITE, moved])).toEqual([]);
  });

  it('names packages that were added and removed', () => {
    const pills = { ...CASH, package: 'texts-pills', member: 'pills' };
    expect(lines([SUITE, CASH], [SUITE, pills])).toEqual([
      'texts-cash 1.0.0: in the lock and not installed',
      'texts-pills 1.0.0: installed and not in the lock',
    ]);
  });

  it('names every difference of another version', () => {
    const after = { ...CASH, version: '1.1.0', contentHash: hash('1'), codeHash: hash('1'), threshold: 0.75 };
    expect(lines([SUITE, CASH], [SUITE, after])).toEqual([
      'texts-cash 1.1.0: version 1.0.0 is locked, 1.1.0 is installed',
      'texts-cash 1.1.0: code 0000000000000000 is locked, 1111111111111111 is installed',
      'texts-cash 1.1.0: threshold 0.5 is locked, 0.75 is installed',
    ]);
  });

  it('tells code, artifact and threshold of one version apart', () => {
    const change = (part: Partial<LockedPackage>): string[] =>
      compareLock(installed([CASH]), installed([{ ...CASH, contentHash: hash('f'), ...part }])).map(
        (each) => each.kind,
      );
    expect(change({ codeHash: hash('1') })).toEqual(['code']);
    expect(change({ artifactHash: hash('1') })).toEqual(['artifact']);
    expect(change({ artifactHash: null })).toEqual(['artifact']);
    expect(change({ threshold: 0.75 })).toEqual(['threshold']);
    expect(change({})).toEqual(['assets']);
    expect(change({ integrity: 'sha512-other' })).toEqual(['assets', 'integrity']);
  });

  it('compares whole hashes, though it shows their beginnings', () => {
    const after = { ...CASH, codeHash: `${'0'.repeat(63)}1` };
    expect(compareLock(installed([CASH]), installed([after]))).toMatchObject([{ kind: 'code' }]);
  });

  it('takes no integrity for unknown, not for another one', () => {
    expect(lines([CASH], [{ ...CASH, integrity: null }])).toEqual([]);
  });

  it('names the fields of a policy that differ', () => {
    const after = { ...SUITE, contentHash: hash('1') };
    expect(lines([SUITE], [after], { precisionFloor: 0.95, required: ['texts-cash'] })).toEqual([
      'texts 1.0.0: policy precisionFloor 0.99 is locked, precisionFloor 0.95 is installed',
      'texts 1.0.0: policy required [] is locked, required ["texts-cash"] is installed',
    ]);
  });

  it('compares versions of a slot with their equals, and the left over in their order', () => {
    const later = { ...NEXT, version: '1.2.0' };
    expect(lines([CASH, NEXT], [CASH, later])).toEqual([
      'texts-cash 1.2.0 (declared as cash-next): version 1.1.0 is locked, 1.2.0 is installed',
    ]);
    expect(lines([CASH], [CASH, NEXT])).toEqual([
      'texts-cash 1.1.0 (declared as cash-next): installed and not in the lock',
    ]);
  });

  it('notices when the other of two versions counts by default', () => {
    expect(
      lines(
        [CASH, NEXT],
        [
          { ...CASH, own: false },
          { ...NEXT, own: true },
        ],
      ),
    ).toEqual([
      'texts-cash 1.0.0: counting by default: yes is locked, no is installed',
      'texts-cash 1.1.0 (declared as cash-next): counting by default: no is locked, yes is installed',
    ]);
  });

  it('says that a lock is of another suite, and nothing else', () => {
    const other = { ...installed([CASH]), suite: 'fraud' };
    expect(compareLock(other, installed([SUITE, CASH]))).toMatchObject([
      { kind: 'suite', locked: 'fraud', installed: 'texts' },
    ]);
  });
});

describe('lockMismatchError', () => {
  it('lists every difference and what to do', () => {
    const differences = compareLock(installed([SUITE, CASH]), installed([SUITE]));
    expect(lockMismatchError('/host/clamor.lock.json', differences)).toMatchObject({
      code: 'SUITE_LOCK_MISMATCH',
      message:
        'What is installed differs from /host/clamor.lock.json in 1 thing(s):\n' +
        '  texts-cash 1.0.0: in the lock and not installed\n' +
        'Go back to what is locked with clamor rollback (or npm ci), or lock what is installed with clamor lock.',
    });
  });
});
