import { errorMessage } from '@clamor/contract';
import type { MemberHost } from './member-host.ts';
import type { WorkerMessage } from './worker-protocol.ts';

/** Errors of one member or encoder that a worker survives; with the next one it ends, and that one is to blame. */
const SURVIVED_ERRORS = 100;

/**
 * Survives errors that come up where nobody waits for them (a rejection that nobody handles, a throw from a timer), when it is known
 * whose they are: the call of that member or encoder fails if one is under way, and the loss is told. Otherwise the worker ends, as it
 * would have.
 *
 * Whose they are is known from the asynchronous context in which the code was called.
 */
export function surviveUncaught(caller: () => MemberHost | undefined, tell: (message: WorkerMessage) => void): void {
  const survived = new Map<string, number>();
  const onUncaught = (error: unknown): void => {
    const host = caller();
    const culprit = host?.caller;
    if (host === undefined || culprit === undefined) {
      process.off('uncaughtException', onUncaught);
      setImmediate(() => {
        throw error;
      });
      return;
    }
    const { kind, index } = culprit;
    const message = `An error of the ${kind} was left uncaught: ${describe(error)}`;
    host.failCall(culprit, { code: kind === 'member' ? 'MEMBER_CRASHED' : 'ENCODER_CRASHED', message });
    tell({ kind: 'uncaught', culprit, message });
    const times = (survived.get(`${kind} ${index}`) ?? 0) + 1;
    survived.set(`${kind} ${index}`, times);
    if (times > SURVIVED_ERRORS) process.exit(1); // In the context of that code, so that it is blamed.
  };
  process.on('uncaughtException', onUncaught);
}

function describe(error: unknown): string {
  try {
    return errorMessage(error).slice(0, 1000);
  } catch {
    return 'it cannot be read';
  }
}
