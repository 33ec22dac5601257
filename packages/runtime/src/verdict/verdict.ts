import type { FailureReason, Judgement } from '@clamor/contract';
import type { Mode } from '../state/suite-state.ts';

/** What one member said of one example, with all that is needed to understand it later. */
export interface MemberJudgement {
  readonly member: string;
  /** Version of the member's package. */
  readonly version: string;
  readonly mode: Mode;
  readonly judgement: Judgement;
  /** Float32; `null` unless the member scored the example. */
  readonly score: number | null;
  readonly threshold: number;
  /** Milliseconds of this member per example of the batch it ran in; 0 when it did not run. */
  readonly timeMs: number;
  /** Why it failed; only with judgement `failed`. */
  readonly reason?: FailureReason;
}

/** What an encoder did for the batch that an example was judged in. */
export interface VerdictEncoder {
  /** Full package name. */
  readonly encoder: string;
  readonly version: string;
  /** Milliseconds of this encoder per example of the batch; the times of its members do not have it. */
  readonly timeMs: number;
  /** Texts of the batch whose rows were known; each text of a batch counts once. */
  readonly hits: number;
  /** Texts of the batch that were encoded, or were to be. */
  readonly misses: number;
}

/** A member that counted and was positive. */
export interface PositiveMember {
  readonly member: string;
  readonly version: string;
  readonly score: number;
  readonly threshold: number;
}

/** What the suite says of one example. */
export interface Verdict {
  readonly key: string;
  readonly outcome: 'positive' | 'negative' | 'undetermined';
  /** What the caller should do: the outcome, and where that is undetermined the policy's answer. */
  readonly decision: boolean;
  /** The active members that were positive, highest margin over the threshold first. */
  readonly positives: readonly PositiveMember[];
  /** Every member that is not off, shadow ones included, in the order of the suite. */
  readonly judgements: readonly MemberJudgement[];
  /** What encoders did for the batch; not there when none was needed. */
  readonly encoders?: readonly VerdictEncoder[];
  /** Active members that failed: counted, never silent. */
  readonly degraded: readonly { readonly member: string; readonly reason: FailureReason }[];
  readonly suiteVersion: string;
  readonly stateVersion: string;
  /**
   * Whether every member was to be asked. `false` when the first positive could end the asking: judgements are then those that were
   * asked for, and no figure may be computed from the verdict, even if nobody was positive and everybody was asked.
   */
  readonly full: boolean;
  /** The member that alone made the verdict positive while the guard has it under review: a person should look. */
  readonly review?: string;
  /** Why the example could not be read; then nobody judged it and the outcome is undetermined. */
  readonly error?: FailureReason;
}

/** A member that could not be asked at all. */
export interface AbsentMember {
  readonly member: string;
  readonly reason: FailureReason;
  readonly required: boolean;
}

/** What {@link joinJudgements} needs to know of the suite. */
export interface VerdictRules {
  /** Names of members without which a verdict that is not positive is undetermined. */
  readonly required: ReadonlySet<string>;
  /** Installed or required members that never came as far as being asked: they count as failed. */
  readonly absent: readonly AbsentMember[];
  readonly whenUndetermined: 'positive' | 'negative';
  readonly suiteVersion: string;
  readonly stateVersion: string;
  /** Versions, as `member@version`, whose unique positives are marked for review; default none. */
  readonly review?: ReadonlySet<string>;
}

/**
 * Joins judgements by OR.
 *
 * Any active member positive → positive. Otherwise any required member failed → undetermined. Otherwise negative.
 * Abstaining is not failing; a shadow member is recorded and does not count.
 *
 * @example
 * const rules = { required: new Set(), absent: [], whenUndetermined: 'negative', suiteVersion: '', stateVersion: '' };
 * joinJudgements('mail-1', [], rules).outcome
 * // 'negative'
 */
export function joinJudgements(key: string, judgements: readonly MemberJudgement[], rules: VerdictRules): Verdict {
  const active = judgements.filter((judgement) => judgement.mode === 'active');
  const positives = active.filter((judgement) => judgement.judgement === 'positive').map(toPositive);
  const failed = active.filter((judgement) => judgement.judgement === 'failed');
  const outcome =
    positives.length > 0
      ? 'positive'
      : rules.absent.some((member) => member.required) ||
          failed.some((judgement) => rules.required.has(judgement.member))
        ? 'undetermined'
        : 'negative';
  return {
    key,
    outcome,
    decision: decide(outcome, rules),
    positives: positives.toSorted((a, b) => b.score - b.threshold - (a.score - a.threshold)),
    judgements,
    degraded: [...rules.absent, ...failed].map(({ member, reason }) => ({ member, reason: reason ?? UNKNOWN_REASON })),
    suiteVersion: rules.suiteVersion,
    stateVersion: rules.stateVersion,
    full: true,
    ...reviewOf(positives, rules),
  };
}

/** The verdict on an example that the suite's schema refused: undetermined, judged by nobody. */
export function unreadableVerdict(key: string, error: FailureReason, rules: VerdictRules): Verdict {
  return {
    key,
    outcome: 'undetermined',
    decision: decide('undetermined', rules),
    positives: [],
    judgements: [],
    degraded: [],
    suiteVersion: rules.suiteVersion,
    stateVersion: rules.stateVersion,
    full: true,
    error,
  };
}

function reviewOf([first, ...others]: readonly PositiveMember[], { review }: VerdictRules): { review?: string } {
  if (first === undefined || others.length > 0) return {};
  return review?.has(`${first.member}@${first.version}`) === true ? { review: first.member } : {};
}

const UNKNOWN_REASON: FailureReason = { code: 'MEMBER_THREW', message: 'The member gave no reason.' };

function decide(outcome: Verdict['outcome'], rules: VerdictRules): boolean {
  return outcome === 'undetermined' ? rules.whenUndetermined === 'positive' : outcome === 'positive';
}

function toPositive({ member, version, score, threshold }: MemberJudgement): PositiveMember {
  return { member, version, score: score ?? Number.NaN, threshold };
}
