import { EventEmitter } from 'node:events';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { emitSafely } from './emit-safely.ts';

const REFUSED = { code: 'STATE_FILE_INVALID', message: 'no JSON' };
const emitter = (): EventEmitter => new EventEmitter();

describe('emitSafely', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('tells every listener in their order', () => {
    const events = emitter();
    const told: string[] = [];
    events.on('stateRefused', ({ code }) => void told.push(`first ${code}`));
    events.on('stateRefused', ({ code }) => void told.push(`second ${code}`));
    emitSafely(events, 'stateRefused', REFUSED);
    expect(told).toEqual(['first STATE_FILE_INVALID', 'second STATE_FILE_INVALID']);
  });

  it('tells a listener of once once', () => {
    const events = emitter();
    const listener = vi.fn<() => void>();
    events.once('stateRefused', listener);
    emitSafely(events, 'stateRefused', REFUSED);
    emitSafely(events, 'stateRefused', REFUSED);
    expect([listener.mock.calls.length, events.listenerCount('stateRefused')]).toEqual([1, 0]);
  });

  it('does not throw what a listener throws, and tells the others', () => {
    vi.spyOn(process, 'emitWarning').mockReturnValue();
    const events = emitter();
    const other = vi.fn<() => void>();
    events.on('stateRefused', () => {
      throw new Error('broken listener');
    });
    events.on('stateRefused', other);
    emitSafely(events, 'stateRefused', REFUSED);
    expect(other).toHaveBeenCalledOnce();
  });

  it('warns once per event, however often a listener throws or rejects', async () => {
    const warning = vi.spyOn(process, 'emitWarning').mockReturnValue();
    const events = emitter();
    events.on('stateRefused', () => {
      throw new Error('broken listener');
    });
    events.on('overloaded', () => Promise.reject(new Error('late')));
    for (let i = 0; i < 3; i++) {
      emitSafely(events, 'stateRefused', REFUSED);
      emitSafely(events, 'overloaded', { waiting: 9, limit: 8, examples: 1 });
    }
    await new Promise(setImmediate);
    expect(warning.mock.calls.map(([text, options]) => [text, options])).toEqual([
      [expect.stringContaining('"stateRefused" failed: broken listener'), { code: 'CLAMOR_LISTENER' }],
      [expect.stringContaining('"overloaded" failed: late'), { code: 'CLAMOR_LISTENER' }],
    ]);
  });
});
