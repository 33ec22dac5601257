// Question: which mails are held out, which are added, and how often?
// Source: the design in docs/case-study.md, "Method".
import { createRandom } from '@clamor/evaluation';

import { KINDS } from './kinds.ts';
import type { StudyMail } from './mails.ts';

/** Members that every suite of the study begins with: those that learn from every kind of spam. */
export const GENERAL = ['words', 'headers', 'urls', 'characters', 'structure'] as const;

/** Member of the suite whose features and recipe a new member takes over. */
export const SPECIALIST = 'advance-fee';

/** Whose features the joint model reads: everything that a suite of the study reads, new members as well. */
export const JOINED: readonly string[] = [...GENERAL, SPECIALIST];

/** Folds of the cross-fitting: fewer than at a release, because there are thousands of fits. */
export const FOLDS = 3;

/** How often things are repeated. */
export interface Repeats {
  /** Ways to put clusters into folds: thresholds depend on them. */
  readonly assignments: number;
  /** Of these the team uses so many: each needs the joint model of every subset of the kinds. */
  readonly teamAssignments: number;
  /** Draws of the mails that are added. */
  readonly seeds: number;
}

/** Repeats of the study, and a few for a rehearsal. */
export const REPEATS: Repeats = { assignments: 5, teamAssignments: 1, seeds: 20 };
export const FEW_REPEATS: Repeats = { assignments: 1, teamAssignments: 1, seeds: 2 };

/** How many mails of a kind are added. */
export type Size = 8 | 16 | 'all';

export const SIZES: readonly Size[] = [8, 16, 'all'];

/** One addition: these mails of the kind, with this assignment of folds. */
export interface Run {
  readonly kind: string;
  readonly size: Size;
  readonly seed: number;
  readonly assignment: number;
  /** Places of the mails in the frame, ascending. */
  readonly added: readonly number[];
}

/**
 * The additions of a kind. The mails of a seed are the first of one random order, so that those of 8 are among those of 16.
 * All mails can be added in one way only: there a seed is an assignment of folds and nothing else.
 */
export function planRuns(mails: readonly StudyMail[], kind: string, { seeds, assignments }: Repeats): Run[] {
  const own = [...mails.keys()].filter((i) => mails[i]!.kind === kind && mails[i]!.role === 'train');
  const place = KINDS.findIndex(({ name }) => name === kind);
  return SIZES.flatMap((size) =>
    Array.from({ length: size === 'all' ? assignments : seeds }, (_, seed) => ({
      kind,
      size,
      seed,
      assignment: seed % assignments,
      added:
        size === 'all'
          ? own
          : shuffled(own, 1000 * (place + 1) + seed + 1)
              .slice(0, size)
              .toSorted((a, b) => a - b),
    })),
  );
}

/**
 * Which mails a system may know that has seen none of some kinds: mails for weights and thresholds without spam of these
 * kinds, and without spam that is in one cluster with such a mail.
 *
 * @returns Shape [n]; 1 where it may.
 */
export function knownWithout(mails: readonly StudyMail[], kinds: readonly string[]): Uint8Array {
  const isHeld = ({ kind }: StudyMail) => kind !== null && kinds.includes(kind);
  const clusters = new Set(mails.filter(isHeld).map(({ cluster }) => cluster));
  return Uint8Array.from(mails, ({ label, cluster, role }) =>
    Number(role !== 'measured' && (label === 0 || !clusters.has(cluster))),
  );
}

/** A copy in random order: Fisher and Yates, from the end. */
export function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const random = createRandom(seed);
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [copy[last], copy[other]] = [copy[other]!, copy[last]!];
  }
  return copy;
}
