import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CreateNodes, TargetConfiguration } from '@nx/devkit';
import { layerOf } from './layers.ts';

interface Manifest {
  readonly name?: string;
  readonly scripts?: { readonly [name: string]: string };
  readonly clamor?: { readonly kind?: string; readonly suite?: string };
}

/**
 * Infers targets and tags of every workspace package from its shape, so that no package needs a project.json.
 *
 * Tags: `layer:<layer>` (see `layerOf`), and `suite:<name>` when the marker names a suite. Targets: `lint` always;
 * `typecheck` with a tsconfig.json; `test` with a *.test.ts; `build` with a tsup.config.ts; `bench` with a
 * bench/*.bench.ts. A script of the package's own of the same name wins.
 */
export const createNodes: CreateNodes = [
  '{packages/*,tools/*,models/*/*}/package.json',
  (manifests, _options, context) =>
    manifests.map((file) => {
      const root = dirname(file);
      const manifest = JSON.parse(readFileSync(join(context.workspaceRoot, file), 'utf8')) as Manifest;
      const targets = inferTargets(context.workspaceRoot, root);
      for (const script of Object.keys(manifest.scripts ?? {})) delete targets[script];
      return [file, { projects: { [root]: { root, tags: inferTags(root, manifest), targets } } }] as const;
    }),
];

function inferTags(root: string, { clamor }: Manifest): string[] {
  const layer = layerOf(root, clamor?.kind);
  return [...(layer === null ? [] : [`layer:${layer}`]), ...(clamor?.suite ? [`suite:${clamor.suite}`] : [])];
}

function inferTargets(workspaceRoot: string, root: string): { [name: string]: TargetConfiguration } {
  const absolute = join(workspaceRoot, root);
  const has = (pattern: string) => globSync(pattern, { cwd: absolute }).length > 0;
  const benches = globSync('bench/*.bench.ts', { cwd: absolute }).toSorted();
  const targets: { [name: string]: TargetConfiguration } = { lint: cached(`oxlint ${root}`) };
  if (existsSync(join(absolute, 'tsconfig.json')) && has('{src,test,bench}/**/*.ts')) {
    targets['typecheck'] = cached(`tsc -p ${root}/tsconfig.json`);
  }
  // The slash keeps packages/store from matching packages/store-something.
  if (has('{src,test}/**/*.test.ts')) targets['test'] = cached(`vitest run ${root}/`);
  if (existsSync(join(absolute, 'tsup.config.ts')) && has('src/index.ts')) {
    targets['build'] = { ...cached('tsup', root), outputs: ['{projectRoot}/dist'] };
  }
  if (benches.length > 0) {
    const commands = benches.map((file) => `node --conditions=@clamor/source ${root}/${file}`);
    targets['bench'] = { executor: 'nx:run-commands', cache: false, options: { commands, parallel: false, cwd: '.' } };
  }
  return targets;
}

function cached(command: string, cwd = '.'): TargetConfiguration {
  return {
    executor: 'nx:run-commands',
    cache: true,
    inputs: ['default', '^default', 'tooling'],
    outputs: [],
    options: { command, cwd },
  };
}
