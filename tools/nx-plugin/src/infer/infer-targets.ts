import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import { memberTargets } from './member-targets.ts';
import type { PluginOptions } from './plugin-options.ts';
import { type Root, readRoot } from './root.ts';
import { type WorkspacePackage, hasFile, sourceCondition } from './workspace-package.ts';

/** What {@link inferTargets} looks at besides the package. */
export interface InferenceContext {
  readonly workspaceRoot: string;
  /** All packages of the workspace. */
  readonly packages: readonly WorkspacePackage[];
  readonly options: PluginOptions;
}

/** Files of the root that a check reads. */
const TOOLING = [
  'tsconfig.base.json',
  'vitest.config.ts',
  'oxlint.config.ts',
  '.oxlintrc.json',
  'package-lock.json',
  'tools/build/**/*',
].map((file) => `{workspaceRoot}/${file}`);

/** What is built, and the log of queries, which every gate adds to. */
const NOT_READ = ['dist', 'evidence'].map((folder) => `!{projectRoot}/${folder}/**/*`);
/** What no build reads; data stand beside the code, and are read when it runs. */
const NOT_BUILT_FROM = ['data/**/*', '**/*.test.ts', 'README.md', 'CHANGELOG.md'].map(
  (file) => `!{projectRoot}/${file}`,
);

/**
 * The targets of a package.
 *
 * Of every package: `lint` where the root has oxlint or eslint; `typecheck` with a tsconfig.json; `test` with a *.test.ts;
 * `build` with a tsup.config.ts; `bench` with a bench/*.bench.ts. `pack-check` of one that has a marker and a build, or is
 * published. Of a member: see `memberTargets`.
 */
export function inferTargets(
  each: WorkspacePackage,
  context: InferenceContext,
): { [name: string]: TargetConfiguration } {
  const { root, manifest } = each;
  const dir = join(context.workspaceRoot, root);
  const house = readRoot(context.workspaceRoot);
  const targets: { [name: string]: TargetConfiguration } = {};
  if (house.linter !== null) targets['lint'] = check(`${house.linter} ${root}`);
  if (hasFile(dir, 'tsconfig.json') && hasFile(dir, '{src,test,bench}/**/*.ts')) {
    targets['typecheck'] = check(`tsc -p ${root}/tsconfig.json`);
  }
  if (hasFile(dir, '{src,test}/**/*.test.ts')) targets['test'] = testTarget(root, dir, house);
  if (hasFile(dir, 'tsup.config.ts') && hasFile(dir, 'src/index.ts')) {
    const build = check('tsup', '{projectRoot}');
    targets['build'] = { ...build, inputs: [...build.inputs!, ...NOT_BUILT_FROM], outputs: ['{projectRoot}/dist'] };
    if (manifest.clamor !== undefined || manifest.private !== true) targets['pack-check'] = packCheck(root);
  }
  const benches = globSync('bench/*.bench.ts', { cwd: dir }).toSorted();
  if (benches.length > 0) {
    const commands = benches.map((file) => `node --conditions=${sourceCondition(manifest)} ${root}/${file}`);
    targets['bench'] = { executor: 'nx:run-commands', cache: false, options: { commands, parallel: false, cwd: '.' } };
  }
  return manifest.clamor?.kind === 'classifier' ? { ...targets, ...memberTargets(each, context) } : targets;
}

/** A package with a vitest.config.ts of its own is tested there; else the root's picks its folder. */
function testTarget(root: string, dir: string, { hasVitestConfig }: Root): TargetConfiguration {
  if (hasFile(dir, 'vitest.config.ts') || !hasVitestConfig) return check('vitest run', '{projectRoot}');
  // The slash keeps packages/store from matching packages/store-something.
  return check(`vitest run ${root}/`);
}

function packCheck(root: string): TargetConfiguration {
  return {
    ...check(`clamor-workspace pack-check ${root}`),
    dependsOn: ['build'],
    inputs: ['{projectRoot}/**/*', { dependentTasksOutputFiles: '**/*' }, '{workspaceRoot}/package-lock.json'],
  };
}

/** A command whose result follows from the package, what it depends on, and the tooling of the root. */
function check(command: string, cwd = '.'): TargetConfiguration {
  return {
    executor: 'nx:run-commands',
    cache: true,
    inputs: ['default', ...NOT_READ, '^default', ...TOOLING],
    outputs: [],
    options: { command, cwd },
  };
}
