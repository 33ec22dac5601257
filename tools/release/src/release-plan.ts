import { applyReleasePlan } from '@changesets/apply-release-plan';
import { assembleReleasePlan } from '@changesets/assemble-release-plan';
import { readConfig } from '@changesets/config';
import { readChangesets } from '@changesets/read';
import type { Config, Packages, ReleasePlan } from '@changesets/types';
import { getPackages } from '@manypkg/get-packages';
import { ReleaseError } from './errors.ts';

/** What {@link releasePlan} takes. */
export interface ReleasePlanOptions {
  /** Full names of the packages whose changesets count; the others stay pending. Default all. */
  readonly only?: readonly string[];
}

/**
 * What the pending changesets would release, as Changesets itself works it out.
 *
 * @param workspace - A folder with a package.json, a lockfile and `.changeset/`.
 * @throws {ReleaseError} `RELEASE_ONLY_INCOMPLETE` when the packages of `only` cannot be released without others.
 * @throws {Error} of Changesets when the configuration is not valid or a changeset names an unknown package.
 */
export async function releasePlan(workspace: string, { only = [] }: ReleasePlanOptions = {}): Promise<ReleasePlan> {
  const { packages, config } = await readWorkspace(workspace);
  const pending = await readChangesets(workspace);
  if (only.length === 0) return assembleReleasePlan(pending, packages, config, undefined);
  const chosen = pending.filter(({ releases }) => releases.some(({ name }) => only.includes(name)));
  const plan = assembleReleasePlan(chosen, packages, config, undefined);
  const named = new Set(chosen.flatMap(({ releases }) => releases.map(({ name }) => name)));
  const others = plan.releases
    .filter(({ name, type }) => type !== 'none' && !only.includes(name))
    .map(({ name }) => name);
  const without = only.filter((name) => !named.has(name));
  if (others.length === 0 && without.length === 0) return plan;
  throw new ReleaseError(
    'RELEASE_ONLY_INCOMPLETE',
    [
      ...without.map((name) => `No changeset names ${name}.`),
      ...(others.length === 0 ? [] : [`${only.join(', ')} cannot be released without ${others.join(', ')}.`]),
      'Wanted: --only with every package that goes out, each with a changeset. Name them all, or write the changeset.',
    ].join('\n'),
  );
}

/**
 * Writes the versions and changelogs of a plan and takes its changesets away; no other changeset is touched.
 *
 * @param plan - Of {@link releasePlan} for the same workspace.
 */
export async function applyPlan(workspace: string, plan: ReleasePlan): Promise<void> {
  const { packages, config } = await readWorkspace(workspace);
  await applyReleasePlan(plan, packages, config, undefined, workspace);
}

async function readWorkspace(workspace: string): Promise<{ readonly packages: Packages; readonly config: Config }> {
  const packages = await getPackages(workspace);
  const { config, errors } = await readConfig(workspace, packages);
  if (config === undefined) throw new Error(`.changeset/config.json: ${errors.join('\n')}`);
  return { packages, config };
}
