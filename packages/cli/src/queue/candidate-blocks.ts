// Question: what stands between a candidate and the base, and which command comes next?
import type { BlockKind, QueueBlock, VersionBump } from '@clamor/report';

import { largerBump, saysEnough } from '../compare/version-bump.ts';
import type { BranchMember } from './branch-members.ts';
import type { GateLook } from './gate-looks.ts';
import { shellWord } from './shell-word.ts';

/** What is known of one member on one branch. */
export interface CandidateFacts extends Pick<BranchMember, 'member' | 'package' | 'folder' | 'change'> {
  readonly suite: string;
  /** As `git switch` takes it. */
  readonly branch: string;
  readonly base: string;
  readonly isPrivate: boolean;
  /** What is wrong with its package.json or record, each as a sentence. */
  readonly faults: readonly string[];
  /** The artifact against its record; `null` where there is nothing to compare. */
  readonly artifact: { readonly file: string; readonly recorded: string; readonly found: string | null } | null;
  /** Data that it was fitted on, as its record has it; `null` where that cannot be read. */
  readonly fittedOn: string | null;
  /** Oldest first. */
  readonly looks: readonly GateLook[];
  /** What changesets of the branch say of it; `null` where the repository keeps none. */
  readonly said: VersionBump | 'none' | null;
  /** The least that its package.json and record ask for, and why; of a new member a patch. */
  readonly asked: { readonly bump: VersionBump; readonly why: string | null };
  /** It was on the base where the branch was forked, and is there no longer. */
  readonly isMissing: boolean;
  /** Files; `null` where git could not tell. */
  readonly conflicts: readonly string[] | null;
}

/** The blocks of a candidate, in the order in which they are cleared; empty: ready to be merged. */
export function candidateBlocks(facts: CandidateFacts): QueueBlock[] {
  const isJudged = facts.change === 'added' || facts.change === 'changed';
  return [
    ...brokenBlocks(facts),
    ...(isJudged ? [...trainingBlocks(facts), ...gateBlocks(facts)] : []),
    ...(isJudged ? releaseBlocks(facts) : []),
    ...conflictBlocks(facts),
  ];
}

/** What stops nothing and somebody should know. */
export function candidateNotes(facts: CandidateFacts): string[] {
  const { change, said, conflicts } = facts;
  const look = currentLook(facts.looks);
  return [
    ...(look?.decision === 'pass' && !look.isAccepted
      ? [
          `Its pass is not recorded as accepted, so nothing is drawn from the loss budget: ${gateCommand(facts)} --accept`,
        ]
      : []),
    ...(change === 'changed' && said !== null && said !== 'none' && said !== 'major' && !facts.isPrivate
      ? [`Whether ${said} says enough shows when it runs: ${compareCommand(facts)}`]
      : []),
    ...(facts.isMissing ? [`${facts.base} has removed or moved it since the branch was forked.`] : []),
    ...(conflicts === null ? ['Whether it merges without conflict is not known: git could not try.'] : []),
  ];
}

function block(kind: BlockKind, reason: string, next: string | null): QueueBlock {
  return { kind, reason, next };
}

function brokenBlocks(facts: CandidateFacts): QueueBlock[] {
  const { faults, artifact } = facts;
  const broken = faults.map((fault) => block('broken', fault, null));
  if (artifact === null || artifact.found === artifact.recorded) return broken;
  const { file, recorded, found } = artifact;
  const what = found === null ? 'is not on the branch, or larger than 256 MB' : `has the hash ${found.slice(0, 12)}…`;
  const reason = `assets/${file} ${what}, and its record says ${recorded.slice(0, 12)}…: no host would load it.`;
  return [...broken, block('artifact', reason, trainCommand(facts))];
}

function trainingBlocks(facts: CandidateFacts): QueueBlock[] {
  if (facts.fittedOn !== 'none') return [];
  return [block('untrained', 'Its record says that it was fitted on nothing.', trainCommand(facts))];
}

function gateBlocks(facts: CandidateFacts): QueueBlock[] {
  const { looks } = facts;
  const last = looks.at(-1);
  if (last === undefined) return [block('not gated', 'It was not gated on this branch.', gateCommand(facts))];
  const look = currentLook(looks);
  if (look === undefined) {
    const reason = `What judges was changed after the gate said ${last.decision} on ${last.when.slice(0, 10)}.`;
    return [block('gate stale', reason, gateCommand(facts))];
  }
  const where = `The gate on ${look.split} of ${look.dataset} said ${look.decision} on ${look.when.slice(0, 10)}`;
  switch (look.decision) {
    case 'pass':
      return [];
    case 'inconclusive':
      return [block('gate inconclusive', `${where}: more labels might settle it.`, labelCommand(facts))];
    case 'no effect':
      return [block('gate no effect', `${where}: it alone calls nothing positive.`, tuneCommand(facts))];
    default:
      return [block('gate fail', `${where}.`, tuneCommand(facts))];
  }
}

function currentLook(looks: readonly GateLook[]): GateLook | undefined {
  return looks.findLast(({ isStale }) => !isStale);
}

function releaseBlocks(facts: CandidateFacts): QueueBlock[] {
  const { package: name, isPrivate, said, asked } = facts;
  // What is private is not released, so no changeset is asked for as long as it is.
  if (isPrivate) {
    const reason = 'Its package.json says private, so no release will take it.';
    return [block('private', reason, inBranch(facts, `npm pkg delete private --workspace ${shellWord(name)}`))];
  }
  if (said === null) return [];
  if (said === 'none') {
    return [block('changeset missing', `No changeset of the branch names ${name}.`, inBranch(facts, 'npx changeset'))];
  }
  if (saysEnough(said, asked.bump)) return [];
  const why = asked.why === null ? '' : ` (${asked.why})`;
  const reason = `Its changeset says ${said}, and its files ask for ${largerBump(said, asked.bump)}${why}.`;
  return [block('changeset less', reason, compareCommand(facts))];
}

function conflictBlocks(facts: CandidateFacts): QueueBlock[] {
  const { conflicts, base } = facts;
  if (conflicts === null || conflicts.length === 0) return [];
  const [first = '', ...others] = conflicts;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const reason = `It conflicts with ${base} in ${first}${more}.`;
  return [block('conflict', reason, inBranch(facts, `git merge ${shellWord(base)}`))];
}

function inBranch({ branch }: CandidateFacts, command: string): string {
  return `git switch ${shellWord(branch)} && ${command}`;
}

function gateCommand(facts: CandidateFacts): string {
  const against = facts.change === 'changed' ? ` --against ${shellWord(`git:${facts.base}`)}` : '';
  return inBranch(facts, `npx clamor gate ${shellWord(facts.member)}${against}`);
}

function compareCommand(facts: CandidateFacts): string {
  const against = shellWord(`git:${facts.base}`);
  return inBranch(facts, `npx clamor compare ${shellWord(facts.member)} --against ${against} --changeset`);
}

function trainCommand(facts: CandidateFacts): string {
  return inBranch(facts, `npx nx train ${shellWord(facts.package)}`);
}

function tuneCommand(facts: CandidateFacts): string {
  return inBranch(facts, `npx clamor tune ${shellWord(facts.member)}`);
}

function labelCommand(facts: CandidateFacts): string {
  return inBranch(facts, `npx clamor label ${shellWord(facts.suite)} --budget 100 --out plan.csv`);
}
