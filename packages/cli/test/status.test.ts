import { join } from 'node:path';

import { loadSuite, readServices, type RunningSuite } from '@clamor/runtime';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { clamor, evaluation, host, member, suite, writeFiles } from './host.ts';

const packages = { texts: suite(), 'texts-buy': member('buy', 'buy'), 'texts-evaluation': evaluation() };
const stateDir = '.clamor/state/texts';

/** Runs a service in this process; it has judged and shown its status. */
async function service(cwd: string): Promise<RunningSuite> {
  const running = await loadSuite({ from: cwd, stateDir, workers: 1 });
  onTestFinished(() => running.close());
  await running.judge([
    { key: 'a', input: 'buy' },
    { key: 'b', input: 'hello' },
  ]);
  await vi.waitUntil(async () => (await readServices(join(cwd, stateDir))).length > 0, { timeout: 20_000 });
  return running;
}

describe('clamor status', () => {
  it('shows what counts where no service runs, with lock and last changes', async () => {
    const cwd = host(packages);
    await clamor(['lock', '--by', 'ann'], { cwd });
    await clamor(['control', 'buy', '--rollout', '10', '--why', 'try it', '--by', 'ann'], { cwd });
    const { exitCode, stdout, stderr } = await clamor(['status'], { cwd });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^suite texts [0-9a-f]{16}, as locked 2026-01-02 03:04 UTC by ann$/m);
    expect(stdout).toMatch(/^state [0-9a-f]{16}, revision 1, in .*\.clamor\/state\/texts$/m);
    expect(stdout).toMatch(/^buy +0\.1\.0 +10 %$/m);
    expect(stdout).toContain('No service shows its status here');
    expect(stdout).toMatch(/^2026-01-02 03:04 +ann +buy active rollout=10 +try it$/m);
  });

  it('shows a service: process, verdicts, members', { tags: ['slow'] }, async () => {
    const cwd = host(packages);
    await service(cwd);
    const { exitCode, stdout } = await clamor(['status'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`^process ${process.pid} on .*: running, up `, 'm'));
    expect(stdout).toMatch(/^member +version +counts +breaker +judged +positive +alone +failed +p50 +p95 +guard$/m);
    expect(stdout).toMatch(/^buy +0\.1\.0 +100 % +closed +/m);
    expect(stdout).toMatch(/\nNothing needs attention\.\n$/);
  });

  it('says when another suite version is installed than the one that runs', { tags: ['slow'] }, async () => {
    const cwd = host(packages);
    await service(cwd);
    const next = member('buy', 'purchase');
    for (const [path, content] of Object.entries(next))
      writeFiles(join(cwd, 'node_modules/texts-buy'), { [path]: content });
    const { stdout } = await clamor(['status'], { cwd });
    expect(stdout).toMatch(
      /Needs attention\n {2}! process \d+: it runs suite version \w+, and \w+ is installed: reload or restart it\n/,
    );
  });

  it('shows nothing of a service that has closed', { tags: ['slow'] }, async () => {
    const cwd = host(packages);
    await (await service(cwd)).close();
    expect((await clamor(['status'], { cwd })).stdout).toContain('No service shows its status here');
  });

  it('prints one JSON document', { tags: ['slow'] }, async () => {
    const cwd = host(packages);
    await service(cwd);
    const { stdout } = await clamor(['status', 'texts', '--json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      suite: 'texts',
      lock: 'none',
      state: { revision: 0, members: [{ member: 'buy', mode: 'active', rollout: 100, fault: null }] },
      services: [{ pid: process.pid, isAlive: true, status: { name: 'texts' }, attention: [] }],
      changes: [],
    });
  });

  it('names faults of packages and answers 69', async () => {
    const broken = { ...member('broken', 'x'), 'assets/record.json': 'no record' };
    const { exitCode, stdout, stderr } = await clamor(['status'], {
      cwd: host({ ...packages, 'texts-broken': broken }),
    });
    expect([exitCode, stderr]).toEqual([69, expect.stringContaining('[MEMBER_RECORD_INVALID]')]);
    expect(stdout).toMatch(/^broken +0\.1\.0 +FAULT$/m);
  });

  it('refuses a log that cannot be trusted', async () => {
    const cwd = host(packages);
    writeFiles(cwd, { '.clamor/state/texts/audit.jsonl': 'not a log\n' });
    const { exitCode, stderr } = await clamor(['status'], { cwd });
    expect([exitCode, stderr]).toEqual([65, expect.stringContaining('[STATE_LOG_INVALID]')]);
  });
});
