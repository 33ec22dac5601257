import { readFileSync, writeFileSync } from 'node:fs';
import type { WorkspacePackage } from '@clamor/checks/workspace';
import { isVersioned } from './last-release.ts';

/** One package of a plan as Changesets writes it. */
export interface PlannedPackage {
  readonly kind: 'publish' | 'tag-only';
  readonly name: string;
  readonly version: string;
}

interface PlanFile {
  readonly version: number;
  readonly plan: readonly (readonly PlannedPackage[])[];
}

/**
 * Takes out of a plan what did not go through `npm run version`.
 *
 * Changesets publishes every package that is not private and whose version the registry lacks, also a member that was
 * merged a minute ago and still has the version it was made with.
 *
 * @param file - What `changeset publish-plan --output` wrote; rewritten.
 * @returns What stays and what was left out, in the order of the plan.
 */
export function keepVersioned(
  file: string,
  packages: readonly WorkspacePackage[],
): { readonly publish: readonly PlannedPackage[]; readonly leftOut: readonly PlannedPackage[] } {
  const written = JSON.parse(readFileSync(file, 'utf8')) as PlanFile;
  const isReady = ({ name }: PlannedPackage): boolean => {
    const found = packages.find(({ manifest }) => manifest.name === name);
    return found !== undefined && isVersioned(found);
  };
  const plan = written.plan.map((group) => group.filter(isReady)).filter((group) => group.length > 0);
  writeFileSync(file, JSON.stringify({ ...written, plan }));
  return { publish: plan.flat(), leftOut: written.plan.flat().filter((each) => !isReady(each)) };
}
