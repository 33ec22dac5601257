import { join } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import type { InferenceContext } from './infer-targets.ts';
import { readRoot } from './root.ts';
import { type WorkspacePackage, hasFile, sourceCondition } from './workspace-package.ts';

/** What of a package decides what it computes: code without its tests, assets, and what its package.json declares. */
const CODE = ['src/**/*', '!src/**/*.test.ts', '!src/**/*.test-d.ts', 'assets/**/*', 'package.json'];
/** What of a leaf is the data: what it reads and how, not what was stored or asked. */
const DATA = ['src/**/*', '!src/**/*.test.ts', 'data/**/*', '!data/columns/**/*', 'package.json'];

/** Where `score` leaves columns and the command clamor looks for them, below the root: `<suite>/<split>/<member>`. */
const COLUMNS = '.clamor/columns';
/** What runs members, reads examples and writes columns: the versions are part of a column's key, the code is not. */
const GRAPHS = '@clamor/onnx';
const ENGINE = ['@clamor/contract', GRAPHS, '@clamor/runtime', '@clamor/store'];

/**
 * The targets of a member.
 *
 * `score`: its columns over the splits that it is measured on; cached, by exactly its own code, its encoder's, the suite's, the data and
 * what runs it. `gate`: after `score` of its own and of the members that count beside it. `gate` and `compare` are never cached,
 * since they look at the log of evidence, at git or at a registry. `train`: with training/train.ts, or with training/recipe.json
 * where the plugin is told what trains it; never cached, since its data may stand outside.
 */
export function memberTargets(
  member: WorkspacePackage,
  context: InferenceContext,
): { [name: string]: TargetConfiguration } {
  const { workspaceRoot, packages } = context;
  const { manifest } = member;
  const name = nameOf(member);
  const suite = manifest.clamor?.suite ?? '';
  const { runsFromSources, defaultBase } = readRoot(workspaceRoot);
  const siblings = packages.filter((each) => isOfSuite(each, 'classifier', suite) && each.root !== member.root);
  // The command clamor imports what is built, unless it runs from sources itself.
  const builds = (each: readonly WorkspacePackage[]): DependsOn =>
    runsFromSources ? [] : [{ target: 'build', projects: [...new Set(each.map(nameOf))] }];
  const readBy = (each: WorkspacePackage): WorkspacePackage[] => [each, ...related(each, packages)];
  // One in shadow is not measured beside others, so nobody waits for its scores.
  const measured = siblings.filter((each) => each.manifest.clamor?.mode !== 'shadow').map(nameOf);
  const targets: { [target: string]: TargetConfiguration } = {
    score: {
      ...command(`clamor score ${suite} --member ${name} --out ${COLUMNS}/${suite}`),
      dependsOn: builds(readBy(member)),
      cache: true,
      inputs: scoreInputs(member, context),
      outputs: ['json', 'parquet'].map((type) => `{workspaceRoot}/${COLUMNS}/${suite}/*/${shortName(member)}.${type}`),
    },
    gate: {
      ...command(`clamor gate ${name}`),
      dependsOn: [
        ...builds([member, ...siblings].flatMap(readBy)),
        'score',
        ...(measured.length === 0 ? [] : [{ target: 'score', projects: measured }]),
      ],
      cache: false,
    },
    compare: {
      ...command(`clamor compare ${name} --against git:${defaultBase}`),
      dependsOn: builds([member, ...siblings].flatMap(readBy)),
      cache: false,
    },
  };
  const train = trainCommand(member, context);
  if (train !== null)
    targets['train'] = { ...train, cache: false, outputs: ['{projectRoot}/assets', '{projectRoot}/README.md'] };
  return targets;
}

type DependsOn = NonNullable<TargetConfiguration['dependsOn']>;

/**
 * What decides the columns of a member. Versions of other packages are part of the key of a column, so they are of what the cache
 * goes by, too: a column of another key is of no use to the command clamor.
 */
function scoreInputs(
  member: WorkspacePackage,
  { workspaceRoot, packages }: InferenceContext,
): NonNullable<TargetConfiguration['inputs']> {
  const own = new Map(packages.map((each) => [each.manifest.name, each]));
  const read = related(member, packages);
  const engine = ENGINE.flatMap((name) => own.get(name) ?? []);
  // Of a leaf it is the examples that count, and what it takes them from.
  const keyed = [
    member,
    ...read.filter((each) => !isLeaf(each)),
    ...engine.filter(({ manifest }) => manifest.name === GRAPHS),
  ];
  const files = [
    ...CODE.map((file) => below('{projectRoot}', file)),
    ...[...read, ...engine].flatMap((each) =>
      (isLeaf(each) ? DATA : CODE).map((file) => below(`{workspaceRoot}/${each.root}`, file)),
    ),
    ...keyed.flatMap(declaredBy).flatMap((name) => {
      const found = own.get(name);
      return found === undefined ? [] : [`{workspaceRoot}/${found.root}/package.json`];
    }),
  ];
  const external = [...ENGINE, ...[...keyed, ...read].flatMap(declaredBy)].filter(
    (name) => !own.has(name) && hasFile(workspaceRoot, `node_modules/${name}/package.json`),
  );
  return [...new Set(files), { externalDependencies: [...new Set(external)].toSorted() }];
}

function declaredBy({ manifest }: WorkspacePackage): string[] {
  return Object.keys({ ...manifest.peerDependencies, ...manifest.dependencies });
}

function isLeaf({ manifest }: WorkspacePackage): boolean {
  return manifest.clamor?.kind === 'evaluation';
}

/** The suite of a member, its encoder and the leaf of its suite, as far as they are packages of the workspace. */
function related({ manifest, encoder }: WorkspacePackage, packages: readonly WorkspacePackage[]): WorkspacePackage[] {
  const suite = manifest.clamor?.suite ?? '';
  return [
    ...packages.filter((each) => isOfSuite(each, 'suite', suite)),
    ...packages.filter((each) => encoder !== null && each.manifest.name === encoder),
    ...packages.filter((each) => isOfSuite(each, 'evaluation', suite)),
  ];
}

function isOfSuite({ manifest: { clamor } }: WorkspacePackage, kind: string, suite: string): boolean {
  return clamor?.kind === kind && clamor.suite === suite;
}

function nameOf({ root, manifest }: WorkspacePackage): string {
  return manifest.name ?? root;
}

/** Name of a member as `clamor` has it, also of the files of its columns: of the package, without scope and prefix of the suite. */
function shortName({ root, manifest: { name = root, clamor } }: WorkspacePackage): string {
  const bare = name.slice(name.indexOf('/') + 1);
  const prefix = `${clamor?.suite ?? ''}-`;
  return bare.startsWith(prefix) && bare.length > prefix.length ? bare.slice(prefix.length) : bare;
}

function trainCommand(
  member: WorkspacePackage,
  { workspaceRoot, options }: Pick<InferenceContext, 'workspaceRoot' | 'options'>,
): TargetConfiguration | null {
  const { root, manifest } = member;
  const dir = join(workspaceRoot, root);
  if (hasFile(dir, 'training/train.ts')) {
    return command(`node --conditions=${sourceCondition(manifest)} ${root}/training/train.ts`);
  }
  if (options.recipeCommand !== undefined && hasFile(dir, 'training/recipe.json'))
    return command(options.recipeCommand.replaceAll('{member}', shortName(member)));
  return null;
}

function command(line: string): TargetConfiguration {
  return { executor: 'nx:run-commands', options: { command: line, cwd: '.' } };
}

function below(folder: string, pattern: string): string {
  return pattern.startsWith('!') ? `!${folder}/${pattern.slice(1)}` : `${folder}/${pattern}`;
}
