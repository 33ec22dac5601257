import type { JsonSchema } from '@clamor/contract';

import { FIGURE, INTERVAL, TEXT, TEXT_OR_NULL, each, listOf, objectOf, oneOf } from './build-schema.ts';

const COUNT: JsonSchema = { type: 'integer', minimum: 0 };
const COUNT_OR_NULL: JsonSchema = { type: ['integer', 'null'], minimum: 0 };

const CANDIDATE = objectOf({
  ...each(['branch', 'commit', 'member', 'package', 'author', 'subject', 'openedAt', 'lastCommitAt'], TEXT),
  aliases: listOf(TEXT),
  change: oneOf('added', 'changed', 'removed', 'other files'),
  owner: TEXT_OR_NULL,
  ahead: COUNT,
  behind: COUNT_OR_NULL,
  blocks: listOf(
    objectOf({
      kind: oneOf(
        'broken',
        'artifact',
        'untrained',
        'not gated',
        'gate stale',
        'gate fail',
        'gate inconclusive',
        'gate no effect',
        'private',
        'changeset missing',
        'changeset less',
        'conflict',
      ),
      reason: TEXT,
      next: TEXT_OR_NULL,
    }),
  ),
  notes: listOf(TEXT),
});

const POINT = objectOf({
  ...each(['suiteVersion', 'at'], TEXT),
  examples: FIGURE,
  ...each(['precision', 'recall', 'precisionChange', 'recallChange'], FIGURE),
  ...each(['precisionInterval', 'recallInterval'], INTERVAL),
  notComparable: TEXT_OR_NULL,
  changes: { type: ['array', 'null'], items: TEXT },
});

const LANDED = objectOf({
  ...each(['member', 'package', 'mergedAt'], TEXT),
  change: oneOf('added', 'changed'),
  ...each(['owner', 'beganAt', 'readyAt', 'releasedAt', 'activeAt'], TEXT_OR_NULL),
  isBranchKnown: { type: 'boolean' },
  unknown: listOf(TEXT),
});

/** What a report of kind `queue` holds as its result. */
export const QUEUE_ANSWER: JsonSchema = objectOf({
  at: TEXT,
  since: TEXT_OR_NULL,
  base: objectOf({ name: TEXT, commit: TEXT }),
  candidates: listOf(CANDIDATE),
  members: listOf(
    objectOf({
      ...each(['member', 'package', 'version', 'owner', 'reason'], TEXT),
      stage: oneOf('private', 'unreleased', 'shadow', 'off', 'active'),
      waiting: COUNT,
    }),
  ),
  trends: listOf(objectOf({ dataset: TEXT, split: TEXT, openings: listOf(POINT) })),
  landed: listOf(LANDED),
  leadTimes: listOf(
    objectOf({
      step: oneOf('branch to merge', 'ready to merge', 'merge to release', 'release to active', 'branch to active'),
      count: COUNT,
      ...each(['medianMs', 'shortestMs', 'longestMs'], FIGURE),
    }),
  ),
  concurrency: objectOf({
    steps: listOf(objectOf({ at: TEXT, open: COUNT })),
    most: COUNT,
    mean: FIGURE,
    now: COUNT,
  }),
  ...each(['notes', 'faults'], listOf(TEXT)),
});
