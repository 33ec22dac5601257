import { type GeneratedFile, type WorkspaceFiles, jsonFile } from './files.ts';
import { isCovered, readWorkspace } from './workspace.ts';

const PATTERN = 'models/*/*';
const PLUGIN = '@clamor/nx';

/**
 * What a workspace needs once: models are workspaces, the install script of onnxruntime-node (which downloads what nobody
 * here needs) is not run, and Nx, where it is used, loads this plugin and sees every import.
 *
 * @returns The files that change: none when all of it holds.
 * @throws {NxError} `GENERATE_WORKSPACE_INVALID`
 */
export function generateInit(files: WorkspaceFiles): GeneratedFile[] {
  const { patterns } = readWorkspace(files);
  const manifest = JSON.parse(files.read('package.json') ?? '{}') as {
    workspaces?: string[] | { packages?: string[] };
    allowScripts?: { [name: string]: boolean };
  };
  const changed: GeneratedFile[] = [];
  let isChanged = false;
  if (!isCovered(patterns, 'models/a/b') && !files.exists('pnpm-workspace.yaml')) {
    isChanged = true;
    const list =
      Array.isArray(manifest.workspaces) || manifest.workspaces === undefined ? undefined : manifest.workspaces;
    if (list === undefined) manifest.workspaces = [...((manifest.workspaces as string[] | undefined) ?? []), PATTERN];
    else list.packages = [...(list.packages ?? []), PATTERN];
  }
  if (manifest.allowScripts?.['onnxruntime-node'] === undefined) {
    isChanged = true;
    manifest.allowScripts = { ...manifest.allowScripts, 'onnxruntime-node': false };
  }
  if (isChanged) changed.push(jsonFile('package.json', manifest));
  const nx = files.read('nx.json');
  const loaded = nx === null ? null : withPlugin(nx);
  return loaded === null ? changed : [...changed, jsonFile('nx.json', loaded)];
}

interface NxConfiguration {
  readonly plugins?: readonly (string | { readonly plugin: string })[];
  readonly pluginsConfig?: { readonly [plugin: string]: { readonly [option: string]: unknown } };
}

/**
 * The configuration with the plugin, and with imports in the graph: Nx leaves out those that no package.json declares, and then a
 * check of boundaries passes wrongly. `null` when it holds both.
 */
function withPlugin(text: string): object | null {
  const configuration = JSON.parse(text) as NxConfiguration;
  const { plugins = [], pluginsConfig = {} } = configuration;
  const isLoaded = plugins.some((each) => /@clamor\/nx$|nx-plugin/.test(typeof each === 'string' ? each : each.plugin));
  const analyses = pluginsConfig['@nx/js']?.['analyzeSourceFiles'] === true;
  if (isLoaded && analyses) return null;
  return {
    ...configuration,
    plugins: isLoaded ? plugins : [...plugins, PLUGIN],
    pluginsConfig: { ...pluginsConfig, '@nx/js': { ...pluginsConfig['@nx/js'], analyzeSourceFiles: true } },
  };
}
