import type { ChangedModel } from './changed-models.ts';
import { openRuns } from './clamor-runs.ts';
import { mergeChanges, wasThere } from './merge-changes.ts';

/** What {@link compareMerge} takes. */
export interface CompareMergeOptions {
  /** Branch, tag or commit that the merge goes to. */
  readonly since?: string | undefined;
  /** Default the first split with the role explore. */
  readonly split?: string | undefined;
  readonly markdown?: string | undefined;
}

/**
 * Compares every member, suite and encoder that a merge changes with what it was, and what its changeset says with what its
 * behaviour does.
 *
 * Of a private package nothing is released, so nothing need be said. A new one has nothing to be compared with. An encoder that
 * no member reads has no texts to be compared on.
 *
 * @returns The highest exit code of `clamor compare`: 4 where a changeset says too little; 0 when all say enough.
 * @throws {NxError} `MERGE_BASE_UNKNOWN`, `MERGE_CLAMOR_MISSING`
 */
export function compareMerge(root: string, { since, split, markdown }: CompareMergeOptions): number {
  const changes = mergeChanges(root, since);
  if (changes.models.length === 0) {
    console.log(`compare:merge: no member, suite or encoder differs from ${changes.since}, nothing to compare`);
    return 0;
  }
  const runs = openRuns(root, { conditions: changes.conditions, markdown });
  const codes = changes.models.flatMap((model) => {
    if (!wasThere(root, changes.base, model)) {
      runs.say(`${model.name} is new: there is nothing to compare it with.`);
      return [];
    }
    if (model.suites.length === 0) {
      runs.say(`${model.name} is read by no member here: there are no texts to compare it on.`);
      return [];
    }
    const against = ['--against', `git:${changes.base}`, ...(split === undefined ? [] : ['--split', split])];
    return model.suites.map((suite) => {
      console.log(`compare:merge: ${model.name} of ${suite}`);
      return runs.run('compare', model.name, '--suite', suite, ...against, ...changesetOption(model));
    });
  });
  runs.close();
  return Math.max(0, ...codes);
}

function changesetOption({ isPrivate }: ChangedModel): string[] {
  return isPrivate ? [] : ['--changeset'];
}
