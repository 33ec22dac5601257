import { spamExamples } from '@clamor/spam-evaluation';

import { OTHER } from './kinds.ts';

/** What a mail is used for: weights and thresholds, thresholds only, or figures only. */
export type Role = 'train' | 'valid' | 'measured';

/** One mail as the experiment sees it. */
export interface StudyMail {
  readonly id: string;
  readonly label: 0 | 1;
  /** Near-copies share a cluster; no cluster is in two roles. */
  readonly cluster: string;
  readonly role: Role;
  /** Of spam: its kind, or `other`; `null` for ham. */
  readonly kind: string | null;
}

/** Which split is used for what; the order of the mails is that of the splits. */
export type Frame = readonly FramePart[];

/** A split in a frame. */
export interface FramePart {
  readonly split: string;
  readonly role: Role;
  /** Only each so-many-th mail that is ham or of no kind is read; default all. */
  readonly every?: number;
}

/** The frame of the study. */
export const STUDY: Frame = [
  { split: 'train', role: 'train' },
  { split: 'valid', role: 'valid' },
  { split: 'test', role: 'measured' },
];

/**
 * For trying the program out without a look at the test: fitted on `train` and measured on `valid`, on fewer mails so that it is
 * quick.
 */
export const REHEARSAL: Frame = [
  { split: 'train', role: 'train', every: 3 },
  { split: 'valid', role: 'measured', every: 2 },
];

/** Kind → ids of its mails. */
export type KindIds = { readonly [kind: string]: readonly string[] };

/**
 * The mails of a frame with the kinds that were found for them.
 *
 * @throws {DatasetError} when the installed corpus is not the one that the table of splits names.
 */
export async function readMails(frame: Frame, kinds: KindIds): Promise<StudyMail[]> {
  const kindOfId = new Map(Object.entries(kinds).flatMap(([kind, ids]) => ids.map((id) => [id, kind] as const)));
  const mails: StudyMail[] = [];
  for (const { split, role, every = 1 } of frame) {
    let place = 0;
    for await (const { id, label, cluster = id } of spamExamples(split)) {
      const kind = label === 1 ? (kindOfId.get(id) ?? OTHER) : null;
      if ((kind === null || kind === OTHER) && place++ % every !== 0) continue;
      mails.push({ id, label: label === 1 ? 1 : 0, cluster, role, kind });
    }
  }
  return mails;
}
