// Question: does a release say as much as its behaviour does, and if not, what is to be written?
import type { ChangesetCheck, CompareAnswer, VersionBump } from '@clamor/report';
import semver from 'semver';

import type { SaidBump } from './changesets.ts';
import { largerBump, saysEnough } from './version-bump.ts';

/** What is known of the change when its changeset is checked. */
export interface CheckChangesetOptions extends SaidBump {
  /** What the comparison found. */
  readonly answer: Omit<CompareAnswer, 'changeset'>;
  /** What the judgements were compared on, for the sentence: `valid of spam@1`. `null` where figures are not to be told. */
  readonly examples: string | null;
  /** Whether anything that a user may notice differs: a judgement, a score, what it asks for. */
  readonly isNoticeable: boolean;
}

/** Compares what is said with what changed. Where nothing that anybody may notice changed, nothing need be said. */
export function checkChangeset({ said, files, answer, examples, isNoticeable }: CheckChangesetOptions): ChangesetCheck {
  const versioned = versionStep(answer.version);
  const asked = isNoticeable ? answer.bump : 'none';
  const isEnough = saysEnough(largerBump(said, versioned), asked);
  const write = isEnough ? null : changesetLines(answer, examples);
  return { said, versioned, isEnough, files, write };
}

/** The bump between two versions; `none` when the later one is not higher. */
export function versionStep({ before, after }: CompareAnswer['version']): VersionBump | 'none' {
  if (semver.valid(before) === null || semver.valid(after) === null || !semver.gt(after, before)) return 'none';
  const step = (semver.diff(before, after) ?? 'none').replace(/^pre(?=[mp])/, '');
  return step === 'major' || step === 'minor' ? step : 'patch';
}

/** The lines of a changeset that says enough; its author fills in what was done. */
export function changesetLines(
  { package: name, bump, causes, member, outputs }: CheckChangesetOptions['answer'],
  examples: string | null,
): string[] {
  const counted = examples !== null;
  const facts = causes.map(({ what, was, now }) => {
    if (was !== null || now !== null) return `${what}: ${was ?? 'none'} → ${now ?? 'none'}`;
    if (what === 'judgements' && member !== null && counted)
      return `${member.changed} of ${member.examples} judgements on ${examples} changed`;
    if (what === 'outputs' && outputs !== null && counted)
      return `${outputs.differing} of ${outputs.compared} outputs on ${examples} differ`;
    return what === 'needs' ? 'it abstains on examples that it judged before' : `${what} changed`;
  });
  const scores = member !== null && counted ? [`${member.scores.differing} scores on ${examples} differ`] : [];
  const said = facts.length > 0 ? facts : ['the same judgements', ...scores];
  // A name of npm needs no escape in quotes, and anything else must not end them.
  return ['---', `${JSON.stringify(name)}: ${bump}`, '---', '', `<what was done> (${said.join('; ')})`];
}
