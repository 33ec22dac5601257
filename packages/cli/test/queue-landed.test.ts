import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { QueueAnswer } from '@clamor/report';
import { describe, expect, it } from 'vitest';

import { changeset, day, logLook, memberFiles, queueOf, runQueue, team } from './queue-host.ts';

const RELEASED = ['tag', '--annotate', '--message', 'released'];

/** An entry of the audit log that changes the mode of a member. */
function modeChange(seq: number, at: string, member: string, [from, to]: readonly [string, string]): string {
  const state = (mode: string): object => ({
    revision: seq,
    members: { [member]: { mode, rollout: 100, version: null, base: null } },
  });
  const entry = { seq, at, by: 'ann', why: 'well', change: { member, mode: to }, stateVersion: String(seq) };
  return `${JSON.stringify({ ...entry, before: state(from), after: state(to) })}\n`;
}

/** A step that one candidate took. */
function single(ms: number): object {
  return { count: 1, medianMs: null, shortestMs: ms, longestMs: ms };
}

/** Logs an opening of the split test: 10 labels are positive; 8 of the 10 positives are true. */
function opening(dir: string, suiteVersion: string, when: string, fields: object = {}): Promise<string> {
  const outcome = {
    examples: 50,
    truePositives: 8,
    falsePositives: 2,
    positiveLabels: 10,
    precision: 0.8,
    recall: 0.8,
  };
  return logLook(dir, { kind: 'opening', split: 'test', suiteVersion, when, outcome, ...fields });
}

describe('clamor queue: candidates that came in', { tags: ['slow'] }, () => {
  it('follows a member from its branch over merge and tag to the state', async () => {
    const repository = team();
    const { git, commit, dir } = repository;
    git(day(2), 'switch', '--quiet', '--create', 'pills');
    commit(day(2), 'pills', memberFiles('pills', { marker: { mode: 'shadow' } }));
    await logLook(dir, { members: ['pills'], when: '2026-03-04T12:00:00.000Z' });
    commit(day(5), 'gated');
    git(day(6), 'switch', '--quiet', 'main');
    commit(day(6), 'elsewhere', { 'README.md': 'about' });
    git(day(8), 'merge', '--quiet', '--no-ff', '--message', 'pills', 'pills');
    git(day(9), ...RELEASED, 'texts-pills@0.1.0');
    mkdirSync(join(dir, 'state'));
    writeFileSync(
      join(dir, 'state/audit.jsonl'),
      modeChange(1, '2026-03-10T12:00:00.000Z', 'pills', ['shadow', 'off']) +
        modeChange(2, '2026-03-15T12:00:00.000Z', 'pills', ['off', 'active']),
    );
    const { landed, leadTimes, members, concurrency, candidates } = await queueOf(repository, '--state', 'state');
    expect(candidates).toEqual([]);
    expect(landed).toEqual([
      {
        member: 'pills',
        package: 'texts-pills',
        change: 'added',
        owner: 'pills-team',
        isBranchKnown: true,
        beganAt: '2026-03-02T12:00:00.000Z',
        readyAt: '2026-03-05T12:00:00.000Z',
        mergedAt: '2026-03-08T12:00:00.000Z',
        releasedAt: '2026-03-09T12:00:00.000Z',
        activeAt: '2026-03-15T12:00:00.000Z',
        unknown: [],
      },
      expect.objectContaining({ member: 'buy', isBranchKnown: false, mergedAt: '2026-03-01T12:00:00.000Z' }),
    ]);
    const DAY_MS = 86_400_000;
    expect(leadTimes).toEqual([
      { step: 'branch to merge', ...single(6 * DAY_MS) },
      { step: 'ready to merge', ...single(3 * DAY_MS) },
      { step: 'merge to release', ...single(DAY_MS) },
      { step: 'release to active', ...single(6 * DAY_MS) },
      { step: 'branch to active', ...single(13 * DAY_MS) },
    ]);
    expect(concurrency.steps).toEqual([
      { at: '2026-03-02T12:00:00.000Z', open: 1 },
      { at: '2026-03-08T12:00:00.000Z', open: 0 },
    ]);
    expect(members.map(({ member, stage, reason }) => [member, stage, reason])).toEqual([
      ['buy', 'unreleased', 'no tag of this version'],
      ['pills', 'active', 'the state says so'],
    ]);
  });

  it('takes a merged change of a member for a candidate, and a commit on the base for none', async () => {
    const repository = team();
    const { git, commit, dir } = repository;
    git(day(1), 'tag', 'texts-buy@0.1.0');
    commit(day(2), 'direct', { 'models/buy/src/index.ts': 'direct' });
    git(day(3), 'switch', '--quiet', '--create', 'better');
    commit(day(3), 'better', { 'models/buy/src/index.ts': 'better' });
    git(day(4), 'switch', '--quiet', 'main');
    git(day(4), 'switch', '--quiet', '--create', 'card', 'main');
    commit(day(4), 'card', { 'models/buy/README.md': 'card' });
    git(day(5), 'switch', '--quiet', 'main');
    git(day(5), 'merge', '--quiet', '--no-ff', '--message', 'card', 'card');
    git(day(6), 'merge', '--quiet', '--no-ff', '--message', 'better', 'better');
    await logLook(dir, { members: ['buy'], kind: 'change', when: '2026-03-07T12:00:00.000Z' });
    commit(day(7), 'gated on the base', { '.changeset/x.md': changeset('texts-buy', 'minor') });
    const { landed, members, notes } = await queueOf(repository);
    expect(landed.map(({ change, beganAt, mergedAt, releasedAt }) => [change, beganAt, mergedAt, releasedAt])).toEqual([
      ['changed', '2026-03-03T12:00:00.000Z', '2026-03-06T12:00:00.000Z', null],
      ['added', '2026-03-01T12:00:00.000Z', '2026-03-01T12:00:00.000Z', '2026-03-01T12:00:00.000Z'],
    ]);
    expect(landed[0]?.unknown).toEqual([
      'No pass at a gate came with it.',
      'No tag of a release of it is on its merge or after it.',
      'A changed member counts as soon as a host installs it, which nobody records.',
    ]);
    expect(members).toMatchObject([{ member: 'buy', stage: 'active', waiting: 1 }]);
    expect(notes).toEqual(['No log of the state was found: when members began to count is not known (--state).']);
  });

  it('says that a squashed branch is lost, and counts it in no lead time', async () => {
    const repository = team();
    const { git, commit } = repository;
    git(day(2), 'switch', '--quiet', '--create', 'pills');
    commit(day(2), 'pills', memberFiles('pills'));
    git(day(3), 'switch', '--quiet', 'main');
    git(day(3), 'merge', '--quiet', '--squash', 'pills');
    commit(day(4), 'pills, squashed');
    git(day(4), 'branch', '--quiet', '-D', 'pills');
    const { landed, leadTimes } = await queueOf(repository);
    expect(landed[0]).toMatchObject({ member: 'pills', isBranchKnown: false, mergedAt: '2026-03-04T12:00:00.000Z' });
    expect(landed[0]?.unknown[0]).toBe(
      'It came by no merge (squash, rebase or a commit on the base), so its branch is lost.',
    );
    expect(leadTimes[0]).toMatchObject({ step: 'branch to merge', count: 0, medianMs: null, shortestMs: null });
  });

  it('tells a log of the state that cannot be trusted, and the rest', async () => {
    const repository = team();
    mkdirSync(join(repository.dir, '.clamor/state/texts'), { recursive: true });
    writeFileSync(join(repository.dir, '.clamor/state/texts/audit.jsonl'), 'broken\n');
    const { exitCode, stdout } = await runQueue(repository, '--json');
    const { result } = JSON.parse(stdout) as { result: QueueAnswer };
    expect([exitCode, result.members.length]).toEqual([65, 1]);
    expect(result.faults).toEqual([expect.stringContaining('audit.jsonl cannot be trusted') as string]);
  });
});

describe('clamor queue: the suite by release', { tags: ['slow'] }, () => {
  it('compares openings over the same examples, names the members between them, and marks a fall', async () => {
    const repository = team();
    const { commit, dir } = repository;
    await opening(dir, 'first', '2026-03-02T12:00:00.000Z');
    commit(day(2), 'opened');
    commit(day(3), 'more', { ...memberFiles('pills'), 'models/buy/README.md': 'card' });
    await opening(dir, 'second', '2026-03-04T12:00:00.000Z', {
      outcome: { examples: 50, truePositives: 9, falsePositives: 3, positiveLabels: 10, precision: 0.75, recall: 0.9 },
    });
    commit(day(4), 'opened', { 'models/buy/src/index.ts': 'changed' });
    await opening(dir, 'second', '2026-03-05T12:00:00.000Z');
    await opening(dir, 'third', '2026-03-06T12:00:00.000Z', { ids: 'e'.repeat(64) });
    await opening(dir, 'fourth', '2026-03-07T12:00:00.000Z', { dataset: 'texts@2' });
    commit(day(7), 'opened again, on other examples, and on other data');
    const { trends } = await queueOf(repository);
    expect(trends.map(({ dataset, split, openings }) => [dataset, split, openings.length])).toEqual([
      ['texts@1', 'test', 3],
      ['texts@2', 'test', 1],
    ]);
    const [first, second, third] = trends[0]!.openings;
    expect(first).toMatchObject({ precisionChange: null, changes: null, notComparable: null });
    // Wilson, 8 of 10: [0.490, 0.943].
    expect(first?.precisionInterval?.map((end) => end.toFixed(3))).toEqual(['0.490', '0.943']);
    expect(second).toMatchObject({
      suiteVersion: 'second',
      at: '2026-03-04T12:00:00.000Z',
      changes: ['+pills', '~buy'],
    });
    expect(second?.precisionChange).toBeCloseTo(-0.05, 12);
    expect(second?.recallChange).toBeCloseTo(0.1, 12);
    expect(third).toMatchObject({
      precisionChange: null,
      notComparable: 'other examples under the same name',
      changes: [],
    });
    const { stdout } = await runQueue(repository);
    expect(stdout).toContain(
      '! precision on test of texts@1 fell by 5.00 points with suite version second (2026-03-04).',
    );
    expect(stdout).toMatch(/^2026-03-04 +second +75\.0% .* ▼ −5\.00 +90\.0% .* \+10\.00 +\+pills, ~buy$/m);
  });

  it('says that nothing was opened', async () => {
    const { stdout } = await runQueue(team());
    expect(stdout).toContain('The log of evidence has no opening');
  });
});
