import { readFileSync } from 'node:fs';

import { POLICY_SCHEMA } from '@clamor/contract';
import { describe, expect, it } from 'vitest';

import { suite } from './suite.ts';

describe('suite', () => {
  it('is the suite that the marker in package.json names', () => {
    const { clamor } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect({ kind: suite.kind, suite: suite.name, contract: suite.contract }).toEqual({
      kind: clamor.kind,
      suite: clamor.suite,
      contract: clamor.contract,
    });
  });
  it('reads .eml and .mbox files', () => {
    expect(suite.formats.flatMap(({ extensions }) => extensions)).toEqual(['.eml', '.mbox', '.mbx']);
  });
});

describe('assets/policy.json', () => {
  it('has exactly the fields of the contract, each in its range', () => {
    const policy = JSON.parse(readFileSync(new URL('../assets/policy.json', import.meta.url), 'utf8'));
    expect(Object.keys(policy).toSorted()).toEqual((POLICY_SCHEMA['required'] as string[]).toSorted());
    expect(policy).toMatchObject({
      precisionFloor: 0.99,
      uniquePrecisionFloor: 0.9,
      lossBudget: 0.005,
      harmConfidence: 0.9,
      meritConfidence: 0.8,
      required: [],
      whenUndetermined: 'negative',
      labelMaturityDays: 14,
    });
  });
});
