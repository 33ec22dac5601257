import type { SuiteMember } from '@clamor/runtime';
import { hashColumns } from '@clamor/store';

import { answerContext } from '../answer-context.ts';
import type { Io } from '../io.ts';
import { measureTable } from '../measured-table.ts';
import { openEvidence } from '../split-evidence.ts';
import { compareMember, unusableReason } from './compare-member.ts';
import type { ComparedVersions, VersionPair } from './compared-package.ts';
import { installedSource } from './installed-source.ts';
import { followingBump } from './version-bump.ts';

/**
 * Two versions of a member on a split, each scored as it is installed. A look at a split that is held back is logged.
 *
 * @throws {CliError} `CLI_VERSION_UNUSABLE`, unless the two versions differ by a major in what they say of themselves: that may be
 * what keeps them from running beside each other, and the answer is known without.
 */
export async function memberVersions(member: SuiteMember, pair: VersionPair, io: Io): Promise<ComparedVersions> {
  const { suite, split, cache, other, before, after } = pair;
  const source = installedSource(pair.source);
  const evidence = await openEvidence({ source: pair.source, split }, io);
  const measured = await measureTable({ source, suite, io, cache, split: split.name, candidates: [member] });
  const compared = await compareMember(other, { ...pair, member, measured, source, stored: false }, io).catch(
    (error: unknown) => {
      if (followingBump(before, after, null).bump === 'major') return unusableReason(error);
      throw error;
    },
  );
  if (typeof compared === 'string') {
    const notes = [`Judgements are not compared. ${compared}`];
    const context = answerContext(measured, { suite, source, use: null, notes });
    return { observed: null, member: null, outputs: null, context };
  }
  const { observed, comparison, column } = compared;
  const use = await evidence.answer({
    kind: 'compare',
    suiteVersion: suite.suiteVersion,
    ids: measured.columns.examples.map(({ id }) => id),
    members: [member.name],
    columns: hashColumns([column]),
    outcome: { bump: followingBump(before, after, observed).bump },
  });
  return {
    observed,
    member: comparison,
    outputs: null,
    context: answerContext(measured, { suite, source, use, notes: [] }),
  };
}
