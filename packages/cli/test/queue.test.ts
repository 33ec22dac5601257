import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { folder } from './host.ts';
import { changeset, day, kindsOf, logLook, memberFiles, onBranch, queueOf, team } from './queue-host.ts';

describe('clamor queue: open candidates', { tags: ['slow'] }, () => {
  it('shows a candidate that is gated, accepted and described as ready, with its age and commits', async () => {
    const repository = team();
    const { git, commit, dir } = repository;
    git(day(2), 'switch', '--quiet', '--create', 'feature/pills');
    commit(day(3), 'pills', { ...memberFiles('pills'), '.changeset/pills.md': changeset('texts-pills', 'minor') });
    await logLook(dir, { members: ['pills'], when: '2026-03-04T09:00:00.000Z' });
    commit(day(4), 'gated');
    git(day(5), 'switch', '--quiet', 'main');
    commit(day(6), 'elsewhere', { 'README.md': 'about' });
    const { candidates, faults } = await queueOf(repository);
    expect(candidates).toMatchObject([
      {
        branch: 'feature/pills',
        aliases: [],
        member: 'pills',
        package: 'texts-pills',
        change: 'added',
        owner: 'pills-team',
        author: 'tester',
        subject: 'gated',
        openedAt: '2026-03-03T12:00:00.000Z',
        lastCommitAt: '2026-03-04T12:00:00.000Z',
        ahead: 2,
        behind: 1,
        blocks: [],
        notes: [],
      },
    ]);
    expect(faults).toEqual([]);
  });

  it('says of a generated member that it is untrained, not gated and private, each with the command that comes next', async () => {
    const repository = team();
    onBranch(
      repository,
      'draft',
      memberFiles('draft', { manifest: { private: true }, record: { fit: { data: 'none', seed: 0 } } }),
    );
    const { candidates } = await queueOf(repository);
    expect(candidates[0]?.blocks).toEqual([
      {
        kind: 'untrained',
        reason: 'Its record says that it was fitted on nothing.',
        next: 'git switch draft && npx nx train texts-draft',
      },
      {
        kind: 'not gated',
        reason: 'It was not gated on this branch.',
        next: 'git switch draft && npx clamor gate draft',
      },
      {
        kind: 'private',
        reason: 'Its package.json says private, so no release will take it.',
        next: 'git switch draft && npm pkg delete private --workspace texts-draft',
      },
    ]);
  });

  it('tells what the gate said, and whether what judges was changed since', async () => {
    const repository = team();
    const { commit, dir } = repository;
    const looks = [
      ['fails', { decision: 'fail', accepted: false, draws: null }],
      ['unclear', { decision: 'inconclusive', accepted: false, draws: null }],
      ['idle', { decision: 'no effect', accepted: false, draws: null }],
      ['passes', { decision: 'pass', accepted: false, draws: null }],
    ] as const;
    for (const [name, outcome] of looks) {
      onBranch(repository, name, { ...memberFiles(name), '.changeset/x.md': changeset(`texts-${name}`, 'minor') });
      await logLook(dir, { members: [name], outcome });
      commit(day(3), 'gated');
    }
    // Its card and its tests may change after the gate, its code may not.
    commit(day(4), 'card', { 'models/passes/README.md': 'card', 'models/passes/src/index.test.ts': 'test' });
    onBranch(repository, 'stale', { ...memberFiles('stale'), '.changeset/x.md': changeset('texts-stale', 'minor') });
    await logLook(dir, { members: ['stale'] });
    commit(day(3), 'gated');
    commit(day(4), 'improved', { 'models/stale/src/index.ts': 'better' });
    const { candidates } = await queueOf(repository);
    expect(kindsOf(candidates)).toEqual({
      passes: [],
      fails: ['gate fail'],
      unclear: ['gate inconclusive'],
      idle: ['gate no effect'],
      stale: ['gate stale'],
    });
    const reason = (branch: string): string | undefined =>
      candidates.find((one) => one.branch === branch)?.blocks[0]?.reason;
    expect(reason('unclear')).toBe(
      'The gate on gate of texts@1 said inconclusive on 2026-03-03: more labels might settle it.',
    );
    expect(reason('stale')).toBe('What judges was changed after the gate said pass on 2026-03-03.');
    expect(candidates.find(({ branch }) => branch === 'passes')?.notes).toEqual([
      'Its pass is not recorded as accepted, so nothing is drawn from the loss budget: git switch passes && npx clamor gate passes --accept',
    ]);
  });

  it('is satisfied again by a look at what was changed', async () => {
    const repository = team();
    const { commit, dir } = repository;
    onBranch(repository, 'twice', { ...memberFiles('twice'), '.changeset/x.md': changeset('texts-twice', 'minor') });
    await logLook(dir, { members: ['twice'], outcome: { decision: 'fail', accepted: false, draws: null } });
    commit(day(3), 'gated');
    commit(day(4), 'improved', { 'models/twice/src/index.ts': 'better' });
    await logLook(dir, { members: ['other', 'twice'], kind: 'joint', when: '2026-03-05T12:00:00.000Z' });
    commit(day(5), 'gated with another one');
    expect(kindsOf((await queueOf(repository)).candidates)).toEqual({ twice: [] });
  });

  it('wants a changeset of a changed member, and one that says what its files ask for', async () => {
    const repository = team();
    const { commit, dir } = repository;
    const encoded = memberFiles('buy', { artifact: 'other', record: { encoder: '@clamor/encoder-x' } });
    for (const [name, files] of [
      ['silent', encoded],
      ['modest', { ...encoded, '.changeset/x.md': changeset('texts-buy', 'minor') }],
      ['frank', { ...encoded, '.changeset/x.md': changeset('texts-buy', 'major') }],
    ] as const) {
      onBranch(repository, name, { ...files, 'models/buy/src/index.ts': `export const classifier = '${name}';` });
      await logLook(dir, { members: ['buy'], kind: 'change' });
      commit(day(3), 'gated');
    }
    const { candidates } = await queueOf(repository);
    // The record of `encoded` has no artifact, since it replaces the fields of the helper's.
    expect(candidates.map(({ branch, change, blocks }) => [branch, change, blocks.map(({ kind }) => kind)])).toEqual([
      ['frank', 'changed', []],
      ['modest', 'changed', ['changeset less']],
      ['silent', 'changed', ['changeset missing']],
    ]);
    expect(candidates[1]?.blocks[0]).toEqual({
      kind: 'changeset less',
      reason: 'Its changeset says minor, and its files ask for major (encoder: none → @clamor/encoder-x).',
      next: 'git switch modest && npx clamor compare buy --against git:main --changeset',
    });
  });

  it('tells a conflict with the base, and leaves out what was merged by squash', async () => {
    const repository = team();
    const { git, commit } = repository;
    onBranch(repository, 'mine', { 'models/buy/src/index.ts': 'mine' });
    onBranch(repository, 'squashed', memberFiles('squashed'));
    git(day(3), 'switch', '--quiet', 'main');
    git(day(3), 'merge', '--quiet', '--squash', 'squashed');
    commit(day(3), 'squashed');
    commit(day(4), 'theirs', { 'models/buy/src/index.ts': 'theirs' });
    const { candidates, notes } = await queueOf(repository);
    expect(kindsOf(candidates)).toEqual({ mine: ['not gated', 'changeset missing', 'conflict'] });
    expect(candidates[0]?.blocks[2]).toEqual({
      kind: 'conflict',
      reason: 'It conflicts with main in models/buy/src/index.ts.',
      next: 'git switch mine && git merge main',
    });
    expect(notes).toContain(
      '1 branch (squashed): main has all of it already, by squash or rebase, so it can be deleted.',
    );
  });

  it('finds a branch whose member was moved on the base, and what git makes of a file that is new there', async () => {
    const repository = team();
    const { git, commit } = repository;
    onBranch(repository, 'mine', { 'models/buy/src/new.ts': 'new' });
    git(day(3), 'switch', '--quiet', 'main');
    git(day(3), 'mv', 'models/buy', 'models/purchase');
    commit(day(3), 'moved');
    const { candidates } = await queueOf(repository);
    expect(candidates).toMatchObject([{ branch: 'mine', member: 'buy', change: 'changed' }]);
    expect(candidates[0]?.blocks.at(-1)?.reason).toBe('It conflicts with main in models/purchase/src/new.ts.');
    expect(candidates[0]?.notes).toEqual(['main has removed or moved it since the branch was forked.']);
  });

  it('holds a branch against what it was forked from, not against what the base did meanwhile', async () => {
    const repository = team();
    const { git, commit, dir } = repository;
    const text = changeset('texts-buy', 'minor');
    onBranch(repository, 'mine', { 'models/buy/src/index.ts': 'mine', '.changeset/x.md': text });
    await logLook(dir, { members: ['buy'], kind: 'change' });
    commit(day(3), 'gated');
    git(day(4), 'switch', '--quiet', 'main');
    // Another encoder, which would be a major, came to the base.
    commit(day(4), 'theirs', {
      'models/buy/assets/record.json': memberFiles('buy', { record: { encoder: 'e' } })[
        'models/buy/assets/record.json'
      ]!,
    });
    expect(kindsOf((await queueOf(repository)).candidates)).toEqual({ mine: [] });
  });

  it('finds an artifact that is not the one of the record, and reads pointers of Git LFS', async () => {
    const repository = team();
    const sha256 = 'b'.repeat(64);
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize 12\n`;
    const recorded = { artifact: { file: 'model.onnx', sha256, sizeBytes: 12 } };
    onBranch(repository, 'other', { 'models/buy/assets/model.onnx': 'other weights' });
    onBranch(repository, 'pointer', memberFiles('lfs', { artifact: pointer, record: recorded }));
    onBranch(repository, 'gone', { 'models/buy/assets/model.onnx': null });
    onBranch(repository, 'garbled', { 'models/buy/assets/record.json': '{', 'models/buy/package.json': '[]' });
    const { candidates } = await queueOf(repository);
    expect(kindsOf(candidates)).toEqual({
      other: ['artifact', 'not gated', 'changeset missing'],
      gone: ['artifact', 'not gated', 'changeset missing'],
      pointer: ['not gated', 'changeset missing'],
      garbled: ['broken', 'broken', 'not gated', 'changeset missing'],
    });
    expect(candidates.find(({ branch }) => branch === 'garbled')?.blocks.map(({ reason }) => reason)).toEqual([
      'package.json is not on the branch, or no JSON object.',
      'assets/record.json is no JSON object.',
      'It was not gated on this branch.',
      'No changeset of the branch names texts-buy.',
    ]);
  });

  it('shows every member of a branch, and no branch that is about none', async () => {
    const repository = team();
    onBranch(repository, 'two', { ...memberFiles('one'), ...memberFiles('two') });
    onBranch(repository, 'docs', { 'README.md': 'about' });
    onBranch(repository, 'fixture', { 'tools/fixture/src.js': '', 'tools/fixture/package.json': { name: 'x' } });
    onBranch(repository, 'encoder', {
      'models/enc/package.json': { name: 'enc', clamor: { kind: 'encoder', contract: 1 } },
    });
    onBranch(repository, 'card', { 'models/buy/README.md': 'card' });
    onBranch(repository, 'away', {
      'models/buy/package.json': null,
      'models/buy/src/index.ts': null,
      'models/buy/assets/model.onnx': null,
      'models/buy/assets/record.json': null,
    });
    onBranch(repository, 'undone', { 'models/buy/src/index.ts': 'try' });
    repository.commit(day(3), 'back', { 'models/buy/src/index.ts': `export const classifier = 'buy';` });
    const { candidates } = await queueOf(repository);
    expect(candidates.map(({ branch, member, change, blocks }) => [branch, member, change, blocks.length])).toEqual([
      ['away', 'buy', 'removed', 0],
      ['card', 'buy', 'other files', 0],
      ['two', 'one', 'added', 2],
      ['two', 'two', 'added', 2],
    ]);
  });

  it('takes a branch of a remote that is no newer for the local one, and the base there for no candidate', async () => {
    const origin = team();
    onBranch(origin, 'shared', memberFiles('shared'));
    onBranch(origin, 'theirs', memberFiles('theirs'));
    origin.git(day(3), 'switch', '--quiet', 'main');
    const dir = join(folder(), 'clone');
    origin.git(day(3), 'clone', '--quiet', origin.dir, dir);
    origin.commit(day(4), 'main moves on', { 'models/buy/src/index.ts': 'moved' });
    const git = (...args: string[]): string => origin.git(day(5), '-C', dir, ...args);
    git('fetch', '--quiet');
    git('switch', '--quiet', 'shared');
    git('commit', '--quiet', '--allow-empty', '--message', 'more');
    const { candidates, notes, base } = await queueOf({ dir });
    expect(base.name).toBe('main');
    expect(candidates.map(({ branch, aliases, ahead }) => [branch, aliases, ahead])).toEqual([
      ['origin/theirs', [], 1],
      ['shared', ['origin/shared'], 2],
    ]);
    expect(candidates[0]?.blocks[0]?.next).toBe('git switch theirs && npx clamor gate theirs');
    expect(notes).toContain('origin/main has 1 commit that main here has not.');
    const newer = await queueOf({ dir }, '--base', 'origin/main');
    expect([newer.base.name, newer.candidates[0]?.behind]).toEqual(['origin/main', 1]);
  });

  it('leaves out what had no commit since a day, and counts it', async () => {
    const repository = team();
    onBranch(repository, 'old', memberFiles('old'));
    repository.git(day(2), 'switch', '--quiet', '--create', 'new', 'main');
    repository.commit(day(9), 'new', memberFiles('new'));
    const { candidates, notes, since } = await queueOf(repository, '--since', '2026-03-05');
    expect([since, candidates.map(({ branch }) => branch)]).toEqual(['2026-03-05T00:00:00.000Z', ['new']]);
    expect(notes).toContain('1 open candidate without a commit since then left out.');
  });
});
