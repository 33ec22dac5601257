import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { QueueAnswer } from '@clamor/report';
import { describe, expect, it } from 'vitest';

import { folder } from './host.ts';
import { changeset, day, kindsOf, logLook, memberFiles, onBranch, queueOf, runQueue, team } from './queue-host.ts';

describe('clamor queue: what it is read from', { tags: ['slow'] }, () => {
  it('tells files of the log and changesets that are broken, with exit code 65, and loses nothing else', async () => {
    const repository = team();
    const { commit, dir } = repository;
    onBranch(repository, 'pills', { ...memberFiles('pills'), '.changeset/x.md': changeset('texts-pills', 'minor') });
    await logLook(dir, { members: ['pills'] });
    commit(day(3), 'gated', {
      'models/evaluation/evidence/2026-broken.json': '{',
      '.changeset/broken.md': 'no changeset',
    });
    const { exitCode, stdout } = await runQueue(repository, '--json');
    const { result } = JSON.parse(stdout) as { result: QueueAnswer };
    expect(exitCode).toBe(65);
    expect(result.faults).toEqual([
      expect.stringMatching(/^pills: models\/evaluation\/evidence\/2026-broken\.json: it cannot be read: /) as string,
      'pills: .changeset/broken.md: it is no changeset',
    ]);
    expect(kindsOf(result.candidates)).toEqual({ pills: [] });
  });

  it('writes nothing into the repository, and needs no more git for more branches', async () => {
    const repository = team();
    const { git, commit } = repository;
    onBranch(repository, 'mine', { 'models/buy/src/index.ts': 'mine' });
    git(day(3), 'switch', '--quiet', 'main');
    commit(day(3), 'theirs', { 'models/buy/src/index.ts': 'theirs' });
    const trace = join(folder(), 'trace');
    const count = async (): Promise<number> => {
      process.env['GIT_TRACE'] = trace;
      try {
        await queueOf(repository);
      } finally {
        delete process.env['GIT_TRACE'];
      }
      const text = readFileSync(trace, 'utf8');
      git(day(3), 'hash-object', '/dev/null');
      return text.split('\n').filter((line) => line.includes('trace: built-in: git')).length;
    };
    const objects = git(day(3), 'count-objects', '-v');
    const few = await count();
    expect(git(day(3), 'count-objects', '-v')).toBe(objects);
    const fork = git(day(3), 'rev-parse', 'mine~1').trim();
    for (let i = 0; i < 6; i++) {
      const tree = git(day(4), 'rev-parse', 'mine^{tree}').trim();
      const pills = git(day(4), 'commit-tree', tree, '-p', 'mine', '-m', `c${i}`).trim();
      git(day(4), 'update-ref', `refs/heads/c${i}`, i % 2 === 0 ? pills : fork);
    }
    expect((await queueOf(repository)).candidates).toHaveLength(4);
    // One for each of the three branches that must be merged to see whether they can be; the trace is appended to.
    expect((await count()) - few).toBe(few + 3);
  });

  it('says less of a shallow clone, and why', async () => {
    const origin = team();
    origin.commit(day(2), 'second', { 'README.md': 'two' });
    onBranch(origin, 'pills', memberFiles('pills'));
    origin.git(day(3), 'switch', '--quiet', 'main');
    const dir = join(folder(), 'clone');
    origin.git(day(3), 'clone', '--quiet', '--depth', '2', '--no-single-branch', `file://${origin.dir}`, dir);
    const answer = await queueOf({ dir });
    expect(answer.candidates.map(({ branch, behind, ahead }) => [branch, behind, ahead])).toEqual([
      ['origin/pills', null, 1],
    ]);
    expect(answer.landed).toEqual([]);
    expect(answer.notes[0]).toMatch(/^This clone is shallow: .* git fetch --unshallow --tags\.$/);
  });

  it('is refused outside of a repository, without a base, and without the suite', async () => {
    const repository = team();
    const outside = await runQueue({ dir: folder() });
    expect([outside.exitCode, outside.stderr]).toEqual([69, expect.stringContaining('[CLI_QUEUE_GIT_FAILED]')]);
    const base = await runQueue(repository, '--base', '--upload-pack=x');
    expect([base.exitCode, base.stderr]).toEqual([64, expect.stringContaining('[CLI_QUEUE_BASE_UNKNOWN]')]);
    const suite = await runQueue(repository, 'fraud');
    expect([suite.exitCode, suite.stderr]).toEqual([
      64,
      expect.stringMatching(/\[CLI_QUEUE_SUITE_UNKNOWN\] 0 suites of the name "fraud" .* known: texts\./),
    ]);
    expect((await runQueue(repository, '--since', '2026-02-30')).exitCode).toBe(64);
  });

  it('reads a bare repository', async () => {
    const origin = team();
    onBranch(origin, 'pills', memberFiles('pills'));
    const dir = join(folder(), 'bare');
    origin.git(day(3), 'clone', '--quiet', '--bare', origin.dir, dir);
    expect((await queueOf({ dir })).candidates.map(({ branch }) => branch)).toEqual(['pills']);
  });
});
