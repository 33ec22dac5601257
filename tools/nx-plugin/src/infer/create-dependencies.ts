import type { CreateDependencies, RawProjectGraphDependency } from '@nx/devkit';
import type { PluginOptions } from './plugin-options.ts';

interface Tagged {
  readonly tags?: string[] | undefined;
}

/**
 * The evaluation leaf of a suite measures whatever members there are, and names none: its dependency on each is inferred, so that
 * touching a member runs the leaf. Members know nothing of the leaf, so there is no cycle.
 */
export const createDependencies: CreateDependencies<PluginOptions> = (_options, { projects }) =>
  leafDependencies(projects) as RawProjectGraphDependency[];

/**
 * An implicit dependency from each leaf to each member of its suite, by tags.
 *
 * @example
 * leafDependencies({
 *   leaf: { tags: ['layer:leaf', 'suite:spam'] },
 *   words: { tags: ['layer:member', 'suite:spam'] },
 * }) // [{ source: 'leaf', target: 'words', type: 'implicit' }]
 */
export function leafDependencies(projects: {
  readonly [name: string]: Tagged;
}): { readonly source: string; readonly target: string; readonly type: 'implicit' }[] {
  const all = Object.entries(projects);
  const leaves = all.filter(([, { tags = [] }]) => tags.includes('layer:leaf'));
  return leaves.flatMap(([source, leaf]) => {
    const suite = leaf.tags?.find((tag) => tag.startsWith('suite:'));
    const members = all.filter(
      ([, { tags = [] }]) => tags.includes('layer:member') && suite !== undefined && tags.includes(suite),
    );
    return members.map(([target]) => ({ source, target, type: 'implicit' as const }));
  });
}
