import { assembleReleasePlan } from '@changesets/assemble-release-plan';
import { readConfig } from '@changesets/config';
import { readChangesets } from '@changesets/read';
import type { ReleasePlan } from '@changesets/types';
import { getPackages } from '@manypkg/get-packages';

/**
 * What the pending changesets would release, as Changesets itself works it out.
 *
 * @param workspace - A folder with a package.json, a lockfile and `.changeset/`.
 * @throws {Error} of Changesets when the configuration is not valid or a changeset names an unknown package.
 */
export async function releasePlan(workspace: string): Promise<ReleasePlan> {
  const packages = await getPackages(workspace);
  const { config, errors } = await readConfig(workspace, packages);
  if (config === undefined) throw new Error(`.changeset/config.json: ${errors.join('\n')}`);
  return assembleReleasePlan(await readChangesets(workspace), packages, config, undefined);
}
