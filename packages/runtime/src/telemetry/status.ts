import type { BreakerStatus } from '../breaker/breakers.ts';
import type { Mode } from '../state/suite-state.ts';
import type { GuardAlarmEvent, StateChangedEvent } from './events.ts';
import type { TimeQuantiles } from './recent-times.ts';

/** Workers that were lost. */
export interface Losses {
  /** Ended by themselves. */
  readonly crashes: number;
  /** Stopped because they blocked. */
  readonly deadlines: number;
}

/** How it stands with one installed version of a member. All counts are since the suite was loaded. */
export interface MemberStatus {
  /** The member's name. */
  readonly member: string;
  readonly version: string;
  /** Full package name. */
  readonly package: string;
  /** The name that the host declares it under when that is not its own. */
  readonly alias: string | null;
  /** Of this version: one beside the version that counts is in shadow, whatever the mode of the member. */
  readonly mode: Mode;
  /** Percent of keys on which this version counts, in [0, 100]; 0 when it is not active. */
  readonly rollout: number;
  readonly isolation: 'inline' | 'worker' | 'process';
  /** Code of the fault that keeps it from judging; `null` when there is none. */
  readonly fault: string | null;
  readonly breaker: Pick<BreakerStatus, 'state' | 'failuresInARow' | 'nextProbeAt'>;
  /** Examples that it was to judge, in shadow too, failed ones included. */
  readonly judged: number;
  readonly positives: number;
  readonly abstained: number;
  /** Examples on which it counted, and alone was positive; left out are those on which an active member in service failed or was not asked. */
  readonly uniquePositives: number;
  /** Failed examples by code; `OTHER` for codes of the member's own beyond the first sixteen. */
  readonly failed: { readonly [code: string]: number };
  readonly losses: Losses;
  /** Milliseconds per example, over the last five to ten minutes; `null` when it did not run. */
  readonly timeMs: TimeQuantiles | null;
  /** `null` when it is not watched. Rates of positives that it alone has; the observed one of an alarmed member is that of the alarm. */
  readonly guard: {
    readonly declaredRate: number;
    readonly observedRate: number | null;
    readonly alarmed: boolean;
  } | null;
}

/** How it stands with an encoder. All counts are since the suite was loaded. */
export interface EncoderStatus {
  /** Full package name. */
  readonly encoder: string;
  readonly version: string;
  /** What tells it from other encoders. */
  readonly hash: string;
  /** Those that read it, whatever their modes. */
  readonly members: readonly { readonly member: string; readonly version: string }[];
  readonly breaker: Pick<BreakerStatus, 'state' | 'failuresInARow' | 'nextProbeAt'>;
  /** Texts whose rows were known; each text of a batch counts once. */
  readonly hits: number;
  /** Texts that were encoded, or were to be: those that failed included. */
  readonly misses: number;
  /** Failed texts by code; when the encoder was lost as a whole, the examples of the batch. */
  readonly failed: { readonly [code: string]: number };
  readonly losses: Losses;
  /** Milliseconds per encoded text, over the last five to ten minutes; `null` when it did not run. */
  readonly timeMs: TimeQuantiles | null;
}

/** An alarm of the guard, without the keys. */
export interface AlarmStatus extends Omit<GuardAlarmEvent, 'affected'> {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** How many keys of unique positives are to be judged again. */
  readonly affected: number;
}

/** Verdicts by outcome. */
export interface VerdictCounts {
  readonly positive: number;
  readonly negative: number;
  /** Those that nobody could read included. */
  readonly undetermined: number;
  readonly unreadable: number;
  /** Verdicts of any outcome in which an active member failed. */
  readonly degraded: number;
}

/** Examples that wait for a worker. */
export interface QueueStatus {
  readonly online: number;
  readonly batch: number;
  /** More than so many make online calls be refused. */
  readonly limit: number;
  /** Examples refused since the suite was loaded. */
  readonly refused: number;
}

/** How a running suite stands; plain data, fit for JSON. Holds no example and no key. */
export interface SuiteStatus {
  readonly name: string;
  readonly suiteVersion: string;
  readonly stateVersion: string;
  /** ISO 8601, UTC: when the suite was loaded. */
  readonly since: string;
  /** Worker threads that judge at once. */
  readonly workers: number;
  readonly queue: QueueStatus;
  readonly verdicts: VerdictCounts;
  /** Milliseconds from when a batch was asked to the last answer, over the last five to ten minutes; `null` when there was none. */
  readonly batchMs: TimeQuantiles | null;
  /** Workers lost while they ran no member. */
  readonly losses: Losses;
  /** Every installed version, off ones too. */
  readonly members: readonly MemberStatus[];
  /** What those members read, each once. */
  readonly encoders: readonly EncoderStatus[];
  /** Newest first, at most twenty. */
  readonly guardAlarms: readonly AlarmStatus[];
  /** Newest first, at most ten. */
  readonly lastChanges: readonly StateChangedEvent[];
  /** Why the `state.json` that is there does not count; `null` when all is well, and without a state directory. */
  readonly stateRefusal: { readonly code: string; readonly message: string } | null;
  /** Whether what is loaded agrees with the lock; `none` when there is none. */
  readonly lock: 'matches' | 'differs' | 'none';
}
