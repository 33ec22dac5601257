import type { FailureReason } from '@clamor/contract';
import type { MemberProblem } from './worker-protocol.ts';
import type { Loss } from './workplace.ts';

const TODO = 'Report it to its owner; exclude it meanwhile.';

/** What the loss of a worker says of the member that was being loaded. */
export function loadProblem({ cause, message }: Loss): MemberProblem {
  return cause === 'deadline'
    ? {
        code: 'MEMBER_LOAD_TIMEOUT',
        found: 'a worker that it blocked until it was stopped',
        wanted: 'a member that loads in time',
        todo: TODO,
      }
    : {
        code: 'MEMBER_CRASHED',
        found: `a worker that it ended: ${message}`,
        wanted: 'a member that loads',
        todo: TODO,
      };
}

/** What the loss of a worker says of the member that did it. */
export function memberLoss({ cause, during, message }: Loss): FailureReason {
  if (cause === 'crash') return { code: 'MEMBER_CRASHED', message: `The member ended its worker: ${message}` };
  const code = during.activity === 'loading' ? 'MEMBER_LOAD_TIMEOUT' : 'MEMBER_DEADLINE';
  return { code, message: 'The member did not answer before its deadline and its worker was stopped.' };
}

/** What the loss of a worker says of the example that was being parsed. */
export function exampleLoss({ cause, message }: Loss): FailureReason {
  const why =
    cause === 'deadline' ? 'did not finish parsing it in time' : `lost its worker while parsing it: ${message}`;
  return { code: 'EXAMPLE_TIMEOUT', message: `The suite ${why}.` };
}
