import { describe, expect, it } from 'vitest';

import { clamor, evaluation, type Files, host, member, suite, writeFiles } from './host.ts';

const packages = { texts: suite(), 'texts-buy': member('buy', 'buy'), 'texts-evaluation': evaluation() };

/** A member whose code begins with the given lines. */
function beginning(name: string, lines: string): Files {
  const sound = member(name, 'x');
  return { ...sound, 'index.js': `${lines}\n${sound['index.js'] as string}` };
}

/** The findings of a report, as `level about`. */
function findings(stdout: string): string[] {
  const { findings: all } = JSON.parse(stdout) as { findings: { level: string; about: string }[] };
  return all.map(({ level, about }) => `${level} ${about}`);
}

describe('clamor doctor', { tags: ['slow'] }, () => {
  it('says what is installed, what each member costs, and that nothing is wrong', async () => {
    const { exitCode, stdout, stderr } = await clamor(['doctor'], { cwd: host(packages) });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^suite texts [0-9a-f]{16}: 1 members, 1 versions installed in /);
    expect(stdout).toMatch(/^ok {5}node {13}\d+\.\d+\.\d+ on \w+ \w+; wanted 22\.18 or later$/m);
    expect(stdout).toMatch(/^ok {5}lock {13}none; clamor lock writes one$/m);
    expect(stdout).toMatch(/^buy +0\.1\.0 +[\d.]+ ms +[\d.]+ ms +– +[-\d.]+ [KM]iB +none$/m);
    expect(stdout).toMatch(/\nNothing is wrong\.\n$/);
  });

  it('goes on after members that spin, exit or flood, and has a line for each', async () => {
    const cwd = host({
      ...packages,
      'texts-exits': beginning('exits', 'process.exit(3);'),
      'texts-floods': beginning('floods', "console.log('x'.repeat(2_000_000));"),
      'texts-spins': beginning('spins', 'for (;;);'),
    });
    const { exitCode, stdout } = await clamor(['doctor', '--deadline', '4000'], { cwd });
    expect(exitCode).toBe(69);
    expect(stdout).toMatch(/^buy .* none$/m);
    expect(stdout).toMatch(/^exits .* FAULT MEMBER_CRASHED \(import\)$/m);
    expect(stdout).toMatch(/^spins .* FAULT MEMBER_LOAD_TIMEOUT \(import\)$/m);
    expect(stdout).toMatch(/^floods .* ms .* none$/m);
    expect(stdout).toMatch(
      /^FAULT {2}fault {12}texts-exits 0\.1\.0 \[MEMBER_CRASHED\] in step import: .* exit code 3$/m,
    );
    expect(stdout).toMatch(
      /^note {3}output {11}texts-floods 0\.1\.0 printed [\d.]+ [KM]iB or more where nobody asked$/m,
    );
    expect(stdout).toMatch(/\n2 fault\(s\); they are marked above\.\n$/);
  });

  it('has the faults of packages beside those of code', async () => {
    const broken = { ...member('broken', 'x'), 'assets/record.json': 'no record' };
    const { exitCode, stdout } = await clamor(['doctor'], { cwd: host({ ...packages, 'texts-broken': broken }) });
    expect(exitCode).toBe(69);
    expect(stdout).toMatch(/^FAULT {2}fault .*\[MEMBER_RECORD_INVALID\]/m);
  });

  it('names members of the suite that run code when they are installed', async () => {
    const sneaky = member('sneaky', 'x');
    const manifest = { ...(sneaky['package.json'] as object), scripts: { postinstall: 'node phone-home.js' } };
    const cwd = host({ ...packages, 'texts-sneaky': { ...sneaky, 'package.json': manifest } });
    const { exitCode, stdout } = await clamor(['doctor'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^note {3}install scripts {2}texts-sneaky of this suite run code when they are installed/m);
  });

  it('says when two copies are there of what should be there once', async () => {
    const cwd = host(packages);
    writeFiles(cwd, {
      'node_modules/texts-buy/node_modules/@clamor/contract/package.json': {
        name: '@clamor/contract',
        version: '0.0.9',
        type: 'module',
        exports: './index.js',
      },
      'node_modules/texts-buy/node_modules/@clamor/contract/index.js': `export * from ${JSON.stringify(
        new URL('../../contract/src/index.ts', import.meta.url).href,
      )};`,
    });
    const { stdout } = await clamor(['doctor'], { cwd });
    expect(stdout).toMatch(/^note {3}copies {11}@clamor\/contract is there 2 times: .*0\.0\.9 in .*texts-buy/m);
  });

  it('looks at lock and state', async () => {
    const cwd = host(packages);
    await clamor(['lock'], { cwd });
    await clamor(['control', 'buy', '--mode', 'shadow', '--why', 'too loud', '--by', 'ann'], { cwd });
    const sound = await clamor(['doctor'], { cwd });
    expect(sound.stdout).toMatch(/^ok {5}lock {13}as locked 2026-01-02 03:04 UTC by /m);
    expect(sound.stdout).toMatch(
      /^ok {5}state {12}revision 1, state version [0-9a-f]{16}, 1 change\(s\), the last .* by ann/m,
    );
    writeFiles(cwd, { '.clamor/state/texts/audit.jsonl': 'not a log\n', 'clamor.lock.json': '{}' });
    const broken = await clamor(['doctor', '--json'], { cwd });
    expect(broken.exitCode).toBe(69);
    expect(findings(broken.stdout)).toEqual(expect.arrayContaining(['fault lock', 'fault state']));
  });

  it('prints one JSON document', async () => {
    const { stdout } = await clamor(['doctor', 'texts', '--json'], { cwd: host(packages) });
    expect(JSON.parse(stdout)).toMatchObject({
      suite: 'texts',
      members: [{ member: 'buy', problem: null, outputBytes: 0 }],
      baseline: { emptyBytes: expect.any(Number) as number },
    });
  });

  it('says that there is no such suite', async () => {
    const { exitCode, stderr } = await clamor(['doctor', 'fraud'], { cwd: host(packages) });
    expect([exitCode, stderr]).toEqual([69, expect.stringContaining('[SUITE_NOT_FOUND]')]);
  });
});
