import type { QueueAnswer } from '@clamor/report';
import { describe, expect, it } from 'vitest';

import { clamor } from './host.ts';
import {
  BASE_FILES,
  changeset,
  day,
  emptyRepository,
  logLook,
  memberFiles,
  type TestRepository,
} from './queue-host.ts';

const NOW = new Date('2026-03-20T12:00:00.000Z');

/** The suite on main since day 1. */
function team(): TestRepository {
  const repository = emptyRepository();
  repository.commit(day(1), 'the suite', BASE_FILES);
  return repository;
}

async function queueOf({ dir }: TestRepository, ...args: string[]): Promise<QueueAnswer> {
  const { stdout } = await clamor(['queue', '--json', ...args], { cwd: dir, now: NOW });
  return (JSON.parse(stdout) as { result: QueueAnswer }).result;
}

describe('clamor queue: open candidates', () => {
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
});
