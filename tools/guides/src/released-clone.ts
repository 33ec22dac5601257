import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startLocalRegistry } from '@clamor/checks/local-registry';
import { runCommand } from '@clamor/checks/run-command';
import { workspacePackages } from '@clamor/checks/workspace';

import { scopedTarballs, type TemporaryPlace, workspaceClone } from './guide-place.ts';

/**
 * A clone of this workspace on the day after a release: no changeset waits, each package has its changelog and its tag, and the registry
 * of this machine has all of them, packed as they are in the work tree. npm publishes there and installs from there.
 *
 * @returns The reason in words when there can be no such registry, as on a machine without a network.
 */
export async function releasedClone(): Promise<TemporaryPlace | string> {
  const registry = await startLocalRegistry();
  if (typeof registry === 'string') return registry;
  await using stack = new AsyncDisposableStack();
  stack.defer(() => registry.stop());
  const clone = stack.use(await workspaceClone());
  await registry.publish(await scopedTarballs());
  release(clone);
  const owned = stack.move();
  return {
    dir: clone.dir,
    env: { ...clone.env, NPM_CONFIG_GLOBALCONFIG: registry.globalConfig },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function release({ dir }: TemporaryPlace): void {
  const changesets = join(dir, '.changeset');
  for (const file of readdirSync(changesets)) {
    if (file.endsWith('.md') && file !== 'README.md') rmSync(join(changesets, file));
  }
  const published = workspacePackages(dir).filter(({ manifest }) => manifest.private !== true);
  for (const { dir: root, manifest } of published) {
    // A name without our scope is one of the real registry, which nobody is to ask or to publish to.
    if (!manifest.name.startsWith('@clamor/')) {
      writeFileSync(join(root, 'package.json'), `${JSON.stringify({ ...manifest, private: true }, null, 2)}\n`);
    }
    const changelog = `# ${manifest.name}\n\n## ${manifest.version}\n\nFirst release.\n`;
    writeFileSync(join(root, 'CHANGELOG.md'), changelog);
  }
  const git = (...args: readonly string[]): void => {
    const identity = ['-c', 'user.name=Clamor', '-c', 'user.email=clamor@example.com'];
    const { status, output } = runCommand('git', [...identity, ...args], dir);
    if (status !== 0) throw new Error(`git ${args.join(' ')}:\n${output}`);
  };
  git('add', '--all');
  git('commit', '--quiet', '--message', 'chore: version packages');
  for (const { manifest } of published) git('tag', `${manifest.name}@${manifest.version}`);
}
