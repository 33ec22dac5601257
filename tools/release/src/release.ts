// Builds, checks and publishes what the registry does not have: npm run release [-- --dry-run]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { WORKSPACE, workspacePackages } from '@clamor/checks/workspace';
import { ReleaseError } from './errors.ts';
import { git } from './git.ts';
import { keepVersioned } from './publish-plan.ts';
import { runStep } from './run-step.ts';

const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });

const folder = mkdtempSync(join(tmpdir(), 'clamor-release-'));
try {
  release();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function release(): void {
  refuseUncommitted();
  const planFile = join(folder, 'publish-plan.json');
  runStep(WORKSPACE, 'changeset', ['publish-plan', '--output', planFile]);
  const { publish, leftOut } = keepVersioned(planFile, workspacePackages());
  for (const { name, version } of leftOut) {
    console.log(`left out: ${name}@${version} has no entry in its changelog; npm run version writes one.`);
  }
  if (publish.length === 0) {
    console.log('release: nothing is new, 0 packages published');
    return;
  }
  const names = publish.map(({ name }) => name);
  // Builds first. All of it before anything goes out.
  runStep(WORKSPACE, 'nx', ['run-many', '-t', 'pack-check', '-p', names.join(','), '--output-style=static']);
  const packed = join(folder, 'packed');
  runStep(WORKSPACE, 'changeset', ['pack', '--from-publish-plan', planFile, '--out-dir', packed]);
  const list = publish.map(({ name, version }) => `${name}@${version}`).join(', ');
  if (values['dry-run']) {
    console.log(`release: dry run, would publish ${list}`);
    return;
  }
  // This leaves the tags that the next changelog compares with.
  runStep(WORKSPACE, 'changeset', ['publish', '--from-pack-dir', packed]);
  console.log(`release: ${publish.length} packages published: ${list}\nPush the tags: git push --tags`);
}

function refuseUncommitted(): void {
  const changed = git(WORKSPACE, 'status', '--porcelain')?.trim() ?? '';
  if (changed === '') return;
  throw new ReleaseError(
    'RELEASE_TREE_DIRTY',
    `These differ from the last commit:\n${changed}\n` +
      'Wanted: what is published can be found in the history. Commit or remove them.',
  );
}
