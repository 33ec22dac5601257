// A registry of this machine that holds packages of this workspace, until Ctrl-C: npm run registry [-- PACKAGE…]
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalRegistry } from '@clamor/checks/local-registry';
import { packPackages } from '@clamor/checks/pack-packages';
import { findPackedPackages } from '@clamor/checks/packed-packages';
import { runCommand } from '@clamor/checks/run-command';
import { WORKSPACE, type WorkspacePackage, workspacePackages } from '@clamor/checks/workspace';
import { withDependencies } from './with-dependencies.ts';

const names = process.argv.slice(2);
const packages = workspacePackages();
const unknown = names.filter((name) => !packages.some(({ manifest }) => manifest.name === name));
// At the same place whatever the port is, so that a page can name it; ignored by git.
const config = join(WORKSPACE, '.clamor/registry.npmrc');

if (unknown.length > 0) {
  console.error(`No package of this workspace is called ${unknown.join(', ')}.`);
  process.exitCode = 1;
} else await serve();

async function serve(): Promise<void> {
  const registry = await startLocalRegistry();
  if (typeof registry === 'string') {
    console.error(registry);
    process.exitCode = 1;
    return;
  }
  try {
    const holds = names.length === 0 ? [] : await publish(registry);
    mkdirSync(join(config, '..'), { recursive: true });
    copyFileSync(registry.globalConfig, config);
    const contents = holds.length === 0 ? 'It is empty.' : `It holds ${holds.join(', ')}.`;
    console.log(
      `Registry ${registry.url}\n${contents}\n` +
        'A shell whose npm is to publish to it and install @clamor/… from it:\n\n' +
        `    export NPM_CONFIG_GLOBALCONFIG="${config}"\n\nCtrl-C ends it, and what it holds is gone.`,
    );
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    });
  } finally {
    rmSync(config, { force: true });
    await registry.stop();
  }
}

/** @returns Names and versions. */
async function publish(registry: { publish(tarballs: Iterable<string>): Promise<void> }): Promise<string[]> {
  const needed = withDependencies(packages, names);
  const wanted = packages.filter(({ manifest }) => needed.includes(manifest.name) && manifest.private !== true);
  const folder = mkdtempSync(join(tmpdir(), 'clamor-registry-'));
  try {
    const packed = findPackedPackages() ?? buildAndPack(folder, wanted);
    await registry.publish(wanted.map(({ manifest }) => packed.get(manifest.name)!));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return wanted.map(({ manifest }) => `${manifest.name}@${manifest.version}`);
}

function buildAndPack(folder: string, wanted: readonly WorkspacePackage[]): ReadonlyMap<string, string> {
  const list = wanted.map(({ manifest }) => manifest.name).join(',');
  console.log(`building ${list} …`);
  const { status, output } = runCommand('nx', ['run-many', '-t', 'build', '-p', list], WORKSPACE);
  if (status !== 0) throw new Error(`The build failed:\n${output}`);
  return packPackages(folder, wanted);
}
