import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type AuditEntry, StateStore } from '@clamor/runtime';
import { describe, expect, it } from 'vitest';

import { clamor, folder, host, member, suite } from './host.ts';

const packages = { texts: suite(), 'texts-buy': member('buy', 'buy'), 'texts-win': member('win', 'win') };
const WHY = ['--by', 'ann', '--why', 'floods since 10:20'];
const stateOf = (dir: string): unknown => JSON.parse(readFileSync(join(dir, 'state.json'), 'utf8'));

/** A host that has two versions of `buy`. */
function slotted(): string {
  const next = member('buy', 'sale');
  const manifest = { ...(next['package.json'] as object), version: '0.2.0' };
  return host({ ...packages, 'buy-next': { ...next, 'package.json': manifest } });
}

describe('clamor control', () => {
  it('switches a member off, beside the package.json of the host, and says what it did', async () => {
    const cwd = host(packages);
    const dir = join(cwd, '.clamor/state/texts');
    const { exitCode, stdout, stderr } = await clamor(['control', 'buy', '--mode', 'off', ...WHY], { cwd });
    expect([exitCode, stderr]).toEqual([0, '']);
    // printf 'buy=off\n' | sha256sum
    expect(stdout).toBe(
      `buy: active → off. Revision 1, state version 50ce0a537da012d0, by ann: floods since 10:20\nRecorded in ${dir}.\n`,
    );
    expect(stateOf(dir)).toMatchObject({ revision: 1, members: { buy: { mode: 'off' } } });
  });

  it('rolls a version out in a state directory of its own, and takes it back', async () => {
    const cwd = slotted();
    const rollout = ['--rollout', '10', '--version', '0.2.0', '--base', '0.1.0'];
    const there = ['--state', 'ops/texts', ...WHY];
    const out = await clamor(['control', 'texts-buy', ...rollout, ...there], { cwd });
    expect(out.stdout).toMatch(/^buy: active → active rollout=10 version=0\.2\.0 base=0\.1\.0\. Revision 1/);
    const back = await clamor(['control', 'buy', '--rollout', '100%', '--version', 'own', '--base', 'none', ...there], {
      cwd,
    });
    expect(back.stdout).toMatch(/^buy: active rollout=10 version=0\.2\.0 base=0\.1\.0 → active\. Revision 2/);
    expect(stateOf(join(cwd, 'ops/texts'))).toEqual({ revision: 2, members: {} });
  });

  it('is followed by clamor judge', async () => {
    const cwd = host(packages);
    writeFileSync(join(cwd, 'texts.jsonl'), JSON.stringify({ key: 'a', text: 'buy now' }));
    const judged = async (): Promise<string> => (await clamor(['judge', 'texts.jsonl'], { cwd })).stdout;
    expect(await judged()).toContain('positive');
    await clamor(['control', 'buy', '--mode', 'off', ...WHY], { cwd });
    expect(await judged()).toContain('1 negative');
  });

  it('makes a member that ships as shadow active, and says that it was in shadow', async () => {
    const cwd = host({ ...packages, 'texts-buy': member('buy', 'buy', { marker: { mode: 'shadow' } }) });
    expect((await clamor(['control'], { cwd })).stdout).toMatch(/^buy {5}shadow/m);
    const { stdout } = await clamor(['control', 'buy', '--mode', 'active', ...WHY], { cwd });
    expect(stdout).toMatch(/^buy: shadow → active\. Revision 1/);
    expect(stateOf(join(cwd, '.clamor/state/texts'))).toMatchObject({ members: { buy: { mode: 'active' } } });
    expect((await clamor(['control'], { cwd })).stdout).toMatch(/^buy {5}active/m);
    expect((await clamor(['status'], { cwd })).stdout).toContain('buy active');
  });

  it('takes over an edit that makes such a member active', async () => {
    const cwd = host({ ...packages, 'texts-buy': member('buy', 'buy', { marker: { mode: 'shadow' } }) });
    const dir = join(cwd, '.clamor/state/texts');
    await clamor(['control', 'win', '--mode', 'off', ...WHY], { cwd });
    const edit = { revision: 2, by: 'bo', why: 'passed', members: { buy: { mode: 'active' }, win: { mode: 'off' } } };
    writeFileSync(join(dir, 'state.json'), JSON.stringify(edit));
    await clamor(['control', 'win', '--mode', 'active', ...WHY], { cwd });
    expect(stateOf(dir)).toMatchObject({ revision: 3, members: { buy: { mode: 'active' } } });
    expect((await clamor(['control', '--log'], { cwd })).stdout).toContain('edit: buy active');
  });

  it('prints one line of JSON per change', async () => {
    const cwd = host(packages);
    const { stdout } = await clamor(['control', 'win', '--mode', 'shadow', '--json', ...WHY], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      dir: join(cwd, '.clamor/state/texts'),
      seq: 1,
      at: '2026-01-02T03:04:05.000Z',
      by: 'ann',
      why: 'floods since 10:20',
      change: { member: 'win', mode: 'shadow' },
      after: { revision: 1 },
    });
  });

  it('works while a member is broken', async () => {
    const cwd = host({
      ...packages,
      'texts-buy': { ...packages['texts-buy'], 'index.js': 'throw new Error("broken")' },
    });
    writeFileSync(join(cwd, 'node_modules/texts-win/assets/record.json'), '{');
    expect((await clamor(['control', 'buy', '--mode', 'off', ...WHY], { cwd })).exitCode).toBe(0);
    expect((await clamor(['control', 'win', '--mode', 'off', ...WHY], { cwd })).exitCode).toBe(0);
  });

  it.each([
    [['control', 'bye', '--mode', 'off', ...WHY], 64, 'STATE_MEMBER_UNKNOWN'],
    [['control', 'buy', '--version', '9.9.9', ...WHY], 64, 'STATE_VERSION_UNKNOWN'],
    [['control', 'buy', '--mode', 'off', '--by', 'ann'], 64, 'STATE_REASON_MISSING'],
    [['control', 'buy', ...WHY], 64, 'STATE_CHANGE_INVALID'],
    [['control', 'buy', '--rollout', '101', ...WHY], 64, 'from 0 to 100'],
    [['control', 'buy', '--rollout', '%', ...WHY], 64, 'from 0 to 100'],
    [['control', 'buy', '--mode', 'on', ...WHY], 64, 'active, shadow, off'],
    [['control', '--mode', 'off', ...WHY], 64, 'CLI_USAGE'],
    [['control', 'buy', '--log', '--mode', 'off'], 64, 'CLI_USAGE'],
    [['control', 'bye', '--log'], 64, 'CLI_MEMBER_UNKNOWN'],
  ])('answers %j with %i', async (args, exitCode, text) => {
    const result = await clamor(args, { cwd: host(packages) });
    expect([result.exitCode, result.stdout]).toEqual([exitCode, '']);
    expect(result.stderr).toContain(text);
  });

  it('takes over an edit that waits, and says of one that is refused where it is kept', async () => {
    const cwd = host(packages);
    const there = join(cwd, '.clamor/state/texts');
    await clamor(['control', 'win', '--mode', 'shadow', ...WHY], { cwd });
    const members = { buy: { mode: 'off' } };
    writeFileSync(join(there, 'state.json'), JSON.stringify({ revision: 2, by: 'bob', why: 'INC-7', members }));
    const taken = await clamor(['control', 'win', '--mode', 'off', ...WHY], { cwd });
    expect(taken.stdout).toMatch(
      /^edit of state\.json taken over\. Revision 2, .*by bob: INC-7\nwin: active → off\. Revision 3/,
    );
    writeFileSync(join(there, 'state.json'), JSON.stringify({ revision: 4, members }));
    const refused = await clamor(['control', 'win', '--mode', 'active', ...WHY], { cwd });
    expect(refused.exitCode).toBe(0);
    expect(refused.stderr).toMatch(/\[STATE_REASON_MISSING\].*[\s\S]*state\.refused\.json/);
    expect(stateOf(there)).toMatchObject({ revision: 4, members: { buy: { mode: 'off' } } });
  });

  it('is seen by a process that watches the directory', async () => {
    const cwd = host(packages);
    const dir = join(cwd, '.clamor/state/texts');
    const { promise, resolve } = Promise.withResolvers<AuditEntry>();
    const slots = [{ member: 'buy', versions: ['0.1.0'] }];
    await using store = await StateStore.open({ dir, slots, onChange: resolve });
    await clamor(['control', 'buy', '--mode', 'off', ...WHY], { cwd });
    expect((await promise).by).toBe('ann');
    expect(store.current.members['buy']?.mode).toBe('off');
  });
});

describe('clamor control, without a change', () => {
  it('prints the state of every member with what is installed', async () => {
    const cwd = slotted();
    await clamor(['control', 'buy', '--rollout', '10', '--version', '0.2.0', ...WHY], { cwd });
    const { stdout } = await clamor(['control'], { cwd });
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'member  mode    rollout  version  base  installed',
      'buy     active  10 %     0.2.0    none  0.1.0, 0.2.0',
      'win     active  100 %    own      none  0.1.0',
    ]);
    expect(stdout).toMatch(/\nRevision 1, state version [0-9a-f]{16}, in .*\.clamor\/state\/texts\.\n$/);
    const { stdout: json } = await clamor(['control', '--json'], { cwd });
    expect(JSON.parse(json)).toMatchObject({
      revision: 1,
      members: [{ member: 'buy', rollout: 10, installed: ['0.1.0', '0.2.0'] }, { member: 'win' }],
    });
  });

  it('prints the audit log, of all members or of one', async () => {
    const cwd = host(packages);
    expect((await clamor(['control', '--log'], { cwd })).stdout).toMatch(/^No change is recorded in/);
    await clamor(['control', 'buy', '--mode', 'off', '--by', 'ann', '--why', 'a\u001b[2Jb'], { cwd });
    await clamor(['control', 'win', '--mode', 'shadow', ...WHY], { cwd });
    const { stdout } = await clamor(['control', '--log'], { cwd });
    expect(stdout.split('\n')).toEqual([
      '#  when (UTC)           who  what        why',
      '1  2026-01-02 03:04:05  ann  buy off     a\ufffd[2Jb',
      '2  2026-01-02 03:04:05  ann  win shadow  floods since 10:20',
      '',
    ]);
    const { stdout: one } = await clamor(['control', 'win', '--log', '--json'], { cwd });
    expect(JSON.parse(one)).toMatchObject({ entries: [{ seq: 2, change: { member: 'win' } }] });
  });

  it('writes nothing where it only looks', async () => {
    const cwd = host(packages);
    const dir = folder();
    await clamor(['control', '--state', join(dir, 'none')], { cwd });
    await clamor(['control', '--log', '--state', join(dir, 'none')], { cwd });
    expect(() => readFileSync(join(dir, 'none'))).toThrow('ENOENT');
  });
});
