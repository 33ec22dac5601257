// Question: in which order are members asked, when the first positive ends the asking?
// Source: Feige, Lovász & Tetali, Approximating min sum set cover, Algorithmica 40 (2004), 219–234: greedy costs at most four times
// the optimum; with costs: Munagala, Babu, Motwani & Widom, The pipelined set cover problem, ICDT 2005, 83–98.
import { isRolledOut } from '../state/rollout.ts';
import type { RecentPositives } from './recent-positives.ts';

/** A member that is to be asked. */
export interface AskedMember {
  readonly name: string;
  /** What asking it costs per example, in any unit; finite, ≥ 0. */
  readonly cost: number;
}

/** Share of the examples that are asked in full when nothing else is said. */
export const DEFAULT_FULL_SHARE = 0.1;

/**
 * The order in which to ask members until one is positive, learned from full verdicts.
 *
 * Greedy: next is the member with the highest P(positive | nobody before it is) ÷ cost in the window; those that cost nothing come
 * first. Ties go by name. That order costs at most four times the best one in the window; were no order given, it would still never be
 * the worst, because no exchange of neighbours makes it cheaper. If the order given is cheaper in the window, it stays.
 *
 * @param members - Shape [m], in the order of the suite.
 * @param recent - Full verdicts over the same members, in the same order; empty: the order of the suite.
 * @returns Shape [m]: places of the members, first to be asked first.
 * @example
 * const recent = new RecentPositives(2);
 * recent.add([false, true]);
 * learnOrder([{ name: 'a', cost: 1 }, { name: 'b', cost: 1 }], recent) // [1, 0]
 */
export function learnOrder(members: readonly AskedMember[], recent: RecentPositives): number[] {
  const given = members.map((_, m) => m);
  if (recent.length === 0) return given;
  const learned = greedyOrder(members, recent);
  return totalCost(given, members, recent) <= totalCost(learned, members, recent) ? given : learned;
}

/**
 * Mean cost of asking in an order until one is positive, per example of the window.
 *
 * Σ over places i of the order: cost of its member · share of examples on which nobody before it is positive.
 *
 * @returns `null` for an empty window.
 */
export function expectedCost(
  order: readonly number[],
  members: readonly AskedMember[],
  recent: RecentPositives,
): number | null {
  return recent.length === 0 ? null : totalCost(order, members, recent) / recent.length;
}

function totalCost(order: readonly number[], members: readonly AskedMember[], recent: RecentPositives): number {
  const open = openExamples(recent);
  let sum = 0;
  for (const m of order) {
    sum += members[m]!.cost * count(open);
    close(open, recent.columns[m]!);
  }
  return sum;
}

/**
 * Whether an example is asked in full though the suite stops at the first positive: by hash of its key.
 *
 * The bucket of `rolloutBucket` for the empty member name, below `share`: the same in every process, and an example that is
 * in a share is in every larger one. Figures, the guard and the order come from these examples only, whatever was said
 * on them. An example on which everybody happened to be asked because nobody was positive is not one of them, or there would be
 * too few positives among them.
 *
 * @param share - In [0, 1].
 * @example isAskedInFull('mail-1', 1) // true
 */
export function isAskedInFull(key: string, share: number): boolean {
  return isRolledOut({ member: '', percent: 100 * share }, key);
}

function greedyOrder(members: readonly AskedMember[], recent: RecentPositives): number[] {
  const open = openExamples(recent);
  const left = new Set(members.keys());
  const order: number[] = [];
  while (left.size > 0) {
    const [next] = [...left]
      .map((m) => ({ m, ...members[m]!, gain: countBoth(open, recent.columns[m]!) }))
      .toSorted(compareGains);
    order.push(next!.m);
    left.delete(next!.m);
    close(open, recent.columns[next!.m]!);
  }
  return order;
}

interface Gain extends AskedMember {
  /** Open examples on which it is positive. */
  readonly gain: number;
}

/** gain ÷ cost, higher first, compared without dividing: free ones come first. */
function compareGains(a: Gain, b: Gain): number {
  if ((a.cost === 0) !== (b.cost === 0)) return a.cost === 0 ? -1 : 1;
  const difference = a.cost === 0 ? b.gain - a.gain : b.gain * a.cost - a.gain * b.cost;
  return difference || (a.name < b.name ? -1 : 1);
}

/** The examples of the window on which nobody was positive yet: all. */
function openExamples({ length, limit }: RecentPositives): Uint32Array {
  const open = new Uint32Array(limit / 32);
  open.fill(0xffffffff, 0, length >>> 5);
  if (length % 32 > 0) open[length >>> 5] = 2 ** (length % 32) - 1;
  return open;
}

function close(open: Uint32Array, column: Uint32Array): void {
  for (let w = 0; w < open.length; w++) open[w] = open[w]! & ~column[w]!;
}

function count(words: Uint32Array): number {
  return words.reduce((sum, word) => sum + bitCount(word), 0);
}

function countBoth(a: Uint32Array, b: Uint32Array): number {
  let sum = 0;
  for (let w = 0; w < a.length; w++) sum += bitCount(a[w]! & b[w]!);
  return sum;
}

/** Warren, Hacker's Delight, 2nd edition, section 5–1. */
function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
