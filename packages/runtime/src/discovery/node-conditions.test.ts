import { describe, expect, it } from 'vitest';
import { nodeConditions } from './node-conditions.ts';

describe('nodeConditions', () => {
  it('are those of both spellings, in their order', () => {
    expect(
      nodeConditions(['--conditions=@acme/source', '--inspect', '-C', 'development', '--conditions', 'x']),
    ).toEqual(['@acme/source', 'development', 'x']);
  });

  it('are none without a condition', () => {
    expect(nodeConditions(['--no-warnings', 'conditions=x', ''])).toEqual([]);
  });
});
