import type { Verdict } from '@clamor/runtime';
import { describe, expect, it } from 'vitest';
import { FAULTS } from './faults.ts';
import { Inspector } from './inspector.ts';
import type { Answer } from './oracle.ts';

const ANSWERS = new Map<string, Answer>([['hello', { judgement: 'negative', score: 0 }]]);
const SOUND = [{ member: 'cash', version: '1.0.0', answers: ANSWERS }];
const INSTALLED = new Map([['cash', ['1.0.0']]]);

function verdict(stateVersion: string): Verdict {
  return {
    key: 'k',
    outcome: 'negative',
    decision: false,
    positives: [],
    judgements: [
      { member: 'cash', version: '1.0.0', mode: 'active', judgement: 'negative', score: 0, threshold: 1, timeMs: 0 },
    ],
    degraded: [],
    suiteVersion: 'suite',
    stateVersion,
    full: true,
  };
}

describe('Inspector', () => {
  it('waits with a verdict until its world is announced', () => {
    const inspector = new Inspector(SOUND, FAULTS);
    inspector.receive({ verdict: verdict('new'), text: 'hello', revision: 0 });
    expect(inspector.sound.judgements).toBe(0);
    inspector.announceInstallation('suite', INSTALLED);
    inspector.announceState('new', { revision: 1, wishes: new Map() });
    expect(inspector.sound.judgements).toBe(1);
    inspector.end();
    expect(inspector.violations.size).toBe(0);
  });

  it('reports a verdict from a world that never was', () => {
    const inspector = new Inspector(SOUND, FAULTS);
    inspector.receive({ verdict: verdict('unheard of'), text: 'hello', revision: 0 });
    inspector.end();
    expect([...inspector.violations.keys()]).toEqual([expect.stringContaining('never was')]);
  });

  it('reports a verdict from before a change that was acknowledged before it was asked', () => {
    const inspector = new Inspector(SOUND, FAULTS);
    inspector.announceInstallation('suite', INSTALLED);
    inspector.announceState('old', { revision: 1, wishes: new Map() });
    inspector.receive({ verdict: verdict('old'), text: 'hello', revision: 1 });
    inspector.receive({ verdict: verdict('old'), text: 'hello', revision: 2 });
    inspector.end();
    expect([...inspector.violations.keys()]).toEqual(['is of revision 1, asked after 2']);
  });

  it('takes a state that comes again for the newer one', () => {
    const inspector = new Inspector(SOUND, FAULTS);
    inspector.announceInstallation('suite', INSTALLED);
    inspector.announceState('same', { revision: 1, wishes: new Map() });
    inspector.receive({ verdict: verdict('same'), text: 'hello', revision: 2 });
    inspector.announceState('same', { revision: 3, wishes: new Map() });
    inspector.end();
    expect(inspector.violations.size).toBe(0);
  });

  it('counts what is violated often once, with where it was first', () => {
    const inspector = new Inspector(SOUND, FAULTS);
    for (const where of ['a', 'b']) inspector.report('is late', where);
    expect([...inspector.violations]).toEqual([['is late', { count: 2, first: 'a' }]]);
  });
});
