// Question: what does an evidence split look like whose examples are independent, or come in near-copies?
// Source: ours; sizes of near-copies as in mail: most are alone, some come by the dozen, and copies share their label.
import { type Clusters, type Random } from '@clamor/evaluation';

/** The positives of a suite on one evidence split: 32 examples per word. */
export interface DrawnPositives {
  readonly unique: DrawnSet;
  readonly others: DrawnSet;
  /** All of them, unique or not. */
  readonly clusters: Clusters;
}

/** Labelled positives as bit columns and as counts. */
export interface DrawnSet {
  readonly true: Uint32Array<ArrayBuffer>;
  readonly false: Uint32Array<ArrayBuffer>;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** The truth behind a split. */
export interface Truth {
  /** u. */
  readonly uniquePrecision: number;
  /** o. */
  readonly precisionWithout: number;
  /** λ. */
  readonly uniqueShare: number;
  /** Positives of the suite. */
  readonly positives: number;
  readonly isClustered: boolean;
}

/** One split: whole clusters fall to the candidate or to the others, and are right or wrong, as a whole. */
export function drawPositives(truth: Truth, random: Random): DrawnPositives {
  const words = Math.ceil(truth.positives / 32);
  const sets = { unique: emptySet(words), others: emptySet(words) };
  const clusters = new Int32Array(truth.positives);
  let cluster = 0;
  for (let i = 0; i < truth.positives; cluster++) {
    const size = truth.isClustered ? clusterSize(random) : 1;
    const isUnique = random() < truth.uniqueShare;
    const isTrue = random() < (isUnique ? truth.uniquePrecision : truth.precisionWithout);
    for (const end = Math.min(truth.positives, i + size); i < end; i++) {
      clusters[i] = cluster;
      add(isUnique ? sets.unique : sets.others, i, isTrue);
    }
  }
  return { ...sets, clusters };
}

/** Seven in ten are alone; the others are 2 to 15 copies. */
function clusterSize(random: Random): number {
  return random() < 0.7 ? 1 : 2 + Math.floor(random() * 14);
}

type Filling = { -readonly [Key in keyof DrawnSet]: DrawnSet[Key] };

function emptySet(words: number): Filling {
  return { true: new Uint32Array(words), false: new Uint32Array(words), truePositives: 0, falsePositives: 0 };
}

function add(set: Filling, i: number, isTrue: boolean): void {
  const column = isTrue ? set.true : set.false;
  column[i >>> 5]! |= 1 << (i & 31);
  if (isTrue) set.truePositives += 1;
  else set.falsePositives += 1;
}
