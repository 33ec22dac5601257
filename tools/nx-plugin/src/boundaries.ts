import type { ProjectGraph } from '@nx/devkit';
import { ALLOWED, NO_LAYER } from './layers.ts';

/**
 * Every arrow of the project graph that the map does not have, one sentence each.
 *
 * Static, dynamic, type-only and relative imports are all edges of the graph, declared or not, and so are dependencies that only
 * a package.json declares. A project without a layer is a host: it may import anything, and no model may import it.
 *
 * @returns Empty when the workspace keeps to the map.
 */
export function boundaryFaults(graph: Pick<ProjectGraph, 'nodes' | 'dependencies'>): string[] {
  const tag = (project: string, prefix: string): string | undefined =>
    graph.nodes[project]?.data.tags?.find((each) => each.startsWith(prefix))?.slice(prefix.length);
  const allowed: { readonly [layer: string]: readonly string[] } = ALLOWED;
  const faults: string[] = [];
  for (const [project, { data }] of Object.entries(graph.nodes)) {
    const layer = tag(project, 'layer:') ?? 'host';
    if (layer === NO_LAYER) {
      faults.push(`${project} (${data.root}) has no layer: give it a "clamor" marker or a folder that is on the map.`);
      continue;
    }
    for (const { target, type } of graph.dependencies[project] ?? []) {
      // A leaf depends on the members of its suite without naming one.
      if (target === project || graph.nodes[target] === undefined || type === 'implicit') continue;
      const to = tag(target, 'layer:') ?? 'host';
      // Every tsup.config.ts reads the preset; oxlint keeps it out of the sources.
      if (to === 'build' || to === NO_LAYER || data.root === '.' || graph.nodes[target].data.root === '.') continue;
      if (!(allowed[layer] ?? []).includes(to)) {
        faults.push(
          `${project} (${layer}) imports ${target} (${to}); allowed: ${allowed[layer]?.join(', ') || 'nothing'}.`,
        );
      } else if (layer === 'member' && to === 'suite' && tag(project, 'suite:') !== tag(target, 'suite:')) {
        faults.push(`${project} imports ${target}, the suite of others; a member imports its own suite only.`);
      }
    }
  }
  return faults;
}
