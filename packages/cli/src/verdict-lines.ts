import type { Verdict } from '@clamor/runtime';
import { createColors } from 'picocolors';

import { printableLine } from './io.ts';

/** What became of the examples of a run. */
export interface VerdictCounts {
  /** Examples that a verdict was given on; the next three add up to it. */
  judged: number;
  positive: number;
  negative: number;
  /** Nobody was positive and a required member failed. */
  undetermined: number;
  /** Examples, rows and files that could not be read. */
  unreadable: number;
  /** Verdicts given while at least one member failed. */
  degraded: number;
}

/** All counts at 0. */
export function createCounts(): VerdictCounts {
  return { judged: 0, positive: 0, negative: 0, undetermined: 0, unreadable: 0, degraded: 0 };
}

/** Adds a verdict to the counts. */
export function countVerdict(counts: VerdictCounts, verdict: Verdict): void {
  if (verdict.error !== undefined) {
    counts.unreadable += 1;
    return;
  }
  counts.judged += 1;
  counts[verdict.outcome] += 1;
  if (verdict.degraded.length > 0) counts.degraded += 1;
}

/** One line: the outcome, the key, and who was positive or what went wrong. */
export function verdictLine(verdict: Verdict, colour: boolean): string {
  const colours = createColors(colour);
  const word = verdict.error === undefined ? verdict.outcome : 'unreadable';
  const paint = {
    positive: colours.red,
    negative: colours.green,
    undetermined: colours.yellow,
    unreadable: colours.yellow,
  };
  const why = [positives(verdict), failures(verdict)].filter((text) => text !== '').join(' · ');
  return `${paint[word](word.padEnd(12))}  ${printableLine(verdict.key)}${why === '' ? '' : `  ${printableLine(why, 400)}`}`;
}

/** The summary for people. */
export function summaryLine(counts: VerdictCounts, stopped: boolean): string {
  const { judged, positive, negative, undetermined, unreadable, degraded } = counts;
  const parts = [
    `${judged} judged: ${positive} positive, ${negative} negative, ${undetermined} undetermined`,
    `${unreadable} unreadable`,
    `${degraded} degraded`,
  ];
  return `${stopped ? 'Stopped early. ' : ''}${parts.join('; ')}`;
}

function positives({ positives: members }: Verdict): string {
  return members.map(({ member, score, threshold }) => `${member} ${short(score)} ≥ ${short(threshold)}`).join(', ');
}

function failures({ error, degraded }: Verdict): string {
  if (error !== undefined) return `[${error.code}] ${error.message}`;
  if (degraded.length === 0) return '';
  return `failed: ${degraded.map(({ member, reason }) => `${member} [${reason.code}]`).join(', ')}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
