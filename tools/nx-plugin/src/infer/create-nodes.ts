import type { CreateNodes } from '@nx/devkit';
import { NO_LAYER, layerOf } from '../layers.ts';
import { inferTargets } from './infer-targets.ts';
import type { PluginOptions } from './plugin-options.ts';
import { type WorkspacePackage, readPackages } from './workspace-package.ts';

/**
 * Infers targets and tags of packages from their marker and shape, so that no package needs a project.json.
 *
 * Tags: `layer:<layer>` (see `layerOf`), and `suite:<name>` when the marker names a suite. Targets: see `inferTargets`; a script
 * of the package's own of the same name wins.
 */
export const createNodes: CreateNodes<PluginOptions> = [
  '**/package.json',
  (files, options, { workspaceRoot }) => {
    const packages = readPackages(files, { workspaceRoot, options: options ?? {} });
    return packages.map((each) => {
      const { root, manifest } = each;
      const targets = inferTargets(each, { workspaceRoot, packages, options: options ?? {} });
      for (const script of Object.keys(manifest.scripts ?? {})) delete targets[script];
      return [`${root}/package.json`, { projects: { [root]: { root, tags: inferTags(each), targets } } }] as const;
    });
  },
];

function inferTags({ root, manifest: { clamor } }: WorkspacePackage): string[] {
  const layer = layerOf(root, clamor?.kind);
  return [`layer:${layer ?? NO_LAYER}`, ...(clamor?.suite ? [`suite:${clamor.suite}`] : [])];
}
