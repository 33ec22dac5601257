// Versions and changelogs from the changesets, then the lockfile: npm run version [-- --check]
import { parseArgs } from 'node:util';
import { WORKSPACE, workspacePackages } from '@clamor/checks/workspace';
import { bringLockfile } from './bring-lockfile.ts';
import { planFaults } from './plan-faults.ts';
import { releasePlan } from './release-plan.ts';
import { runStep } from './run-step.ts';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const plan = await releasePlan(WORKSPACE);
const faults = planFaults(plan, workspacePackages());
for (const fault of faults) console.error(`${fault.message}\n`);
const releases = plan.releases.filter(({ type }) => type !== 'none');
for (const { name, oldVersion, newVersion, type } of releases.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
  console.log(`${name} ${oldVersion} → ${newVersion} (${type})`);
}
console.log(`version: ${plan.changesets.length} changesets, ${releases.length} packages, ${faults.length} faults`);

if (faults.length > 0) {
  process.exitCode = 1;
} else if (!values.check && plan.changesets.length > 0) {
  try {
    runStep(WORKSPACE, 'changeset', ['version']);
    // Changesets leaves the lockfile as it is, and npm ci would refuse it.
    bringLockfile(WORKSPACE);
    console.log('\nLook at the changelogs, run npm start, and commit all of it. Then npm run release publishes.');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
