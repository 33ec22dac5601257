import { pathToFileURL } from 'node:url';

import { errorMessage } from '@clamor/contract';
import { type DiscoveredPackage, type Discovery, packageEntry } from '@clamor/runtime';
import type { EvaluationSource } from '@clamor/store';

import { CliError } from './errors.ts';

const METHODS = ['examples'] as const;

/**
 * Finds the package of kind evaluation of a suite by its marker, and imports it.
 *
 * It is the team's own private package, so it runs on this thread; members never do.
 *
 * @throws {CliError} `CLI_EVALUATION_MISSING`, `CLI_EVALUATION_INVALID`
 */
export async function importEvaluation(discovery: Discovery, suite: string): Promise<EvaluationSource> {
  const found = discovery.packages.filter(({ marker }) => marker.kind === 'evaluation' && marker.suite === suite);
  const [leaf] = found;
  if (leaf === undefined) {
    throw new CliError(
      'CLI_EVALUATION_MISSING',
      `${discovery.host} installs no package of kind "evaluation" for the suite "${suite}", so there is no dataset.\nInstall it, or measure judgements made elsewhere: clamor evaluate --table FILE.`,
    );
  }
  if (found.length > 1) {
    throw new CliError(
      'CLI_EVALUATION_INVALID',
      `There are ${found.length} packages of kind "evaluation" for the suite "${suite}": ${found.map((one) => one.package).join(', ')}. Leave all but one out with --exclude.`,
    );
  }
  const source = await importSource(leaf);
  const faults = sourceFaults(source, suite);
  if (faults.length === 0) return source as EvaluationSource;
  throw new CliError(
    'CLI_EVALUATION_INVALID',
    `${leaf.package} exports an "evaluation" that cannot be used: ${faults.join('; ')}. See EvaluationSource of @clamor/store.`,
  );
}

async function importSource(leaf: DiscoveredPackage): Promise<unknown> {
  try {
    const entry = packageEntry(leaf);
    if (entry === null) throw new Error('its package.json exports no entry');
    const module = (await import(pathToFileURL(entry).href)) as { evaluation?: unknown };
    return module.evaluation;
  } catch (cause) {
    throw new CliError(
      'CLI_EVALUATION_INVALID',
      `${leaf.package} cannot be imported: ${errorMessage(cause)}. Install it again.`,
      {
        cause,
      },
    );
  }
}

function sourceFaults(source: unknown, suite: string): string[] {
  if (typeof source !== 'object' || source === null)
    return [`it is ${source === undefined ? 'not there' : typeof source}`];
  const fields = source as { readonly [name: string]: unknown };
  return [
    ...(fields['suite'] === suite ? [] : [`its suite is ${JSON.stringify(fields['suite'])}, not "${suite}"`]),
    ...(typeof fields['dataset'] === 'string' ? [] : ['"dataset" is not text']),
    ...(Array.isArray(fields['splits']) ? [] : ['"splits" is not an array']),
    ...METHODS.filter((name) => typeof fields[name] !== 'function').map((name) => `"${name}" is not a function`),
  ];
}
