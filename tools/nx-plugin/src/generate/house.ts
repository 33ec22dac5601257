import type { WorkspaceFiles } from './files.ts';
import { ownManifest } from './own-package.ts';
import { type Workspace } from './workspace.ts';

/** How packages of a workspace are built and checked. */
export interface House {
  /** Export condition under which packages of the workspace are their TypeScript sources: `@<scope>/source`. */
  readonly condition: string;
  /** Whether tsconfig.base.json and tools/build/tsup-preset.ts of the root are shared by all packages. */
  readonly hasShared: boolean;
  /** Whether a root vitest.config.* runs the tests of all packages. */
  readonly hasVitestConfig: boolean;
  /** Whether the root runs Nx with this plugin, so that targets are inferred and scripts are not wanted. */
  readonly infersTargets: boolean;
}

/** Looks at the root of a workspace. */
export function readHouse(files: WorkspaceFiles, scope: string): House {
  const condition = `@${scope}/source`;
  const base = files.read('tsconfig.base.json') ?? '';
  const hasShared = base.includes(`"${condition}"`) && files.exists('tools/build/tsup-preset.ts');
  const vitest = files.read('vitest.config.ts') ?? '';
  return {
    condition,
    hasShared,
    hasVitestConfig: vitest.includes(condition),
    infersTargets: /@clamor\/nx["']|nx-plugin/.test(files.read('nx.json') ?? ''),
  };
}

/** Development dependencies of a new package: those that the root does not have already. */
export function toolDependencies(workspace: Workspace, names: readonly string[]): { [name: string]: string } {
  const declared = { ...workspace.manifest.dependencies, ...workspace.manifest.devDependencies };
  const missing = names.filter((name) => !(name in declared)).toSorted();
  return Object.fromEntries(missing.map((name) => [name, versionRange(workspace, name)]));
}

/**
 * The range under which a new package declares another one: that of the workspace's own package, of the package that is
 * installed, or the one that this plugin was made with.
 */
export function versionRange({ packages }: Workspace, name: string): string {
  const known = packages.find(({ manifest }) => manifest.name === name);
  if (known?.manifest.version !== undefined) return `^${known.manifest.version}`;
  return ownManifest().devDependencies[name] ?? '*';
}
