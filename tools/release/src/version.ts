// Versions and changelogs from the changesets, then the lockfile: npm run version [-- --check] [-- --only PACKAGE]
import { parseArgs } from 'node:util';
import { WORKSPACE, workspacePackages } from '@clamor/checks/workspace';
import { bringLockfile } from './bring-lockfile.ts';
import { planFaults } from './plan-faults.ts';
import { applyPlan, releasePlan } from './release-plan.ts';
import { runStep } from './run-step.ts';
import { COLUMNS_SCRIPT, staleColumns } from './stale-columns.ts';

const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, only: { type: 'string', multiple: true, default: [] } },
});

try {
  await version();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function version(): Promise<void> {
  const { check, only } = values;
  const plan = await releasePlan(WORKSPACE, { only });
  const faults = planFaults(plan, workspacePackages());
  for (const fault of faults) console.error(`${fault.message}\n`);
  const releases = plan.releases.filter(({ type }) => type !== 'none');
  for (const { name, oldVersion, newVersion, type } of releases.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    console.log(`${name} ${oldVersion} → ${newVersion} (${type})`);
  }
  console.log(`version: ${plan.changesets.length} changesets, ${releases.length} packages, ${faults.length} faults`);
  if (faults.length > 0) {
    process.exitCode = 1;
    return;
  }
  if (check || plan.changesets.length === 0) return;
  if (only.length > 0) await applyPlan(WORKSPACE, plan);
  else runStep(WORKSPACE, 'changeset', ['version']);
  // Changesets leaves the lockfile as it is, and npm ci would refuse it.
  bringLockfile(WORKSPACE);
  console.log('');
  const released = releases.map(({ name }) => name);
  // Scoring a slow member takes minutes: who releases says when.
  for (const { evaluation, members } of staleColumns(workspacePackages(), released)) {
    console.log(
      `The shipped columns of ${members.join(', ')} are of the versions before, so a fresh clone would score again:\n` +
        `npm run ${COLUMNS_SCRIPT} -w ${evaluation} makes them anew.`,
    );
  }
  console.log('Look at the changelogs, run npm start, and commit all of it. Then npm run release publishes.');
}
