// Brings the lockfile in line with the package.json files, and settles its conflict in a merge: npm run lockfile
import { WORKSPACE } from '@clamor/checks/workspace';
import { bringLockfile } from './bring-lockfile.ts';

try {
  console.log(`lockfile: ${bringLockfile(WORKSPACE)}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
