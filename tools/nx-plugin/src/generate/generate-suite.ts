import { type WorkspaceFiles, jsonFile } from './files.ts';
import { type GeneratedPackage, houseFiles, ownTools } from './generate-member.ts';
import { readHouse, toolDependencies, versionRange } from './house.ts';
import { checkName, checkPlace, chooseScope } from './names.ts';
import { manifestOf } from './package-json.ts';
import { renderTemplates } from './render.ts';
import { readWorkspace } from './workspace.ts';

/** What {@link generateSuite} takes. */
export interface SuiteOptions {
  /** Name of the suite, for example `spam`. */
  readonly name: string;
  /** Team that ships it; default `<name>-core`. */
  readonly owner?: string | undefined;
  /** Scope of its packages; default that of the workspace's packages, or of its root. */
  readonly scope?: string | undefined;
}

const VERSION = '0.1.0';

/**
 * The files of a new suite: models/<name>/suite and its evaluation leaf models/<name>/evaluation. Writes nothing.
 *
 * @throws {NxError} `GENERATE_NAME_INVALID`, `GENERATE_NAME_TAKEN`, `GENERATE_WORKSPACE_INVALID`
 */
export function generateSuite(files: WorkspaceFiles, options: SuiteOptions): GeneratedPackage[] {
  const { name: suiteName, owner = `${options.name}-core` } = options;
  checkName('suite', suiteName);
  const workspace = readWorkspace(files);
  const scope = chooseScope(workspace, options.scope);
  const house = readHouse(files, scope);
  const suite = { dir: `models/${suiteName}/suite`, name: `@${scope}/${suiteName}` };
  const leaf = { dir: `models/${suiteName}/evaluation`, name: `@${scope}/${suiteName}-evaluation` };
  for (const place of [suite, leaf]) checkPlace({ files, workspace }, place);
  const license = workspace.manifest.license ?? 'UNLICENSED';
  const common = { version: VERSION, license, isPrivate: true };
  const devDependencies = toolDependencies(workspace, ownTools(house));
  const contract = { '@clamor/contract': versionRange(workspace, '@clamor/contract') };
  const suiteManifest = {
    ...common,
    name: suite.name,
    description: `The ${suiteName} suite: what an example is, how it is parsed, and what the suite promises.`,
    clamor: { kind: 'suite', suite: suiteName, contract: 1, owner },
    exports: { './policy.json': './assets/policy.json' },
    peerDependencies: contract,
    devDependencies,
  };
  const leafManifest = {
    ...common,
    name: leaf.name,
    description: `Measures the ${suiteName} suite: its dataset and splits.`,
    clamor: { kind: 'evaluation', suite: suiteName, contract: 1, owner },
    files: ['dist', 'data'],
    dependencies: {
      ...contract,
      '@clamor/store': versionRange(workspace, '@clamor/store'),
      [suite.name]: `^${VERSION}`,
    },
    devDependencies,
  };
  const values = { suiteName, suitePackage: suite.name, license, condition: house.condition };
  return [
    {
      ...suite,
      files: [
        jsonFile(`${suite.dir}/package.json`, manifestOf(suiteManifest, house)),
        ...houseFiles(house, suite.dir),
        ...renderTemplates('suite', suite.dir, { ...values, packageName: suite.name }),
      ],
    },
    {
      ...leaf,
      files: [
        jsonFile(`${leaf.dir}/package.json`, manifestOf(leafManifest, house)),
        ...houseFiles(house, leaf.dir),
        ...renderTemplates('evaluation', leaf.dir, { ...values, packageName: leaf.name }),
      ],
    },
  ];
}
