import type { QueueAnswer, QueueCandidate, QueueReport, TrendPoint } from '../src/index.ts';

/** A candidate that is ready, two days old. */
export const CANDIDATE: QueueCandidate = {
  branch: 'feature/pills',
  aliases: ['origin/feature/pills'],
  commit: 'a'.repeat(40),
  member: 'pills',
  package: '@clamor/spam-pills',
  change: 'added',
  owner: 'text-team',
  author: 'Ann',
  subject: 'A member for pills',
  openedAt: '2026-03-18T12:00:00.000Z',
  lastCommitAt: '2026-03-20T09:00:00.000Z',
  ahead: 3,
  behind: 12,
  blocks: [],
  notes: [],
};

/** An opening at 90 % and 80 %, the first. */
export const POINT: TrendPoint = {
  suiteVersion: '0123456789abcdef',
  at: '2026-03-01T12:00:00.000Z',
  examples: 1662,
  precision: 0.9,
  precisionInterval: [0.85, 0.94],
  recall: 0.8,
  recallInterval: [0.74, 0.85],
  precisionChange: null,
  recallChange: null,
  notComparable: null,
  changes: null,
};

/** A queue with one of everything. */
export function queueReport(fields: Partial<QueueAnswer> = {}): QueueReport {
  const result: QueueAnswer = {
    at: '2026-03-20T12:00:00.000Z',
    since: null,
    base: { name: 'main', commit: 'b'.repeat(40) },
    candidates: [
      CANDIDATE,
      {
        ...CANDIDATE,
        branch: 'words-2',
        aliases: [],
        member: 'words',
        package: '@clamor/spam-words',
        change: 'changed',
        behind: null,
        blocks: [
          {
            kind: 'not gated',
            reason: 'It was not gated on this branch.',
            next: 'git switch words-2 && npx clamor gate words',
          },
          { kind: 'broken', reason: 'assets/record.json is no JSON object.', next: null },
          { kind: 'changeset missing', reason: 'No changeset names it.', next: 'git switch words-2 && npx changeset' },
        ],
        notes: ['Something beside it.'],
      },
    ],
    members: [
      {
        member: 'words',
        package: '@clamor/spam-words',
        version: '1.2.0',
        owner: 'text-team',
        stage: 'active',
        waiting: 1,
        reason: 'the state says so',
      },
    ],
    trends: [
      {
        dataset: 'spam@1',
        split: 'test',
        openings: [
          POINT,
          {
            ...POINT,
            suiteVersion: 'fedcba9876543210',
            at: '2026-03-08T12:00:00.000Z',
            precision: 0.88,
            precisionChange: -0.02,
            recallChange: 0,
            changes: ['+pills', '~words'],
          },
          {
            ...POINT,
            suiteVersion: '00112233',
            at: '2026-03-09T12:00:00.000Z',
            notComparable: 'other examples under the same name',
            changes: [],
          },
        ],
      },
    ],
    landed: [
      {
        member: 'urls',
        package: '@clamor/spam-urls',
        change: 'added',
        owner: 'links-team',
        isBranchKnown: true,
        beganAt: '2026-03-01T12:00:00.000Z',
        readyAt: '2026-03-02T12:00:00.000Z',
        mergedAt: '2026-03-04T12:00:00.000Z',
        releasedAt: null,
        activeAt: null,
        unknown: ['There is no tag of a release of it (name@version).'],
      },
    ],
    leadTimes: [
      { step: 'branch to merge', count: 3, medianMs: 259_200_000, shortestMs: 86_400_000, longestMs: 345_600_000 },
      { step: 'ready to merge', count: 1, medianMs: null, shortestMs: 172_800_000, longestMs: 172_800_000 },
      { step: 'merge to release', count: 0, medianMs: null, shortestMs: null, longestMs: null },
    ],
    concurrency: {
      steps: [
        { at: '2026-03-01T12:00:00.000Z', open: 1 },
        { at: '2026-03-04T12:00:00.000Z', open: 0 },
        { at: '2026-03-18T12:00:00.000Z', open: 2 },
      ],
      most: 2,
      mean: 0.4,
      now: 2,
    },
    notes: ['No log of the state was found.'],
    faults: ['main: x.json: it cannot be read'],
    ...fields,
  };
  return { kind: 'queue', suite: 'spam', result };
}
