import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { followingBump, largerBump, type ObservedChange, saysEnough } from './version-bump.ts';
import type { VersionFacts } from './version-facts.ts';

const FACTS: VersionFacts = {
  package: '@clamor/spam-words',
  version: '1.2.0',
  kind: 'classifier',
  suite: 'spam',
  contract: 1,
  mode: 'active',
  suiteRange: '^1.0.0',
  contractRange: '^1.0.0',
  inputs: 'text: kind encoded, width 384',
  encoder: '@clamor/encoder-minilm',
  encoderRange: '^1.0.0',
  abstains: false,
  threshold: 0.5,
  width: null,
  policy: null,
};
const SAME: ObservedChange = { judgements: 0, needs: 0, outputs: 0 };

const bumpOf = (change: Partial<VersionFacts>, observed: Partial<ObservedChange> = {}) => {
  const { bump, causes } = followingBump(FACTS, { ...FACTS, ...change }, { ...SAME, ...observed });
  return [bump, causes.map(({ what }) => what)];
};

const formats = (before: readonly string[], after: readonly string[]) => ({ formats: { before, after } });

describe('followingBump', () => {
  it('is a patch where judgements are the same, whatever else is new', () => {
    expect(bumpOf({ version: '1.3.0', threshold: 0.4 })).toEqual(['patch', []]);
  });

  it('is minor where judgements changed', () => {
    expect(bumpOf({}, { judgements: 1 })).toEqual(['minor', ['judgements']]);
  });

  it.each<[string, Partial<VersionFacts>]>([
    ['suite', { suite: 'fraud' }],
    ['contract', { contract: 2 }],
    ['contract range', { contractRange: '^2.0.0' }],
    ['suite range', { suiteRange: '^2.0.0' }],
    ['suite range', { suiteRange: '^1.1.0' }],
    ['suite range', { suiteRange: null }],
    ['suite range', { suiteRange: 'workspace:*' }],
    ['inputs', { inputs: 'text: kind encoded, width 768' }],
    ['encoder', { encoder: null, encoderRange: null }],
    ['encoder range', { encoderRange: '^2.0.0' }],
    ['abstaining', { abstains: true }],
    ['width', { width: 384 }],
  ])('is major where a host or an example must bring something else: %s', (what, change) => {
    expect(bumpOf(change)).toEqual(['major', [what]]);
  });

  it('is minor where a range admits more, as in a migration without a flag day', () => {
    expect(bumpOf({ suiteRange: '^1.0.0 || ^2.0.0' })).toEqual(['minor', ['suite range']]);
    expect(bumpOf({ contractRange: '>=1.0.0' })).toEqual(['minor', ['contract range']]);
  });

  it('does not mind a range that says the same in other words, or a later patch of the encoder', () => {
    expect(bumpOf({ suiteRange: '>=1.0.0 <2.0.0-0', encoderRange: '^1.0.1' })).toEqual(['patch', []]);
  });

  it('is major where it abstains on what it judged before: an example must have more', () => {
    expect(bumpOf({}, { judgements: 3, needs: 1 })).toEqual(['major', ['needs', 'judgements']]);
  });

  it('is major for any bit of an output, minor for a policy or the mode that it starts in', () => {
    expect(bumpOf({}, { outputs: 1 })).toEqual(['major', ['outputs']]);
    expect(bumpOf({ policy: 'lossBudget 0.01' })).toEqual(['minor', ['policy']]);
    expect(bumpOf({ mode: 'shadow' })).toEqual(['minor', ['mode']]);
  });

  it('is major for a format that is read no more, minor for one more', () => {
    expect(bumpOf({}, formats(['eml .eml', 'mbox .mbox'], ['mbox .mbox']))).toEqual(['major', ['formats']]);
    expect(bumpOf({}, formats(['mbox .mbox'], ['eml .eml', 'mbox .mbox']))).toEqual(['minor', ['formats']]);
    expect(bumpOf({}, formats(['mbox .mbox'], ['mbox .mbox']))).toEqual(['patch', []]);
  });

  it('goes by what is declared where nothing could be run', () => {
    expect(followingBump(FACTS, { ...FACTS, contract: 2 }, null)).toEqual({
      bump: 'major',
      causes: [{ bump: 'major', what: 'contract', was: '1', now: '2' }],
    });
  });

  it('never asks for less when more has changed', () => {
    const change = fc.record(
      {
        suite: fc.constant('fraud'),
        abstains: fc.constant(true),
        suiteRange: fc.constantFrom('^2.0.0', '*'),
        policy: fc.constant('x'),
      },
      { requiredKeys: [] },
    );
    const observed = fc.record({ judgements: fc.nat(2), needs: fc.nat(2), outputs: fc.nat(2) });
    fc.assert(
      fc.property(change, observed, (facts, seen) => {
        const all = followingBump(FACTS, { ...FACTS, ...facts }, seen);
        const declared = followingBump(FACTS, { ...FACTS, ...facts }, null);
        const shown = followingBump(FACTS, FACTS, seen);
        expect(all.bump).toBe(largerBump(declared.bump, shown.bump));
        expect(saysEnough(all.bump, declared.bump)).toBe(true);
      }),
    );
  });
});
