import type { ProjectGraph } from '@nx/devkit';
import { ALLOWED } from './layers.ts';

/**
 * Every arrow of the project graph that the map does not have, one sentence each.
 *
 * Static, dynamic, type-only and relative imports are all edges of the graph, and so are dependencies that only a
 * package.json declares.
 *
 * @returns Empty when the workspace keeps to the map.
 */
export function boundaryFaults(graph: Pick<ProjectGraph, 'nodes' | 'dependencies'>): string[] {
  const tag = (project: string, prefix: string): string | undefined =>
    graph.nodes[project]?.data.tags?.find((each) => each.startsWith(prefix))?.slice(prefix.length);
  const allowed: { readonly [layer: string]: readonly string[] } = ALLOWED;
  const faults: string[] = [];
  for (const [project, { data }] of Object.entries(graph.nodes)) {
    if (data.root === '.') continue;
    const layer = tag(project, 'layer:');
    if (layer === undefined || allowed[layer] === undefined) {
      faults.push(`${project} (${data.root}) has no layer: give it a "clamor" marker or a folder that is on the map.`);
      continue;
    }
    for (const { target } of graph.dependencies[project] ?? []) {
      const to = tag(target, 'layer:');
      // Every tsup.config.ts reads the preset; oxlint keeps it out of the sources.
      if (to === undefined || to === 'build' || target === project) continue;
      if (!allowed[layer].includes(to)) {
        faults.push(
          `${project} (${layer}) imports ${target} (${to}); allowed: ${allowed[layer].join(', ') || 'nothing'}.`,
        );
      } else if (layer === 'member' && to === 'suite' && tag(project, 'suite:') !== tag(target, 'suite:')) {
        faults.push(`${project} imports ${target}, the suite of others; a member imports its own suite only.`);
      }
    }
  }
  return faults;
}
