import type { FailureReason } from '@clamor/contract';
import type { MemberProblem } from './worker-protocol.ts';
import type { Loss } from './workplace.ts';

const TODO = 'Report it to its owner; exclude it meanwhile.';

/** What the loss of a worker says of the member that was being loaded, or of each member on the encoder that was. */
export function loadProblem({ cause, message, guilty }: Loss): MemberProblem {
  const [area, what] = guilty?.kind === 'encoder' ? ['ENCODER', 'an encoder'] : ['MEMBER', 'a member'];
  const of = guilty?.kind === 'encoder' ? 'of its encoder: ' : '';
  return cause === 'deadline'
    ? {
        code: `${area}_LOAD_TIMEOUT`,
        found: `${of}a worker that it blocked until it was stopped`,
        wanted: `${what} that loads in time`,
        todo: TODO,
      }
    : {
        code: `${area}_CRASHED`,
        found: `${of}a worker that it ended: ${message}`,
        wanted: `${what} that loads`,
        todo: TODO,
      };
}

/** What the loss of a worker says of the member or the encoder that did it. */
export function lossReason({ cause, during, message, guilty }: Loss): FailureReason {
  const [area, what] = guilty?.kind === 'encoder' ? ['ENCODER', 'encoder'] : ['MEMBER', 'member'];
  if (cause === 'crash') return { code: `${area}_CRASHED`, message: `The ${what} ended its worker: ${message}` };
  const isLoading = during.activity === 'loading' || during.activity === 'preparing';
  const code = isLoading ? `${area}_LOAD_TIMEOUT` : `${area}_DEADLINE`;
  return { code, message: `The ${what} did not answer before its deadline and its worker was stopped.` };
}

/** What the loss of a worker says of the example that was being parsed. */
export function exampleLoss({ cause, message }: Loss): FailureReason {
  const why =
    cause === 'deadline' ? 'did not finish parsing it in time' : `lost its worker while parsing it: ${message}`;
  return { code: 'EXAMPLE_TIMEOUT', message: `The suite ${why}.` };
}
