import { describe, expect, it } from 'vitest';

import { gateEvaluation, gatePackages, scoresOf, withStoredColumns } from './gate-host.ts';
import { besidesColumns, clamor, commitAll, git, host, member, repository, writeFiles } from './host.ts';

interface Change {
  readonly kind: string;
  readonly against: string;
  readonly result: {
    readonly decision: string;
    readonly decidedBy: string;
    readonly regions: {
      readonly [region: string]: { readonly truePositives: number; readonly falsePositives: number };
    };
  };
}

async function change(args: readonly string[], cwd: string): Promise<Change & { readonly exitCode: number }> {
  const all = ['gate', ...args, '--split', 'open', '--json', '--workers', '1'];
  const { exitCode, stdout, stderr } = await clamor(all, { cwd });
  expect(besidesColumns(stderr)).toBe('');
  return { exitCode, ...(JSON.parse(stdout) as Change) };
}

/** A version of the member win that is positive on texts with another word. */
const winOf = (word: string): { [path: string]: string } => ({
  'index.js': member('win', word)['index.js'] as string,
});

describe('clamor gate MEMBER --against', () => {
  it('compares with a git reference, scored in a work tree that is gone afterwards', async () => {
    const cwd = repository(gatePackages('win'));
    writeFiles(cwd, { 'models/texts-win/index.js': winOf('bad')['index.js']! });
    commitAll(cwd);
    const { exitCode, kind, against, result } = await change(['win', '--against', 'HEAD~1'], cwd);
    expect([exitCode, kind, against, result.decision]).toEqual([1, 'change', 'HEAD~1', 'fail']);
    expect(result.regions).toEqual({
      kept: { truePositives: 534, falsePositives: 8 },
      gained: { truePositives: 6, falsePositives: 9 },
      lost: { truePositives: 12, falsePositives: 0 },
    });
    expect(git(cwd, 'worktree', 'list').trim().split('\n')).toHaveLength(1);
  });

  it('compares with a folder that holds the other version', async () => {
    const before = host(gatePackages('win'));
    const cwd = host({ ...gatePackages(), 'texts-win': { ...member('win', 'win'), ...winOf('nothing') } });
    const { exitCode, result } = await change(['texts-win', '--against', before], cwd);
    expect(result.regions['lost']).toEqual({ truePositives: 12, falsePositives: 0 });
    // A threshold at which nothing is found costs recall, whatever it does for precision.
    expect([exitCode, result.decision, result.decidedBy]).toEqual([1, 'fail', 'recall']);
  });

  it('compares with a file of scores, and a file with the installed version', async () => {
    const cwd = host(gatePackages('win'));
    writeFiles(cwd, { 'old.csv': scoresOf('win', 'open'), 'new.csv': scoresOf('few', 'open') });
    const same = await change(['win', '--against', 'old.csv', '--against-threshold', '1'], cwd);
    expect([same.exitCode, same.result.decision]).toEqual([3, 'no effect']);
    const scores = ['--scores', 'new.csv', '--threshold', '1', '--name', 'win'];
    const changed = await change([...scores, '--against', '.'], cwd);
    expect(changed.result.regions['gained']).toEqual({ truePositives: 3, falsePositives: 0 });
  });

  it('scores both versions where the stored columns of the split are those of the version before', async () => {
    const cwd = repository({ ...gatePackages('win'), 'texts-evaluation': withStoredColumns(gateEvaluation()) });
    const all = ['gate', 'win', '--against', 'HEAD', '--split', 'open', '--json', '--workers', '1'];
    const same = await clamor(all, { cwd });
    // Nobody has stored the columns of what is in the work tree now.
    writeFiles(cwd, { 'models/texts-win/index.js': winOf('bad')['index.js']! });
    const changed = await clamor(all, { cwd });
    expect([same.exitCode, changed.exitCode]).toEqual([3, 1]);
    expect(changed.stderr).toContain('stored columns of open are the same for both versions of win');
    expect((JSON.parse(changed.stdout) as Change).result.regions['gained']).toEqual({
      truePositives: 6,
      falsePositives: 9,
    });
  });

  it('scores what is installed with --installed, whatever is stored, also without another version', async () => {
    const cwd = repository({ ...gatePackages('win'), 'texts-evaluation': withStoredColumns(gateEvaluation()) });
    writeFiles(cwd, { 'models/texts-win/index.js': winOf('bad')['index.js']! });
    const all = ['gate', 'win', '--split', 'open', '--json', '--workers', '1'];
    const stored = await clamor(all, { cwd });
    const installed = await clamor([...all, '--installed'], { cwd });
    // What is stored finds texts with "win"; what is installed those with "bad", of which more are wrong than right.
    expect([stored.exitCode, installed.exitCode]).toEqual([0, 1]);
  });

  it('says what is wrong with a version that cannot be measured', async () => {
    const cwd = repository(gatePackages('win'));
    const nowhere = await clamor(['gate', 'win', '--split', 'open', '--against', 'no-such-branch'], { cwd });
    expect([nowhere.exitCode, nowhere.stderr]).toEqual([65, expect.stringContaining('[CLI_VERSION_UNUSABLE]')]);
    writeFiles(
      cwd,
      Object.fromEntries(Object.entries(member('new', 'few')).map(([f, c]) => [`models/texts-new/${f}`, c])),
    );
    const fresh = await clamor(['gate', 'new', '--split', 'open', '--against', 'HEAD'], { cwd });
    expect(fresh.stderr).toContain('A new member is gated without --against');
  });

  it('takes one candidate, and a threshold only for a file of scores', async () => {
    const cwd = host(gatePackages('win', 'few'));
    expect((await clamor(['gate', 'win', 'few', '--against', '.'], { cwd })).exitCode).toBe(64);
    expect((await clamor(['gate', 'win', '--against', '.', '--against-threshold', '1'], { cwd })).exitCode).toBe(64);
    expect((await clamor(['gate', 'win', '--against-threshold', '1'], { cwd })).exitCode).toBe(64);
  });
});
