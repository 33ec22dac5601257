import { describe, expect, it } from 'vitest';
import { inheritedArguments } from './inherited-arguments.ts';

describe('inheritedArguments', () => {
  it('keeps conditions, loaders and flags of V8, also those whose value is an argument of its own', () => {
    const all = ['--conditions', 'node', '--conditions', 'module', '--import=tsx', '--stack-size=2000'];
    expect(inheritedArguments(all)).toEqual(all);
  });

  it("leaves out the host's program and how it is written", () => {
    expect(inheritedArguments(['--input-type=module', '-e', 'run()', '--import=tsx'])).toEqual(['--import=tsx']);
    expect(inheritedArguments(['--input-type', 'module', '--print', '1'])).toEqual([]);
  });

  it("leaves out a debugger's port, watching and testing", () => {
    expect(inheritedArguments(['--inspect-brk=0', '--watch', '--test'])).toEqual([]);
  });
});
