import { describe, expect, it } from 'vitest';
import type { DiscoveredPackage } from './discover.ts';
import { compareVersions, groupSlots } from './slots.ts';

function member(fullName: string, version: string, alias: string | null = null): DiscoveredPackage {
  return {
    package: fullName,
    name: fullName.replace(/^.*-/, ''),
    version,
    alias,
    marker: { kind: 'classifier', suite: 'texts', contract: 1, owner: 'team' },
    dir: `/host/node_modules/${alias ?? fullName}`,
    manifest: { name: fullName, version },
  };
}

describe('groupSlots', () => {
  it('gives a member with one version a slot of its own', () => {
    const { slots, faults } = groupSlots([member('texts-cash', '0.1.0'), member('texts-pills', '2.0.0')]);
    expect(faults).toEqual([]);
    expect(slots.map(({ member: name, own, versions }) => [name, own, versions.length])).toEqual([
      ['cash', '0.1.0', 1],
      ['pills', '2.0.0', 1],
    ]);
  });

  it('groups the versions of a package, lowest first, and lets the one under its own name count', () => {
    const { slots, faults } = groupSlots([
      member('texts-cash', '0.10.0', 'cash-next'),
      member('texts-cash', '0.9.0'),
      member('texts-cash', '0.8.0', 'cash-old'),
    ]);
    expect(faults).toEqual([]);
    expect(slots).toHaveLength(1);
    expect(slots[0]).toMatchObject({ member: 'cash', package: 'texts-cash', own: '0.9.0' });
    expect(slots[0]?.versions.map(({ version, alias }) => [version, alias])).toEqual([
      ['0.8.0', 'cash-old'],
      ['0.9.0', null],
      ['0.10.0', 'cash-next'],
    ]);
  });

  it('starts in the mode that the version ships in which counts by default', () => {
    const shadow = member('texts-cash', '0.2.0', 'cash-next');
    const next = { ...shadow, marker: { ...shadow.marker, mode: 'shadow' as const } };
    expect(groupSlots([member('texts-cash', '0.1.0'), next]).slots[0]?.startMode).toBe('active');
    expect(groupSlots([next]).slots[0]?.startMode).toBe('shadow');
  });

  it('lets the lowest version count when all are declared under aliases', () => {
    const { slots } = groupSlots([member('texts-cash', '0.10.0', 'cash-b'), member('texts-cash', '0.9.0', 'cash-a')]);
    expect(slots[0]?.own).toBe('0.9.0');
  });

  it('refuses the same version of a package a second time', () => {
    const { slots, faults } = groupSlots([member('texts-cash', '0.1.0'), member('texts-cash', '0.1.0', 'cash-next')]);
    expect(slots[0]?.versions).toHaveLength(1);
    expect(faults).toMatchObject([{ package: 'texts-cash', version: '0.1.0', code: 'MEMBER_DUPLICATE' }]);
  });

  it('refuses another package with the same member name', () => {
    const { slots, faults } = groupSlots([member('@a/texts-cash', '0.1.0'), member('@b/texts-cash', '0.2.0', 'x')]);
    expect(slots.map((slot) => slot.package)).toEqual(['@a/texts-cash']);
    expect(faults).toMatchObject([{ package: '@b/texts-cash', code: 'MEMBER_DUPLICATE' }]);
  });

  it('refuses two versions that are declared under one name, as a nested bundle may bring them', () => {
    const { slots, faults } = groupSlots([member('texts-cash', '0.2.0'), member('texts-cash', '0.1.0')]);
    expect(slots[0]?.own).toBe('0.2.0');
    expect(faults).toMatchObject([{ version: '0.1.0', code: 'MEMBER_DUPLICATE' }]);
  });
});

describe('compareVersions', () => {
  it('orders by semantic versioning, a prerelease before its release', () => {
    const versions = ['1.10.0', '1.9.0', '1.10.0-rc.1'];
    expect(versions.toSorted(compareVersions)).toEqual(['1.9.0', '1.10.0-rc.1', '1.10.0']);
  });

  it('orders what is no semantic version by its text', () => {
    expect(compareVersions('b', 'a')).toBeGreaterThan(0);
    expect(compareVersions('a', 'a')).toBe(0);
  });
});
