import type { Judgement } from '@clamor/contract';

import { isOutOfService } from '../guard/out-of-service.ts';
import type { MemberJudgement, Verdict } from '../verdict/verdict.ts';
import { FailureCounts } from './failure-counts.ts';

/** Examples by what was said of them. */
export type JudgementCounts = { [judgement in Judgement]: number };

/** What one version of a member said in a batch. */
export interface VersionTally {
  readonly member: string;
  readonly version: string;
  readonly active: JudgementCounts;
  readonly shadow: JudgementCounts;
  /** Examples on which it alone of the active members was positive, and none that is in service failed. */
  uniquePositives: number;
  readonly failures: FailureCounts;
  /** Milliseconds over all examples it judged. */
  timeMs: number;
}

/** Sums up the verdicts of a batch, so that events, counters and metrics cost something per batch and next to nothing per example. */
export class BatchTally {
  examples = 0;
  positives = 0;
  negatives = 0;
  /** Those that nobody could read included. */
  undetermined = 0;
  /** Examples that nobody could read. */
  unreadable = 0;
  /** Examples on which an active member failed. */
  degraded = 0;
  /** In the order in which they came up. */
  readonly versions: VersionTally[] = [];

  add(verdict: Verdict): void {
    this.examples += 1;
    if (verdict.outcome === 'positive') this.positives += 1;
    else if (verdict.outcome === 'negative') this.negatives += 1;
    else this.undetermined += 1;
    if (verdict.error !== undefined) this.unreadable += 1;
    if (verdict.degraded.length > 0) this.degraded += 1;
    for (let i = 0; i < verdict.judgements.length; i++) {
      const judgement = verdict.judgements[i];
      if (judgement !== undefined) addJudgement(this.#versionOf(judgement, i), judgement);
    }
    const [only] = verdict.positives;
    if (only !== undefined && verdict.positives.length === 1 && isKnownUnique(verdict)) {
      const version = this.versions.find((each) => each.member === only.member && each.version === only.version);
      if (version !== undefined) version.uniquePositives += 1;
    }
  }

  /** The order is mostly the same in all verdicts of a batch, so the place is tried first. */
  #versionOf({ member, version }: MemberJudgement, place: number): VersionTally {
    const guess = this.versions[place];
    if (guess?.member === member && guess.version === version) return guess;
    const found = this.versions.find((each) => each.member === member && each.version === version);
    if (found !== undefined) return found;
    const tally: VersionTally = {
      member,
      version,
      active: noJudgements(),
      shadow: noJudgements(),
      uniquePositives: 0,
      failures: new FailureCounts(),
      timeMs: 0,
    };
    this.versions.push(tally);
    return tally;
  }
}

/** Counts of nothing. */
export function noJudgements(): JudgementCounts {
  return { positive: 0, negative: 0, abstained: 0, failed: 0 };
}

function addJudgement(tally: VersionTally, { mode, judgement, reason, timeMs }: MemberJudgement): void {
  tally[mode === 'active' ? 'active' : 'shadow'][judgement] += 1;
  tally.timeMs += timeMs;
  if (judgement === 'failed') tally.failures.add(reason?.code ?? 'MEMBER_THREW', reason?.message ?? '');
}

/** As the guard has it: one that failed or was not asked might have been positive; one out of service is as if not installed. */
function isKnownUnique({ full, degraded }: Verdict): boolean {
  return full && degraded.every(({ reason }) => isOutOfService(reason.code));
}
