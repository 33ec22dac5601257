import { describe, expect, it } from 'vitest';
import { leafDependencies } from './create-dependencies.ts';

const of = (layer: string, suite?: string) => ({
  tags: [`layer:${layer}`, ...(suite === undefined ? [] : [`suite:${suite}`])],
});

describe('leafDependencies', () => {
  it('goes from each leaf to the members of its own suite, and nowhere else', () => {
    const projects = {
      'spam-leaf': of('leaf', 'spam'),
      'fraud-leaf': of('leaf', 'fraud'),
      words: of('member', 'spam'),
      urls: of('member', 'spam'),
      amounts: of('member', 'fraud'),
      spam: of('suite', 'spam'),
      minilm: of('encoder'),
      web: {},
    };
    expect(leafDependencies(projects).map(({ source, target, type }) => `${source} ${type} ${target}`)).toEqual([
      'spam-leaf implicit words',
      'spam-leaf implicit urls',
      'fraud-leaf implicit amounts',
    ]);
  });
});
