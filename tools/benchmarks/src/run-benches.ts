/**
 * Runs benches one after the other: `npm run bench` all of them, `npm run bench -- evaluation` those of that name.
 *
 * Each is a process of its own, so that none inherits another's heap or compiled code.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Bench, findBenches, selectBenches } from './benches.ts';

const WORKSPACE = fileURLToPath(new URL('../../..', import.meta.url));

let benches: readonly Bench[] = [];
try {
  benches = selectBenches(findBenches(WORKSPACE), process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 64;
}
for (const { file } of benches) {
  console.log(`\n${file}`);
  const options = ['--conditions=@clamor/source', '--expose-gc', file];
  const { status } = spawnSync(process.execPath, options, { cwd: WORKSPACE, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
