import { join } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import type { InferenceContext } from './infer-targets.ts';
import { readRoot } from './root.ts';
import { type WorkspacePackage, hasFile, sourceCondition } from './workspace-package.ts';

/** What of a package decides what it computes: code without its tests, assets, and what its package.json declares. */
const CODE = ['src/**/*', '!src/**/*.test.ts', '!src/**/*.test-d.ts', 'assets/**/*', 'package.json'];
/** What of a leaf is the data: what it reads and how, not what was stored or asked. */
const DATA = ['src/**/*', '!src/**/*.test.ts', 'data/**/*', '!data/columns/**/*', 'package.json'];

/** Where `score` leaves the columns of a member, below the root. */
const COLUMNS = '.clamor/columns';

/**
 * The targets of a member.
 *
 * `score`: its column over the datasets of its suite; cached, by exactly its own code, its encoder's, the suite's, and the data.
 * `gate` and `compare`: never cached, since they look at the log of evidence, at git or at a registry. `train`: with
 * training/train.ts, or with training/recipe.json where the plugin is told what trains it; never cached, since its data may
 * stand outside.
 */
export function memberTargets(
  member: WorkspacePackage,
  { workspaceRoot, packages, options }: InferenceContext,
): { [name: string]: TargetConfiguration } {
  const { root, manifest } = member;
  const name = manifest.name ?? root;
  const suite = manifest.clamor?.suite ?? '';
  const read = related(member, packages);
  const external = read.flatMap((each) => externalOf(each, packages));
  // The command clamor imports what is built, unless it runs from sources itself.
  const built = readRoot(workspaceRoot).runsFromSources ? {} : { dependsOn: buildsOf([member, ...read]) };
  const inputs = [
    ...CODE.map((file) => below('{projectRoot}', file)),
    ...read.flatMap((each) =>
      (each.manifest.clamor?.kind === 'evaluation' ? DATA : CODE).map((file) =>
        below(`{workspaceRoot}/${each.root}`, file),
      ),
    ),
    { externalDependencies: [...new Set([...externalOf(member, packages), ...external])].toSorted() },
  ];
  const short = root.slice(root.lastIndexOf('/') + 1);
  const targets: { [target: string]: TargetConfiguration } = {
    score: {
      ...command(`clamor score ${name}`),
      ...built,
      cache: true,
      inputs,
      outputs: [`{workspaceRoot}/${COLUMNS}/${suite}/${short}`],
    },
    gate: { ...command(`clamor gate ${name}`), ...built, cache: false },
    compare: {
      ...command(`clamor compare ${name} --against git:${readRoot(workspaceRoot).defaultBase}`),
      ...built,
      cache: false,
    },
  };
  const train = trainCommand(member, { workspaceRoot, options });
  if (train !== null)
    targets['train'] = { ...train, cache: false, outputs: ['{projectRoot}/assets', '{projectRoot}/README.md'] };
  return targets;
}

/** The suite of a member, its encoder and the leaf of its suite, as far as they are packages of the workspace. */
function related({ manifest, encoder }: WorkspacePackage, packages: readonly WorkspacePackage[]): WorkspacePackage[] {
  const ofSuite = (kind: string) =>
    packages.filter(
      (each) => each.manifest.clamor?.kind === kind && each.manifest.clamor.suite === manifest.clamor?.suite,
    );
  const encoders = packages.filter((each) => encoder !== null && each.manifest.name === encoder);
  return [...ofSuite('suite'), ...encoders, ...ofSuite('evaluation')];
}

/** Third-party packages that a package declares: their versions decide, too. */
function externalOf({ manifest }: WorkspacePackage, packages: readonly WorkspacePackage[]): string[] {
  const own = new Set(packages.map((each) => each.manifest.name));
  return Object.keys(manifest.dependencies ?? {}).filter((name) => !own.has(name));
}

function buildsOf(packages: readonly WorkspacePackage[]): NonNullable<TargetConfiguration['dependsOn']> {
  const projects = packages.flatMap(({ manifest }) => (manifest.name === undefined ? [] : [manifest.name]));
  return [{ target: 'build', projects }];
}

function trainCommand(
  { root, manifest }: WorkspacePackage,
  { workspaceRoot, options }: Pick<InferenceContext, 'workspaceRoot' | 'options'>,
): TargetConfiguration | null {
  const dir = join(workspaceRoot, root);
  if (hasFile(dir, 'training/train.ts')) {
    return command(`node --conditions=${sourceCondition(manifest)} ${root}/training/train.ts`);
  }
  if (options.recipeCommand !== undefined && hasFile(dir, 'training/recipe.json'))
    return command(options.recipeCommand);
  return null;
}

function command(line: string): TargetConfiguration {
  return { executor: 'nx:run-commands', options: { command: line, cwd: '.' } };
}

function below(folder: string, pattern: string): string {
  return pattern.startsWith('!') ? `!${folder}/${pattern.slice(1)}` : `${folder}/${pattern}`;
}
