// What two versions differ in, said in sentences that hold where counts are withheld, too.

import type { BumpCause, ChangesetCheck } from '../compare-answer.ts';
import { formatCount, formatQuantity, formatScore } from '../format-figure.ts';
import type { Shown } from '../rounding/shown.ts';
import type { ShownCompare } from './compare-document.ts';

/** The sentence that somebody reads who reads only one. */
export function leadSentence({ causes, member, outputs }: ShownCompare): string {
  const [first] = causes;
  if (first === undefined) return `${sameSentence({ member, outputs })} Nothing asks for more than a patch.`;
  const what = [...new Set(causes.filter(({ bump }) => bump === first.bump).map(({ what: thing }) => NAMES[thing]))];
  return `${said(what)} changed: at least a ${first.bump}.`;
}

const NAMES: { readonly [What in BumpCause['what']]: string } = {
  suite: 'the suite that it belongs to',
  contract: 'the contract',
  'contract range': 'the range of contracts',
  'suite range': 'the range of suites',
  inputs: 'its inputs',
  encoder: 'its encoder',
  'encoder range': 'the range of its encoder',
  abstaining: 'whether it abstains',
  needs: 'what an example must have',
  judgements: 'judgements',
  outputs: 'outputs',
  width: 'the width of its rows',
  formats: 'the formats that it reads',
  mode: 'the mode that it starts in',
  policy: 'the policy',
};

function said(things: readonly string[]): string {
  const joined = things.length < 2 ? (things[0] ?? '') : `${things.slice(0, -1).join(', ')} and ${things.at(-1) ?? ''}`;
  return joined.charAt(0).toUpperCase() + joined.slice(1);
}

function sameSentence({ member, outputs }: Pick<ShownCompare, 'member' | 'outputs'>): string {
  if (member !== null) return `All ${formatQuantity(member.examples ?? 0, 'judgement')} are the same.`;
  if (outputs === null) return 'Nothing changed.';
  if (outputs.compared === null) return 'All outputs are the same, bit for bit.';
  return `All outputs of ${formatQuantity(outputs.compared, outputs.unit)} are the same, bit for bit.`;
}

/** One reason for a bump, with what it was and is. */
export function causeSentence({ bump, what, was, now }: BumpCause, { member, outputs }: ShownCompare): string {
  if (was !== null || now !== null) return `${bump}: ${NAMES[what]}, ${was ?? 'none'} → ${now ?? 'none'}`;
  if (what === 'judgements' && member !== null && member.changed !== null)
    return `${bump}: ${formatCount(member.changed)} of ${formatQuantity(member.examples ?? 0, 'judgement')} changed`;
  if (what === 'needs') return `${bump}: what an example must have; it abstains where the other version judged`;
  if (what === 'outputs' && outputs !== null && outputs.compared !== null)
    return `${bump}: ${formatCount(outputs.differing)} of ${formatQuantity(outputs.compared, 'output')} differ`;
  return `${bump}: ${NAMES[what]}`;
}

/** How far the scores moved. */
export function shiftSentence({ compared, differing, largest, median, rankCorrelation }: Shown<Scores>): string {
  if (differing === 0) return `Scores: all ${formatCount(compared)} are the same within the contract's tolerance.`;
  const order = rankCorrelation === null ? 'undefined' : formatScore(rankCorrelation);
  return `Scores: ${formatCount(differing)} of ${formatCount(compared)} differ by more than the contract's tolerance; the largest shift is ${formatScore(largest)}, the median ${formatScore(median)}; rank correlation ${order}.`;
}

type Scores = NonNullable<ShownCompare['member']>['scores'];

/** Whether enough is said, and where. */
export function changesetSentence(
  name: string,
  { said: step, versioned, isEnough, files }: Shown<ChangesetCheck>,
): string {
  const raised = versioned === 'none' ? '' : ` Its version number has taken a ${versioned} already.`;
  const where = files.length === 0 ? `No changeset names ${name}.` : `The changesets say ${step}: ${files.join(', ')}.`;
  return isEnough ? `${where}${raised} That is enough.` : `${where}${raised} That is less than what changed; write:`;
}
