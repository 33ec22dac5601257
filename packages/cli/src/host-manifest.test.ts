import { describe, expect, it } from 'vitest';

import { withDependencies } from './host-manifest.ts';
import type { RollbackStep } from './rollback-plan.ts';

function step(name: string, spec: string | null): RollbackStep {
  return { kind: spec === null ? 'remove' : 'install', name, package: name, from: null, to: null, spec };
}

describe('withDependencies', () => {
  it('keeps the indentation, the order of fields and the line feed at the end', () => {
    const text = '{\n\t"name": "host",\n\t"dependencies": {\n\t\t"a": "^1.0.0"\n\t},\n\t"private": true\n}\n';
    expect(withDependencies(text, [step('a', '1.0.0')])).toBe(text.replace('^1.0.0', '1.0.0'));
    expect(withDependencies('{"dependencies":{"a":"^1.0.0"}}', [step('a', '1.0.0')])).toBe(
      '{"dependencies":{"a":"1.0.0"}}',
    );
  });

  it('changes a dependency in the section where it is declared', () => {
    const text = '{"dependencies":{"a":"1"},"optionalDependencies":{"b":"1"}}';
    expect(withDependencies(text, [step('b', '2')])).toBe(
      '{"dependencies":{"a":"1"},"optionalDependencies":{"b":"2"}}',
    );
    expect(withDependencies(text, [step('a', null), step('b', null)])).toBe(
      '{"dependencies":{},"optionalDependencies":{}}',
    );
  });

  it('adds a new one to the dependencies, also when there are none yet', () => {
    expect(withDependencies('{"name":"host"}', [step('a', '1.0.0')])).toBe(
      '{"name":"host","dependencies":{"a":"1.0.0"}}',
    );
  });
});
