// Question: what differs between two systems on the measured mails, cluster by cluster, so that clusters can be drawn again?
import type { StudyMail } from './mails.ts';

/** What a system says of the measured mails, counted. */
export interface BaseCounts {
  readonly kindMails: number;
  readonly kindFound: number;
  readonly spam: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** What another one says differently. */
export interface ChangeCounts {
  readonly kindGained: number;
  readonly kindLost: number;
  /** Ham that becomes positive, and ham that no longer is. */
  readonly newFalse: number;
  readonly goneFalse: number;
  /** Spam of other kinds. */
  readonly otherGained: number;
  readonly otherLost: number;
}

/** Counts per cluster; clusters in which all are 0 are left out. */
export interface Tally<Counts> {
  readonly names: readonly (keyof Counts)[];
  /** Numbers of clusters, shape [c]. */
  readonly clusters: Int32Array;
  /** Shape [c, names]. */
  readonly values: Float64Array;
}

/** The measured mails, with numbers for their clusters. */
export interface Measured {
  readonly rows: readonly number[];
  readonly mails: readonly StudyMail[];
  /** Number of the cluster of each row, shape of `rows`. */
  readonly clusterOf: Int32Array;
  readonly clusterCount: number;
}

/** Numbers the clusters of the mails that figures are for. */
export function measuredOf(mails: readonly StudyMail[]): Measured {
  const rows = [...mails.keys()].filter((i) => mails[i]!.role === 'measured');
  const numbers = new Map<string, number>();
  const clusterOf = Int32Array.from(rows, (i) => {
    const { cluster } = mails[i]!;
    if (!numbers.has(cluster)) numbers.set(cluster, numbers.size);
    return numbers.get(cluster)!;
  });
  return { rows, mails: rows.map((i) => mails[i]!), clusterOf, clusterCount: numbers.size };
}

/** Counts of one system. */
export function tallyBase(measured: Measured, positive: Uint8Array, kind: string): Tally<BaseCounts> {
  return tally(measured, ['kindMails', 'kindFound', 'spam', 'truePositives', 'falsePositives'], (mail, row) => {
    const found = positive[row]!;
    if (mail.label === 0) return [0, 0, 0, 0, found];
    return mail.kind === kind ? [1, found, 1, found, 0] : [0, 0, 1, found, 0];
  });
}

/** Counts of what one addition changes. */
export function tallyChange(
  measured: Measured,
  { before, after, kind }: { readonly before: Uint8Array; readonly after: Uint8Array; readonly kind: string },
): Tally<ChangeCounts> {
  const names = ['kindGained', 'kindLost', 'newFalse', 'goneFalse', 'otherGained', 'otherLost'] as const;
  return tally(measured, names, (mail, row) => {
    const gained = Number(before[row] === 0 && after[row] === 1);
    const lost = Number(before[row] === 1 && after[row] === 0);
    if (mail.label === 0) return [0, 0, gained, lost, 0, 0];
    return mail.kind === kind ? [gained, lost, 0, 0, 0, 0] : [0, 0, 0, 0, gained, lost];
  });
}

/** Sums over all clusters, each as often as it was drawn. */
export function sumTally<Counts>({ names, clusters, values }: Tally<Counts>, drawn: Float64Array | null): Counts {
  const sums = new Float64Array(names.length);
  for (let c = 0; c < clusters.length; c++) {
    const times = drawn === null ? 1 : drawn[clusters[c]!]!;
    if (times === 0) continue;
    for (let j = 0; j < sums.length; j++) sums[j]! += times * values[c * sums.length + j]!;
  }
  return Object.fromEntries(names.map((name, j) => [name, sums[j]!])) as Counts;
}

function tally<Counts>(
  { rows, mails, clusterOf }: Measured,
  names: readonly (keyof Counts)[],
  count: (mail: StudyMail, row: number) => readonly number[],
): Tally<Counts> {
  const perCluster = new Map<number, Float64Array>();
  for (const [place, row] of rows.entries()) {
    const counts = count(mails[place]!, row);
    if (counts.every((each) => each === 0)) continue;
    const cluster = clusterOf[place]!;
    const sums = perCluster.get(cluster) ?? new Float64Array(names.length);
    perCluster.set(cluster, sums);
    for (const [j, each] of counts.entries()) sums[j]! += each;
  }
  return {
    names,
    clusters: Int32Array.from(perCluster.keys()),
    values: Float64Array.from([...perCluster.values()].flatMap((sums) => [...sums])),
  };
}
