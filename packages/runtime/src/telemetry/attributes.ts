/** Names of what metrics and spans carry, after the naming rules of OpenTelemetry's semantic conventions. */
export const ATTRIBUTE = {
  suite: 'clamor.suite.name',
  suiteVersion: 'clamor.suite.version',
  stateVersion: 'clamor.state.version',
  priority: 'clamor.priority',
  outcome: 'clamor.outcome',
  member: 'clamor.member.name',
  memberVersion: 'clamor.member.version',
  encoder: 'clamor.encoder.name',
  encoderVersion: 'clamor.encoder.version',
  mode: 'clamor.member.mode',
  judgement: 'clamor.judgement',
  breakerState: 'clamor.breaker.state',
  isolation: 'clamor.isolation',
  cause: 'clamor.loss.cause',
  action: 'clamor.guard.action',
  /** A name of the semantic conventions: the code of an error. */
  errorType: 'error.type',
  examples: 'clamor.examples',
  positives: 'clamor.positives',
  undetermined: 'clamor.undetermined',
  degraded: 'clamor.degraded',
  members: 'clamor.members',
  faults: 'clamor.faults',
} as const;

/** One of the names of {@link ATTRIBUTE}. */
export type AttributeName = (typeof ATTRIBUTE)[keyof typeof ATTRIBUTE];
