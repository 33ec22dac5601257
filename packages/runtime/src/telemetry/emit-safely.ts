import type { EventEmitter } from 'node:events';

import { errorMessage } from '@clamor/contract';

import type { SuiteEventName, SuiteEvents } from './events.ts';

const warned = new WeakMap<EventEmitter, Set<SuiteEventName>>();

/**
 * Tells every listener of an event; none of them can harm the caller or another listener.
 *
 * `emit` of Node stops at the first listener that throws and throws on; here the others are told too. A listener that returns a
 * promise is not waited for, and its rejection is caught. The first error per event becomes a warning of the process
 * (`CLAMOR_LISTENER`), the others are dropped: a listener that fails on every batch must not flood the log.
 *
 * @example
 * // emitSafely(events, 'stateRefused', { code: 'STATE_FILE_INVALID', message: 'no JSON' })
 */
export function emitSafely<Name extends SuiteEventName>(
  emitter: EventEmitter,
  name: Name,
  event: SuiteEvents[Name][0],
): void {
  if (emitter.listenerCount(name) === 0) return;
  // Raw ones: those of `once` take themselves off the list when they are called.
  for (const listener of emitter.rawListeners(name)) {
    try {
      const returned: unknown = Reflect.apply(listener, emitter, [event]);
      if (returned instanceof Promise) returned.catch((error: unknown) => warnOnce(emitter, name, error));
    } catch (error) {
      warnOnce(emitter, name, error);
    }
  }
}

function warnOnce(emitter: EventEmitter, name: SuiteEventName, error: unknown): void {
  const names = warned.get(emitter) ?? new Set();
  warned.set(emitter, names);
  if (names.has(name)) return;
  names.add(name);
  process.emitWarning(
    `A listener of "${name}" failed: ${errorMessage(error)}. The suite goes on; repair the listener. Further errors of listeners of this event are not shown.`,
    { code: 'CLAMOR_LISTENER' },
  );
}
