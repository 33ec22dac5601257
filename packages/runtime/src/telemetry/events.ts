import type { BreakerChange } from '../breaker/breakers.ts';
import type { Fault } from '../discovery/fault.ts';
import type { GuardAlarm } from '../guard/guard.ts';
import type { StateChange } from '../state/state-change.ts';

/** A member failed on examples of a batch by its own doing. One event per member, version and code of a batch. */
export interface MemberFailedEvent {
  readonly member: string;
  readonly version: string;
  /** A code of the runtime, or the one that the member's own code threw. */
  readonly code: string;
  /** Of the first of these examples. Written by the member, so it may quote what it judged. */
  readonly message: string;
  /** How many examples of the batch failed with this code. */
  readonly examples: number;
}

/** An encoder failed on texts of a batch, and with it all members on it on the examples that they stand for. One event per code. */
export interface EncoderFailedEvent {
  /** Full package name. */
  readonly encoder: string;
  readonly version: string;
  readonly code: string;
  /** Of the first of these texts. Written by the encoder, so it may quote what it read. */
  readonly message: string;
  /** How many texts of the batch failed with this code; when the encoder was lost as a whole, the examples. */
  readonly texts: number;
}

/** A worker thread or a member's process ended, by itself or because it was stopped. Its replacement works already. */
export interface WorkerLostEvent {
  /** The member that it was running; `null` when it was running none. */
  readonly member: string | null;
  /** The encoder that it was running, by its full package name; `null` when it was running none. */
  readonly encoder: string | null;
  /** Of the member or the encoder. */
  readonly version: string | null;
  /** Of the member; `null` for an encoder, which runs wherever its members do. */
  readonly isolation: 'inline' | 'worker' | 'process' | null;
  /** `deadline`: it blocked and was stopped. `crash`: it ended by itself. */
  readonly cause: 'deadline' | 'crash';
  readonly message: string;
}

/** The breaker of a version of a member went from one state to another. */
export interface BreakerChangedEvent extends BreakerChange {
  readonly version: string;
}

/** The breaker of an encoder went from one state to another. */
export interface EncoderBreakerChangedEvent extends Omit<BreakerChange, 'member'> {
  /** Full package name. */
  readonly encoder: string;
  readonly version: string;
}

/** A member's unique positives have become more than was declared. */
export interface GuardAlarmEvent extends GuardAlarm {
  /** What was done about it, as the policy says. */
  readonly action: 'alert' | 'shadow' | 'review';
}

/** What counts was changed, by a call, by another process, or by an edit of the state file. */
export interface StateChangedEvent {
  readonly by: string;
  readonly why: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly change: Omit<StateChange, 'by' | 'why'> | { readonly edited: 'state.json' };
  /** State versions. */
  readonly before: string;
  readonly after: string;
}

/** A change of the state from outside the process cannot be taken over; the old state goes on. */
export interface StateRefusedEvent {
  /** A `STATE_` code. */
  readonly code: string;
  readonly message: string;
}

/** The suite went over to what is installed now. */
export interface ReloadedEvent {
  /** Suite versions; the same when nothing had changed. */
  readonly before: string;
  readonly after: string;
  /** Milliseconds to check, load and try the new members; the old ones judged meanwhile. */
  readonly durationMs: number;
}

/** What is installed now cannot be used; the suite goes on as it was. */
export interface ReloadRefusedEvent {
  readonly code: string;
  readonly message: string;
  /** What is wrong with packages; empty when the reason is another one. */
  readonly faults: readonly Fault[];
  /** The suite version that goes on. */
  readonly suiteVersion: string;
}

/** A call was refused because too many examples wait. */
export interface OverloadedEvent {
  /** Examples that wait. */
  readonly waiting: number;
  readonly limit: number;
  /** Examples that were refused. */
  readonly examples: number;
}

/** The verdicts of a batch are there. */
export interface BatchJudgedEvent {
  readonly examples: number;
  /** Verdicts by outcome; the others are negative. */
  readonly positives: number;
  /** Those that nobody could read included. */
  readonly undetermined: number;
  /** Examples on which an active member failed. */
  readonly degraded: number;
  /** Milliseconds from when the batch was asked to the last answer. */
  readonly durationMs: number;
  readonly priority: 'online' | 'batch';
  /** Milliseconds that each version took for the whole batch; a version that did not run is not there. */
  readonly memberTimesMs: readonly { readonly member: string; readonly version: string; readonly timeMs: number }[];
}

/**
 * What a running suite tells whoever listens: `suite.events.on('guardAlarm', (alarm) => …)`.
 *
 * Listeners are called at once, between batches: hand slow work to something else. One that throws or rejects harms nothing;
 * the first error per event becomes a warning of the process.
 */
export interface SuiteEvents {
  memberFailed: [MemberFailedEvent];
  encoderFailed: [EncoderFailedEvent];
  workerLost: [WorkerLostEvent];
  breakerChanged: [BreakerChangedEvent];
  encoderBreakerChanged: [EncoderBreakerChangedEvent];
  guardAlarm: [GuardAlarmEvent];
  stateChanged: [StateChangedEvent];
  stateRefused: [StateRefusedEvent];
  reloaded: [ReloadedEvent];
  reloadRefused: [ReloadRefusedEvent];
  overloaded: [OverloadedEvent];
  batchJudged: [BatchJudgedEvent];
}

/** Name of one of {@link SuiteEvents}. */
export type SuiteEventName = keyof SuiteEvents;

/** Something that takes in events of its choice, at once and without throwing. */
export type SuiteSink = { readonly [Name in SuiteEventName]?: (event: SuiteEvents[Name][0]) => void };

/** The emitter of a running suite: the part of Node's that a listener needs, written out so that hosts compile without its types. */
export interface SuiteEmitter {
  on<Name extends SuiteEventName>(name: Name, listener: SuiteListener<Name>): this;
  once<Name extends SuiteEventName>(name: Name, listener: SuiteListener<Name>): this;
  off<Name extends SuiteEventName>(name: Name, listener: SuiteListener<Name>): this;
  listenerCount(name: SuiteEventName): number;
}

/** Called with one of {@link SuiteEvents}; what it returns is ignored, a rejected promise included. */
export type SuiteListener<Name extends SuiteEventName> = (event: SuiteEvents[Name][0]) => unknown;

/** Every event, with when it is emitted. */
export const SUITE_EVENTS: { readonly [name in SuiteEventName]: string } = {
  memberFailed: 'A member failed on examples of a batch by its own doing; one per member, version and code.',
  encoderFailed: 'An encoder failed on texts of a batch, and with it the members on it; one per encoder and code.',
  workerLost: 'A worker thread or a process of a member ended, by itself or because it blocked.',
  breakerChanged: 'The breaker of a member opened, half-opened or closed.',
  encoderBreakerChanged: 'The breaker of an encoder opened, half-opened or closed.',
  guardAlarm: "A member's unique positives have become more than was declared.",
  stateChanged: 'What counts was changed: a mode, a rollout, a version.',
  stateRefused: 'A change of the state from outside cannot be taken over; the old state goes on.',
  reloaded: 'The suite went over to what is installed now.',
  reloadRefused: 'What is installed now cannot be used; the suite goes on as it was.',
  overloaded: 'A call was refused because too many examples wait.',
  batchJudged: 'The verdicts of a batch are there.',
};
