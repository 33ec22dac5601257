import { type EvaluationSource, findSplit, type Split, type SplitRole } from '@clamor/store';

import { CliError } from './errors.ts';

/**
 * The split of a name, or the only one with a role.
 *
 * @throws {CliError} `CLI_SPLIT_AMBIGUOUS`, naming the choices; {StoreError} `STORE_SPLIT_UNKNOWN`
 */
export function chooseSplit({ splits }: EvaluationSource, name: string | undefined, role: SplitRole): Split {
  if (name !== undefined) return findSplit(splits, name);
  const candidates = splits.filter(({ roles }) => roles.includes(role));
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only;
  const found = candidates.length === 0 ? 'None' : `${candidates.length} splits`;
  const choices = (candidates.length === 0 ? splits : candidates).map(
    ({ name: choice, roles }) => `${choice} (${roles.join(', ')})`,
  );
  throw new CliError(
    'CLI_SPLIT_AMBIGUOUS',
    `${found} of the dataset has the role ${role}. Name one with --split: ${choices.join('; ') || 'there is none'}.`,
  );
}

/** The split of a name, or the first one whose examples may be read. */
export function chooseExploreSplit(source: EvaluationSource, name: string | undefined): Split {
  const first = source.splits.find(({ roles }) => roles.includes('explore'));
  return name === undefined && first !== undefined ? first : chooseSplit(source, name, 'explore');
}

/**
 * Refuses a split whose examples may not be read.
 *
 * @throws {CliError} `CLI_SPLIT_NOT_EXPLORE`
 */
export function checkExplore(split: Split): void {
  if (split.roles.includes('explore')) return;
  throw new CliError(
    'CLI_SPLIT_NOT_EXPLORE',
    `Split "${split.name}" has the roles ${split.roles.join(', ')}; only examples of a split with the role explore may be read.\nUse --split ${split.name} for its figures alone.`,
  );
}
