import { describe, expect, it } from 'vitest';
import { boundaryFaults } from './boundaries.ts';

type Graph = Parameters<typeof boundaryFaults>[0];

const LAYERS: { readonly [project: string]: readonly string[] } = {
  spam: ['layer:suite', 'suite:spam'],
  fraud: ['layer:suite', 'suite:fraud'],
  words: ['layer:member', 'suite:spam'],
  urls: ['layer:member', 'suite:spam'],
  leaf: ['layer:leaf', 'suite:spam'],
  minilm: ['layer:encoder'],
  lost: ['layer:none'],
  web: [],
};

function faults(source: string, target: string, type: 'static' | 'implicit' = 'static'): string[] {
  const nodes = Object.entries(LAYERS).filter(([name]) => name === source || name === target);
  return boundaryFaults({
    nodes: Object.fromEntries(
      nodes.map(([name, tags]) => [name, { name, type: 'lib', data: { root: `x/${name}`, tags: [...tags] } }]),
    ) as Graph['nodes'],
    dependencies: { [source]: [{ source, target, type }] },
  });
}

describe('boundaryFaults', () => {
  it.each([
    ['words', 'spam'],
    ['words', 'minilm'],
    ['leaf', 'words'],
    ['web', 'words'],
  ])('lets %s import %s', (source, target) => {
    expect(faults(source, target)).toEqual([]);
  });

  it.each([
    ['words', 'urls', 'words (member) imports urls (member)'],
    ['words', 'leaf', 'words (member) imports leaf (leaf)'],
    ['spam', 'words', 'spam (suite) imports words (member)'],
    ['words', 'web', 'words (member) imports web (host)'],
    ['words', 'fraud', 'words imports fraud, the suite of others'],
    ['minilm', 'spam', 'minilm (encoder) imports spam (suite)'],
  ])('does not let %s import %s', (source, target, message) => {
    expect(faults(source, target)).toEqual([expect.stringContaining(message)]);
  });

  it('reports a package that has no place on the map', () => {
    expect(faults('lost', 'lost')).toEqual([expect.stringContaining('lost (x/lost) has no layer')]);
  });

  it('does not take what is inferred for an import', () => {
    expect(faults('spam', 'words', 'implicit')).toEqual([]);
  });
});
