import { errorCode } from '@clamor/contract';
import {
  type Attributes,
  type Span,
  SpanStatusCode,
  type Tracer,
  context,
  isSpanContextValid,
  trace,
} from '@opentelemetry/api';

import { VERSION } from '../version.ts';
import { ATTRIBUTE } from './attributes.ts';
import { quietly } from './quietly.ts';

/** Every span of a suite, with what it covers. */
export const SUITE_SPANS = {
  'clamor.load': 'A call of loadSuite: discovery, checks, workers, samples.',
  'clamor.reload': 'A reload, until the new members judge.',
  'clamor.judge': 'A call of judge, from the call to its last verdict.',
  'clamor.batch': 'A batch, from its start to its columns; within the span of its call when there is one.',
} as const;

/** Name of one of {@link SUITE_SPANS}. */
export type SuiteSpanName = keyof typeof SUITE_SPANS;

/** Adds attributes to the span that is under way; they are worked out only when there is one. */
export type AddAttributes = (attributes: () => Attributes) => void;

/**
 * Spans over the API of OpenTelemetry.
 *
 * A failed span has the code of the error, not its message or stack: those may quote what was judged. What a span processor throws
 * does not reach the work.
 */
export class SuiteSpans {
  readonly #tracer: Tracer = trace.getTracer('@clamor/runtime', VERSION);

  /**
   * Runs work within a span; spans that it starts in turn are inside.
   *
   * @param attributes - Of the start; `work` may add more when it knows them.
   * @example
   * // await spans.traced('clamor.judge', { 'clamor.examples': 1 }, async () => 'verdicts')
   */
  async traced<Result>(
    name: SuiteSpanName,
    attributes: Attributes,
    work: (add: AddAttributes) => Promise<Result>,
  ): Promise<Result> {
    const span = quietly(() => this.#tracer.startSpan(name, { attributes }));
    // Without an SDK there is nothing to be inside of. A span that is not sampled must be passed on, or its parts would be.
    if (span === undefined || !isSpanContextValid(span.spanContext())) return work(() => {});
    try {
      const add: AddAttributes = (more) => void quietly(() => span.setAttributes(more()));
      return await context.with(trace.setSpan(context.active(), span), () => work(add));
    } catch (error) {
      quietly(() => fail(span, errorCode(error) ?? 'ERROR'));
      throw error;
    } finally {
      quietly(() => span.end());
    }
  }

  /** A function that belongs to the span that is under way now, whenever and by whomever it is called. */
  bound<Work extends (...args: never[]) => unknown>(work: Work): Work {
    return context.bind(context.active(), work);
  }
}

function fail(span: Span, code: string): void {
  span.setAttribute(ATTRIBUTE.errorType, code);
  span.setStatus({ code: SpanStatusCode.ERROR, message: code });
}
