import { afterEach, describe, expect, it } from 'vitest';

import { inspectSuite, measureMembers } from '../src/index.ts';
import {
  type HostFixture,
  type PackageFiles,
  contains,
  createHost,
  memberPackage,
  suitePackage,
} from './host-fixture.ts';

let host: HostFixture | undefined;
afterEach(() => host?.remove());

/** A member whose code begins with the given lines. */
function beginning(name: string, lines: string): PackageFiles {
  const sound = memberPackage(name, contains('x'));
  return { ...sound, 'index.js': `${lines}\n${sound['index.js'] as string}` };
}

function inspect(packages: { readonly [name: string]: PackageFiles }): ReturnType<typeof inspectSuite> {
  host = createHost({ texts: suitePackage(), ...packages });
  return inspectSuite({ from: host.dir });
}

describe('measureMembers', { tags: ['slow'] }, () => {
  it('has time and memory of a sound member, and no first score without a sample', async () => {
    const samples = [{ key: 'one', input: 'cash', score: 2 }];
    const inspection = await inspect({
      'texts-cash': memberPackage('texts-cash', contains('cash'), { samples }),
      'texts-pills': memberPackage('texts-pills', contains('pills')),
    });
    const { baseline, members } = await measureMembers(inspection);
    expect(baseline?.emptyBytes).toBeGreaterThan(10e6);
    const [cash, pills] = members;
    expect(cash).toMatchObject({ member: 'cash', version: '0.1.0', artifactBytes: null, problem: null });
    expect(cash?.cost?.importMs).toBeGreaterThan(0);
    expect(cash?.cost?.firstScoreMs).toBeGreaterThan(0);
    expect(cash?.cost?.engineMs).toBeNull();
    expect(pills?.cost?.firstScoreMs).toBeNull();
  });

  it('sees what a member holds', async () => {
    const hoards = beginning('texts-hoards', 'globalThis.hoard = Buffer.alloc(200_000_000, 1);');
    const { members } = await measureMembers(await inspect({ 'texts-hoards': hoards }));
    expect(members[0]?.cost?.memberBytes).toBeGreaterThan(150e6);
  });

  it('survives members that spin, end the process, throw, flood or lie, and measures the one after them', async () => {
    const flood = `for (let i = 0; i < 64; i++) await new Promise((done) => process.stdout.write('x'.repeat(65536), done));`;
    const inspection = await inspect({
      'texts-exits': beginning('texts-exits', 'process.exit(0);'),
      'texts-floods': beginning('texts-floods', flood),
      'texts-fakes': beginning(
        'texts-fakes',
        'for (const sent of [null, 7, { kind: "result" }, { kind: "phase", phase: {} }]) process.send?.(sent); process.send = 0;',
      ),
      'texts-lies': memberPackage('texts-lies', contains('x'), {
        samples: [{ key: 'a', input: 'x', score: 1 }],
      }),
      'texts-spins': beginning('texts-spins', 'for (;;);'),
      'texts-throws': beginning('texts-throws', "throw new Error('at import');"),
      'texts-waits': memberPackage('texts-waits', '() => new Promise(() => {})'),
      'texts-zound': memberPackage('texts-zound', contains('x')),
    });
    const measured: string[] = [];
    const { members } = await measureMembers(inspection, {
      deadlineMs: 6000,
      onMember: (member) => void measured.push(member),
    });
    expect(measured).toEqual(['exits', 'fakes', 'floods', 'lies', 'spins', 'throws', 'waits', 'zound']);
    expect(members.map(({ member, problem }) => [member, problem?.code ?? null, problem?.phase ?? null])).toEqual([
      ['exits', 'MEMBER_CRASHED', 'import'],
      ['fakes', null, null],
      ['floods', null, null],
      ['lies', 'MEMBER_SAMPLES_MISMATCH', 'samples'],
      ['spins', 'MEMBER_LOAD_TIMEOUT', 'import'],
      ['throws', 'MEMBER_IMPORT_FAILED', 'load'],
      ['waits', 'MEMBER_LOAD_TIMEOUT', 'load'],
      ['zound', null, null],
    ]);
    expect(members[2]?.outputBytes).toBeGreaterThan(60 * 65_536);
  });

  it('measures no member when the suite cannot be imported', async () => {
    host = createHost({
      texts: { ...suitePackage(), 'index.js': "throw new Error('no suite');" },
      'texts-cash': memberPackage('texts-cash', contains('cash')),
    });
    const measured = await measureMembers(await inspectSuite({ from: host.dir }));
    expect(measured).toMatchObject({ baseline: null, problem: { code: 'SUITE_LOAD_FAILED' }, members: [] });
  });

  it('ends when it is told to', async () => {
    const inspection = await inspect({ 'texts-spins': beginning('texts-spins', 'for (;;);') });
    const controller = new AbortController();
    const measuring = measureMembers(inspection, {
      signal: controller.signal,
      onMember: () => setTimeout(() => controller.abort(new Error('enough')), 50),
    });
    await expect(measuring).rejects.toThrow('enough');
  });
});
