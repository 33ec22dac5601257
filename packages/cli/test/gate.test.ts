import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { idSetRecord } from '@clamor/store';
import { describe, expect, it } from 'vitest';

import { gateEvaluation, gatePackages, idsOf, scoresOf, withStoredColumns } from './gate-host.ts';
import { besidesColumns, clamor, host, member, suite, writeFiles } from './host.ts';

interface Logged {
  readonly kind: string;
  readonly split: string;
  readonly who: string;
  readonly when: string;
  readonly members: string[];
  readonly outcome: { readonly [name: string]: unknown };
}

/** The queries in the log of a host. */
function logged(cwd: string): Logged[] {
  const folder = join(cwd, 'node_modules/texts-evaluation/log');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Logged);
}

describe('clamor gate MEMBER', () => {
  it.each([
    ['win', 'pass', 0],
    ['bad', 'fail', 1],
    ['few', 'inconclusive', 2],
    ['dup', 'no effect', 3],
  ])('answers for %s: %s, exit code %i', async (name, decision, code) => {
    const cwd = host(gatePackages(name));
    const { exitCode, stdout, stderr } = await clamor(['gate', name, '--json', '--workers', '1'], { cwd });
    expect([exitCode, besidesColumns(stderr)]).toEqual([code, '']);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'gate', result: { candidate: name, decision } });
    expect(logged(cwd)).toMatchObject([{ kind: 'gate', split: 'held', members: [name], outcome: { decision } }]);
  });

  it('tells rounded figures of a split that gates, and exact ones of one that may be read, which is not logged', async () => {
    const cwd = host(gatePackages('win'));
    const held = JSON.parse((await clamor(['gate', 'texts-win', '--json'], { cwd })).stdout) as Answer;
    expect(held.result.counts.unique.truePositives).toBeNull();
    const before = logged(cwd).length;
    const open = JSON.parse((await clamor(['gate', 'win', '--split', 'open', '--json'], { cwd })).stdout) as Answer;
    expect(open.result.counts.unique).toEqual({ truePositives: 12, falsePositives: 0 });
    expect(open.result.counts.others).toEqual({ truePositives: 534, falsePositives: 8 });
    expect([before, logged(cwd).length]).toEqual([1, 1]);
    expect(open.context).not.toHaveProperty('evidence');
  });

  it('scores a member that the stored columns of a split do not know, unless it was fitted there', async () => {
    const fitted = idSetRecord([{ name: 'open', roles: ['fit'], ids: idsOf('open'), description: '' }]);
    const fit = { data: 'texts@2', seed: 0, weights: fitted, threshold: fitted };
    const cwd = host({
      ...gatePackages('win', 'few'),
      'texts-bad': member('bad', 'bad', { record: { fit } }),
      'texts-evaluation': withStoredColumns(gateEvaluation()),
    });
    const fresh = await clamor(['gate', 'few', '--split', 'open', '--json', '--workers', '1'], { cwd });
    expect([fresh.exitCode, fresh.stdout]).toEqual([
      2,
      expect.stringContaining('few has no stored scores on this split: the installed version is scored'),
    ]);
    expect((JSON.parse(fresh.stdout) as Answer).result.counts.others).toEqual({
      truePositives: 546,
      falsePositives: 8,
    });
    const seen = await clamor(['gate', 'bad', '--split', 'open', '--workers', '1'], { cwd });
    expect([seen.exitCode, seen.stderr]).toEqual([65, expect.stringContaining('[EVAL_TRAINED_ON]')]);
  });

  it('says the blueprint first, the decision, what it cost and how that was measured', async () => {
    const cwd = host(gatePackages('win'));
    const { stdout } = await clamor(['gate', 'win', '--split', 'open'], { cwd });
    expect(stdout).toMatch(/u .*o/);
    expect(stdout).toContain('pass');
    expect(stdout).toContain('Costs are medians over 256 examples of open');
  });

  it('counts every look with a warning that grows, and says who asked', async () => {
    const cwd = host(gatePackages('win', 'few'));
    await clamor(['gate', 'win'], { cwd });
    const second = JSON.parse((await clamor(['gate', 'few', '--json'], { cwd })).stdout) as Answer;
    expect(second.context.evidence).toMatchObject({ queries: 2 });
    expect(second.context.evidence!.warning).toMatch(/2 different candidates .* up to \d+ %/);
    const again = JSON.parse((await clamor(['gate', 'few', '--json'], { cwd })).stdout) as Answer;
    // The clock of the test stands still, so the same question is the same file.
    expect(again.context.evidence!.warning).toMatch(/2 different candidates/);
    expect(logged(cwd)[0]).toMatchObject({ when: '2026-01-02T03:04:05.000Z', who: expect.any(String) as string });
  });

  it('writes Markdown and JUnit for a pull request', async () => {
    const cwd = host(gatePackages('bad'));
    const { exitCode, stderr } = await clamor(['gate', 'bad', '--markdown', 'g.md', '--junit', 'g.xml'], { cwd });
    expect([exitCode, besidesColumns(stderr)]).toEqual([1, 'wrote g.md\nwrote g.xml\n']);
    expect(readFileSync(join(cwd, 'g.md'), 'utf8')).toContain('fail');
    expect(readFileSync(join(cwd, 'g.xml'), 'utf8')).toContain('<failure');
  });

  it('takes what an accepted candidate draws from the budget of the next one, and not from its own', async () => {
    const policy = { lossBudget: 0.2, harmConfidence: 0.6, uniquePrecisionFloor: 0.1 };
    const cwd = host({ ...gatePackages('bad', 'win'), texts: suite(policy) });
    const gate = async (...args: string[]): Promise<Answer> =>
      JSON.parse((await clamor(['gate', ...args, '--json'], { cwd })).stdout) as Answer;
    // 6 of 15 beside 546 of 554 (buy and win) make 552 of 569: .9856 − .9701.
    expect((await gate('bad', '--accept')).result.decision).toBe('pass');
    expect(logged(cwd)[0]!.outcome).toEqual({ decision: 'pass', accepted: true, draws: 0.0155 });
    expect((await gate('win')).result.loss.left).toBeCloseTo(0.184, 3);
    expect((await gate('bad')).result.loss.left).toBeCloseTo(0.2, 3);
  });

  it('records no acceptance of what does not pass, and none on a split that may be read', async () => {
    const cwd = host(gatePackages('few'));
    const { exitCode, stdout } = await clamor(['gate', 'few', '--accept'], { cwd });
    expect([exitCode, logged(cwd)[0]!.outcome['accepted']]).toEqual([2, false]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Not recorded as accepted');
    const open = await clamor(['gate', 'few', '--accept', '--split', 'open'], { cwd });
    expect([open.exitCode, open.stderr]).toEqual([64, expect.stringContaining('[CLI_USAGE]')]);
  });

  it('gates several jointly: a pass is that all of them can be merged', async () => {
    const cwd = host(gatePackages('win', 'bad'));
    const { exitCode, stdout } = await clamor(['gate', 'win', 'bad', '--json', '--split', 'open'], { cwd });
    const { kind, result } = JSON.parse(stdout) as { kind: string; result: Joint };
    expect([exitCode, kind]).toEqual([1, 'joint']);
    expect(result.order.map(({ members }) => members)).toEqual([['win']]);
    expect(result.rejected.map(({ members }) => members)).toEqual([['bad']]);
  });

  it('names the choices when a member, a split or a suite is not clear', async () => {
    const cwd = host(gatePackages('win'));
    const unknown = await clamor(['gate', 'wni'], { cwd });
    expect([unknown.exitCode, unknown.stderr]).toEqual([64, expect.stringContaining('[CLI_MEMBER_UNKNOWN]')]);
    expect(unknown.stderr).toContain('it has buy, win');
    const fraud = JSON.parse(JSON.stringify(suite()).replaceAll('texts', 'fraud')) as ReturnType<typeof suite>;
    const two = await clamor(['gate', 'win'], { cwd: host({ ...gatePackages('win'), fraud }) });
    expect([two.exitCode, two.stderr]).toEqual([69, expect.stringContaining('[SUITE_AMBIGUOUS]')]);
    expect((await clamor(['gate'], { cwd })).exitCode).toBe(64);
  });

  it('refuses a member that is not loaded', async () => {
    const broken = member('broken', 'x', { score: '(() => { throw new Error("broken"); })()' });
    const cwd = host({ ...gatePackages(), 'texts-broken': broken });
    const { exitCode, stderr } = await clamor(['gate', 'broken'], { cwd });
    expect([exitCode, stderr]).toEqual([69, expect.stringContaining('[CLI_MEMBER_FAULTY]')]);
  });
});

describe('clamor gate --scores', () => {
  it('gates a candidate from a file, no package needed', async () => {
    const cwd = host(gatePackages());
    writeFiles(cwd, { 'mine.csv': scoresOf('win') });
    const args = ['gate', '--scores', 'mine.csv', '--threshold', '0.5'];
    const { exitCode, stdout } = await clamor([...args, '--json'], { cwd });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ result: { candidate: 'mine', decision: 'pass' } });
    expect((await clamor(args, { cwd })).stdout.replaceAll(/\s+/g, ' ')).toContain('scores of mine come from a file');
  });

  it('gates several files, and a file with a member, jointly', async () => {
    const cwd = host(gatePackages('win'));
    writeFiles(cwd, { 'a.csv': scoresOf('few'), 'b.csv': scoresOf('missed') });
    const files = ['--scores', 'a.csv', '--threshold', '1', '--scores', 'b.csv', '--threshold', '1'];
    const { stdout } = await clamor(['gate', ...files, '--name', 'few', '--name', 'late', '--json'], { cwd });
    expect((JSON.parse(stdout) as { result: Joint }).result.alone.map(({ members }) => members)).toEqual([
      ['few'],
      ['late'],
    ]);
    const mixed = await clamor(['gate', 'win', ...files.slice(0, 4), '--json'], { cwd });
    expect(JSON.parse(mixed.stdout)).toMatchObject({ kind: 'joint' });
  });

  it('tells keys that are not in the split, and refuses to guess those that are missing', async () => {
    const cwd = host(gatePackages());
    writeFiles(cwd, { 'more.csv': `${scoresOf('win')}other,1\n`, 'less.csv': 'key,score\nheld0,1\n' });
    const more = await clamor(['gate', '--scores', 'more.csv', '--threshold', '1'], { cwd });
    expect([more.exitCode, more.stderr]).toEqual([0, expect.stringContaining('1 of 638 keys are not in split "held"')]);
    const less = await clamor(['gate', '--scores', 'less.csv', '--threshold', '1'], { cwd });
    expect([less.exitCode, less.stderr]).toEqual([65, expect.stringContaining('[STORE_SCORES_INCOMPLETE]')]);
    expect(less.stderr).toContain('636 of the 637 examples: "held1"');
    expect(logged(cwd)).toHaveLength(1);
  });

  it.each([
    ['an infinite score', 'key,score\nheld0,inf\n', 65, 'STORE_SCORE_INVALID'],
    ['a key twice', 'key,score\nheld0,1\nheld0,1\n', 65, 'STORE_KEY_DUPLICATE'],
    ['no column of scores', 'key,p\nheld0,1\n', 65, 'STORE_SCORE_COLUMN_MISSING'],
    ['nothing', '', 65, 'STORE_FILE_EMPTY'],
  ])('refuses a file with %s', async (_, content, code, error) => {
    const cwd = host(gatePackages());
    writeFiles(cwd, { 'mine.csv': content });
    const { exitCode, stderr } = await clamor(['gate', '--scores', 'mine.csv', '--threshold', '1'], { cwd });
    expect([exitCode, stderr]).toEqual([code, expect.stringContaining(`[${error}]`)]);
  });

  it('refuses a name that is taken, and files without thresholds', async () => {
    const cwd = host(gatePackages());
    writeFiles(cwd, { 'buy.csv': scoresOf('buy') });
    const taken = await clamor(['gate', '--scores', 'buy.csv', '--threshold', '1'], { cwd });
    expect([taken.exitCode, taken.stderr]).toEqual([64, expect.stringContaining('[CLI_NAME_TAKEN]')]);
    expect((await clamor(['gate', '--scores', 'buy.csv'], { cwd })).exitCode).toBe(64);
    expect((await clamor(['gate', '--scores', 'buy.csv', '--threshold', 'high'], { cwd })).exitCode).toBe(64);
  });

  it('refuses a split that is held back where nobody keeps a log', async () => {
    const packages = gatePackages('win');
    const silent = JSON.stringify(packages['texts-evaluation']).replace('evidenceLog:', 'noLog:');
    const cwd = host({ ...packages, 'texts-evaluation': JSON.parse(silent) as ReturnType<typeof suite> });
    const { exitCode, stdout, stderr } = await clamor(['gate', 'win'], { cwd });
    expect([exitCode, stdout, stderr]).toEqual([69, '', expect.stringContaining('[CLI_EVIDENCE_LOG_MISSING]')]);
    expect((await clamor(['gate', 'win', '--split', 'open'], { cwd })).exitCode).toBe(0);
  });
});

interface Answer {
  readonly context: { readonly evidence?: { readonly queries: number; readonly warning: string | null } };
  readonly result: {
    readonly decision: string;
    readonly counts: { readonly unique: { readonly truePositives: number }; readonly others: object };
    readonly loss: { readonly left: number };
  };
}

interface Joint {
  readonly alone: { readonly members: string[] }[];
  readonly order: { readonly members: string[] }[];
  readonly rejected: { readonly members: string[] }[];
}
