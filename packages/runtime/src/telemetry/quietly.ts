import { errorMessage } from '@clamor/contract';
import { diag } from '@opentelemetry/api';

/**
 * Calls into the telemetry of the host: its processors and exporters are not ours, and what they throw must not change a verdict. It
 * goes to OpenTelemetry's own log (`diag`).
 *
 * @returns `undefined` when it threw.
 */
export function quietly<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    diag.error(`clamor: telemetry failed: ${errorMessage(error)}`);
    return undefined;
  }
}
