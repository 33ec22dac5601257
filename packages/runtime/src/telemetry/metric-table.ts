import { ATTRIBUTE, type AttributeName } from './attributes.ts';

/** What one metric is. */
export interface MetricDescription {
  readonly kind: 'counter' | 'histogram' | 'gauge';
  /** A UCUM unit, as OpenTelemetry wants it; `{…}` counts things. */
  readonly unit: string;
  readonly description: string;
  /** What its values are split by. */
  readonly attributes: readonly AttributeName[];
}

const { suite, member, memberVersion } = ATTRIBUTE;
const OF_MEMBER = [suite, member, memberVersion];
const OF_ENCODER = [suite, ATTRIBUTE.encoder, ATTRIBUTE.encoderVersion];

/** Every metric of a running suite, by name. */
export const SUITE_METRICS = {
  'clamor.suite.verdicts': {
    kind: 'counter',
    unit: '{verdict}',
    description: 'Verdicts by outcome: positive, negative, undetermined.',
    attributes: [suite, ATTRIBUTE.outcome],
  },
  'clamor.suite.degraded_verdicts': {
    kind: 'counter',
    unit: '{verdict}',
    description: 'Verdicts of any outcome in which an active member failed.',
    attributes: [suite],
  },
  'clamor.suite.unreadable_examples': {
    kind: 'counter',
    unit: '{example}',
    description: "Examples that the suite's schema refused; their verdicts are undetermined.",
    attributes: [suite],
  },
  'clamor.suite.refused_examples': {
    kind: 'counter',
    unit: '{example}',
    description: 'Examples of calls that were refused because too many waited.',
    attributes: [suite],
  },
  'clamor.suite.batch.duration': {
    kind: 'histogram',
    unit: 's',
    description: 'From when a batch is asked to the last answer; waiting in the queue comes before it.',
    attributes: [suite, ATTRIBUTE.priority],
  },
  'clamor.suite.queue.examples': {
    kind: 'gauge',
    unit: '{example}',
    description: 'Examples that wait for a worker.',
    attributes: [suite, ATTRIBUTE.priority],
  },
  'clamor.suite.state.changes': {
    kind: 'counter',
    unit: '{change}',
    description: 'Changes of modes, rollouts and versions: applied, or refused.',
    attributes: [suite, ATTRIBUTE.outcome],
  },
  'clamor.suite.reloads': {
    kind: 'counter',
    unit: '{reload}',
    description: 'Reloads: applied, or refused.',
    attributes: [suite, ATTRIBUTE.outcome],
  },
  'clamor.member.judgements': {
    kind: 'counter',
    unit: '{judgement}',
    description: 'Judgements by member, mode and what was said: positive, negative, abstained, failed.',
    attributes: [...OF_MEMBER, ATTRIBUTE.mode, ATTRIBUTE.judgement],
  },
  'clamor.member.unique_positives': {
    kind: 'counter',
    unit: '{example}',
    description: 'Examples on which this member alone of the active ones was positive.',
    attributes: OF_MEMBER,
  },
  'clamor.member.failures': {
    kind: 'counter',
    unit: '{judgement}',
    description: 'Failed judgements by code.',
    attributes: [...OF_MEMBER, ATTRIBUTE.errorType],
  },
  'clamor.member.batch.duration': {
    kind: 'histogram',
    unit: 's',
    description: 'Time of a member on a batch.',
    attributes: OF_MEMBER,
  },
  'clamor.member.breaker.state': {
    kind: 'gauge',
    unit: '1',
    description: '0: closed, the member is called; 1: half-open, one batch tries it; 2: open, it is left alone.',
    attributes: OF_MEMBER,
  },
  'clamor.member.breaker.changes': {
    kind: 'counter',
    unit: '{change}',
    description: 'Changes of a breaker by the state it went to.',
    attributes: [...OF_MEMBER, ATTRIBUTE.breakerState],
  },
  'clamor.encoder.texts': {
    kind: 'counter',
    unit: '{text}',
    description: 'Texts that members asked for, each once per batch: known (a hit), encoded, or failed.',
    attributes: [...OF_ENCODER, ATTRIBUTE.outcome],
  },
  'clamor.encoder.failures': {
    kind: 'counter',
    unit: '{text}',
    description: 'Failed texts by code.',
    attributes: [...OF_ENCODER, ATTRIBUTE.errorType],
  },
  'clamor.encoder.batch.duration': {
    kind: 'histogram',
    unit: 's',
    description: 'Time of an encoder on a batch; a batch whose rows were all known has none.',
    attributes: OF_ENCODER,
  },
  'clamor.encoder.breaker.state': {
    kind: 'gauge',
    unit: '1',
    description: '0: closed, the encoder is called; 1: half-open, one batch tries it; 2: open, it is left alone.',
    attributes: OF_ENCODER,
  },
  'clamor.encoder.breaker.changes': {
    kind: 'counter',
    unit: '{change}',
    description: 'Changes of a breaker of an encoder by the state it went to.',
    attributes: [...OF_ENCODER, ATTRIBUTE.breakerState],
  },
  'clamor.worker.losses': {
    kind: 'counter',
    unit: '{worker}',
    description:
      'Worker threads and processes that crashed or were stopped, by the member or encoder they ran; without it when they ran none.',
    attributes: [...OF_MEMBER, ATTRIBUTE.encoder, ATTRIBUTE.encoderVersion, ATTRIBUTE.isolation, ATTRIBUTE.cause],
  },
  'clamor.guard.alarms': {
    kind: 'counter',
    unit: '{alarm}',
    description: 'Alarms: unique positives have become more than was declared.',
    attributes: [...OF_MEMBER, ATTRIBUTE.action],
  },
} as const satisfies { readonly [name: string]: MetricDescription };

/** Name of one of {@link SUITE_METRICS}. */
export type SuiteMetricName = keyof typeof SUITE_METRICS;
