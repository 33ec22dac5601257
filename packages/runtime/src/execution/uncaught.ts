import { errorMessage } from '@clamor/contract';
import type { MemberHost } from './member-host.ts';
import type { WorkerMessage } from './worker-protocol.ts';

/** Errors of one member that a worker survives; with the next one it ends, and the member is to blame. */
const SURVIVED_ERRORS = 100;

/**
 * Survives errors that come up where nobody waits for them (a rejection that nobody handles, a throw from a timer), when it is known
 * whose they are: the member's call fails if one is under way, and the loss is told. Otherwise the worker ends, as it would have.
 *
 * Whose they are is known from the asynchronous context in which the member was called.
 */
export function surviveUncaught(caller: () => MemberHost | undefined, tell: (message: WorkerMessage) => void): void {
  const survived = new Map<number, number>();
  const onUncaught = (error: unknown): void => {
    const host = caller();
    const member = host?.caller;
    if (host === undefined || member === undefined) {
      process.off('uncaughtException', onUncaught);
      setImmediate(() => {
        throw error;
      });
      return;
    }
    const message = `An error of the member was left uncaught: ${describe(error)}`;
    host.failCall(member, { code: 'MEMBER_CRASHED', message });
    tell({ kind: 'uncaught', member, message });
    const times = (survived.get(member) ?? 0) + 1;
    survived.set(member, times);
    if (times > SURVIVED_ERRORS) process.exit(1); // In the context of the member, so that it is blamed.
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
