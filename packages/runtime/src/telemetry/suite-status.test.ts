import { describe, expect, it } from 'vitest';

import { Breakers } from '../breaker/breakers.ts';
import { Guard } from '../guard/guard.ts';
import { EMPTY_STATE, type SlotState } from '../state/suite-state.ts';
import { SuiteCounters } from './suite-counters.ts';
import { type StatusMember, type StatusParts, standingOf, suiteStatus } from './suite-status.ts';

const SLOT: SlotState = { mode: 'active', rollout: 100, version: null, base: null };

describe('standingOf', () => {
  const own = '1.0.0';
  it.each([
    ['its own version counts on every key by default', '1.0.0', {}, 'active', 100],
    ['a version beside it is in shadow', '1.1.0', {}, 'shadow', 0],
    ['the version that is rolled out counts on its share', '1.1.0', { version: '1.1.0', rollout: 10 }, 'active', 10],
    ['no version counts outside the rollout without a base', '1.0.0', { version: '1.1.0', rollout: 10 }, 'shadow', 0],
    ['the base counts on the rest', '1.0.0', { version: '1.1.0', rollout: 10, base: '1.0.0' }, 'active', 90],
    [
      'one that is version and base counts on all',
      '1.1.0',
      { version: '1.1.0', rollout: 10, base: '1.1.0' },
      'active',
      100,
    ],
    ['a rollout of 0 is a shadow', '1.0.0', { rollout: 0 }, 'shadow', 0],
    ['a shadow counts nowhere', '1.0.0', { mode: 'shadow' }, 'shadow', 0],
    ['off is off', '1.1.0', { mode: 'off', version: '1.1.0' }, 'off', 0],
  ] as const)('%s', (_, version, slot, mode, rollout) => {
    expect(standingOf({ version, own }, { ...SLOT, ...slot })).toEqual({ mode, rollout });
  });
});

const MEMBER: StatusMember = {
  name: 'words',
  version: '1.0.0',
  package: '@clamor/spam-words',
  alias: null,
  own: '1.0.0',
  isolation: 'worker',
  fault: null,
  breaker: new Breakers().status('words'),
  isDemoted: false,
};

function partsOf(more: Partial<StatusParts> = {}): StatusParts {
  return {
    name: 'spam',
    suiteVersion: 's',
    stateVersion: 't',
    since: new Date('2026-01-02T03:04:05.000Z'),
    workers: 2,
    lock: 'none',
    state: EMPTY_STATE,
    queue: { online: 0, batch: 0, limit: 1024 },
    members: [MEMBER],
    guard: [],
    counters: new SuiteCounters(),
    ...more,
  };
}

describe('suiteStatus', () => {
  it('is plain data of a suite that has not judged yet', () => {
    const status = suiteStatus(partsOf());
    expect(JSON.parse(JSON.stringify(status))).toEqual(status);
    expect(status).toMatchObject({
      since: '2026-01-02T03:04:05.000Z',
      queue: { refused: 0 },
      batchMs: null,
      members: [{ member: 'words', mode: 'active', rollout: 100, judged: 0, timeMs: null, guard: null }],
    });
  });

  it('shows a version that the guard took out as a shadow', () => {
    const [member] = suiteStatus(partsOf({ members: [{ ...MEMBER, isDemoted: true }] })).members;
    expect(member).toMatchObject({ mode: 'shadow', rollout: 0 });
  });

  it('has an observed rate as soon as an example counted', () => {
    const guard = new Guard({ members: [{ name: 'words', version: '1.0.0', rate: 0.01 }] });
    const rateOf = () => suiteStatus(partsOf({ guard: guard.status() })).members[0]?.guard;
    expect(rateOf()).toEqual({ declaredRate: 0.01, observedRate: null, alarmed: false });
    const judgement = { member: 'words', version: '1.0.0', mode: 'active', score: 1, threshold: 0, timeMs: 0 } as const;
    guard.observe('a', [{ ...judgement, judgement: 'positive' }]);
    guard.observe('b', [{ ...judgement, judgement: 'negative' }]);
    expect(rateOf()).toEqual({ declaredRate: 0.01, observedRate: 0.5, alarmed: false });
  });
});
