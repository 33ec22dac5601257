export { expectedCost, isAskedInFull, learnOrder } from './verdict/early-stop.ts';
export { RecentPositives } from './verdict/recent-positives.ts';
export { declaredRates } from './guard/declared-rates.ts';
export { discover } from './discovery/discover.ts';
export { RUNTIME_ERRORS, RuntimeError } from './errors.ts';
export { formatFault } from './discovery/fault.ts';
export { findSuite } from './discovery/find-suite.ts';
export { importSuite } from './execution/import-suite.ts';
export { Guard } from './guard/guard.ts';
export { groupSlots } from './discovery/slots.ts';
export { inspectSuite } from './versions/inspect-suite.ts';
export { compareLock, formatLockDifference, lockMismatchError } from './versions/compare-lock.ts';
export { LOCK_FILE, createLock, readLock, toHistory, writeLock } from './versions/lock.ts';
export { findNpmLockfile } from './versions/npm-lockfile.ts';
export { LOCK_SCHEMA } from './versions/locked-suite.ts';
export { loadSuite } from './suite/load-suite.ts';
export { packageEntry } from './discovery/package-entry.ts';
export { parseExample } from './execution/parse-example.ts';
export { DEFAULT_SLOT, EMPTY_STATE, slotNamed, slotState, stateOfModes } from './state/suite-state.ts';
export { readAuditLog, readState } from './state/audit-log.ts';
export { defaultStateDir } from './state/state-file.ts';
export { createMemoryState } from './state/state-keeper.ts';
export { StateStore } from './state/state-store.ts';
export { countingVersion, modesFor } from './state/modes-for.ts';
export { isRolledOut, rolloutBucket } from './state/rollout.ts';
export { applyChange } from './state/state-change.ts';
export { describeSlot, stateVersion } from './state/state-version.ts';
export { UniqueRateTest, containedWithin } from './guard/unique-rate-test.ts';
export { encodeTexts } from './encoders/encode-texts.ts';
export { findEncoders } from './discovery/find-encoders.ts';
export { encoderHash } from './encoders/encoder-hash.ts';
export { scoreHash } from './versions/score-hash.ts';
export { measureMembers } from './cost/measure-member.ts';
export { standingOf } from './state/version-standing.ts';
export { readServices } from './telemetry/status-file.ts';
export { SUITE_EVENTS } from './telemetry/events.ts';
export { joinJudgements } from './verdict/verdict.ts';

export type { DiscoverOptions, DiscoveredPackage, Discovery, ExcludedPackage } from './discovery/discover.ts';
export type { RuntimeErrorCode } from './errors.ts';
export type { Fault } from './discovery/fault.ts';
export type { FoundSuite } from './discovery/find-suite.ts';
export type { DeclaredPackage, InstalledPackage, Manifest } from './discovery/installed-packages.ts';
export type { Slot } from './discovery/slots.ts';
export type { ProvenanceOptions } from './provenance/provenance-options.ts';
export type { InspectSuiteOptions, SuiteInspection } from './versions/inspect-suite.ts';
export type { LockDifference, LockDifferenceKind } from './versions/compare-lock.ts';
export type { CreateLockOptions } from './versions/lock.ts';
export type { InstalledSuite, LockedPackage, LockedSuite, SuiteLock } from './versions/locked-suite.ts';
export type { AskedMember } from './verdict/early-stop.ts';
export type { GuardedMember } from './guard/declared-rates.ts';
export type { GuardAlarm, GuardMember, GuardOptions, GuardStatus } from './guard/guard.ts';
export type { UniqueRateTestOptions, WhoIsPositive } from './guard/unique-rate-test.ts';
export type { LoadSuiteOptions, PerMember } from './suite/options.ts';
export type { ParsedExample } from './execution/parse-example.ts';
export type {
  CloseOptions,
  JudgeOptions,
  RunOptions,
  RunningSuite,
  ScoreOptions,
  SuiteMember,
} from './suite/running-suite.ts';
export type { ScoringMember, ScoringSuite } from './versions/score-hash.ts';
export type { ScoreTable } from './suite/score-table.ts';
export type { Mode, SlotState, StartingSlot, SuiteState } from './state/suite-state.ts';
export type { AuditEntry, RecordedChange } from './state/audit-log.ts';
export type { StateKeeper, StateKeeperOptions } from './state/state-keeper.ts';
export type { StateStoreOptions } from './state/state-store.ts';
export type { KnownSlot, StateChange } from './state/state-change.ts';
export type { StatedSlot } from './state/modes-for.ts';
export type {
  BaselineMeasurement,
  MeasureMembersOptions,
  MemberCost,
  MemberMeasurement,
} from './cost/measure-member.ts';
export type { MeasurePhase, MeasureProblem } from './cost/measure-protocol.ts';
export type {
  BatchJudgedEvent,
  BreakerChangedEvent,
  EncoderBreakerChangedEvent,
  EncoderFailedEvent,
  GuardAlarmEvent,
  MemberFailedEvent,
  OverloadedEvent,
  ReloadRefusedEvent,
  ReloadedEvent,
  StateChangedEvent,
  StateRefusedEvent,
  SuiteEmitter,
  SuiteListener,
  SuiteEventName,
  SuiteEvents,
  WorkerLostEvent,
} from './telemetry/events.ts';
export type { VersionStanding } from './state/version-standing.ts';
export type { ServiceStatus } from './telemetry/status-file.ts';
export type { TimeQuantiles } from './telemetry/recent-times.ts';
export type {
  AlarmStatus,
  EncoderStatus,
  Losses,
  MemberStatus,
  QueueStatus,
  SuiteStatus,
  VerdictCounts,
} from './telemetry/status.ts';
export type { MemberJudgement, PositiveMember, Verdict, VerdictEncoder, VerdictRules } from './verdict/verdict.ts';
export type { EncodingColumn, EncodingSource } from './encoders/encoding-source.ts';
export type { EncodeTextsOptions, TextRows } from './encoders/encode-texts.ts';
export type { InstalledEncoder } from './discovery/find-encoders.ts';
export type { EncoderIdentity } from './encoders/encoder-hash.ts';
export type { SuiteEncoder } from './encoders/suite-encoders.ts';
export type { ExampleInput } from './execution/worker-protocol.ts';
