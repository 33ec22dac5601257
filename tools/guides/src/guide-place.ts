import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { createScratchWorkspace } from '@clamor/checks/scratch-workspace';
import { startLocalRegistry } from '@clamor/checks/local-registry';
import { packedPackages } from '@clamor/checks/packed-packages';
import { runCommand } from '@clamor/checks/run-command';

import { olderTarball } from './older-tarball.ts';

/** Where the reader of a guide stands. */
export interface GuidePlace {
  /** The folder that the first command runs in. */
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Why there can be no registry on this machine, in words; `null` when there can. */
export async function registryReason(): Promise<string | null> {
  const registry = await startLocalRegistry();
  if (typeof registry === 'string') return registry;
  await registry.stop();
  return null;
}

/** A place that is gone when the guide is over. */
export interface TemporaryPlace extends GuidePlace, AsyncDisposable {}

/**
 * A fresh clone of this workspace after `npm ci`: its files as they are on disk, committed on a branch `main` that is its whole history.
 * `npm install` works there. What the guide makes beside the clone (`../host`) goes with it.
 */
export async function workspaceClone(): Promise<TemporaryPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'clamor-guide-'));
  const scratch = createScratchWorkspace({ dir: join(folder, 'clamor'), dependencies: 'copied' });
  const env = readerEnvironment(folder);
  const dispose = async (): Promise<void> => rmSync(folder, { recursive: true, force: true });
  for (const args of [
    ['init', '--quiet', '--initial-branch', 'main'],
    ['add', '--all'],
    ['-c', 'user.name=Clamor', '-c', 'user.email=clamor@example.com', 'commit', '--quiet', '-m', 'begin'],
  ]) {
    const { status, output } = runCommand('git', args, scratch.dir);
    if (status !== 0) throw new Error(`git ${args.join(' ')}:\n${output}`);
  }
  return { dir: scratch.dir, env, [Symbol.asyncDispose]: dispose };
}

/** What {@link emptyFolder} takes. */
export interface EmptyFolderOptions {
  /** A member of which the registry also has an older version, 0.0.9, that calls more positive; default none. */
  readonly older?: string;
}

/**
 * An empty folder whose npm has our packages as they are in the work tree, packed, from a registry of this machine, and all else from
 * where it always does.
 *
 * @returns The reason in words when there can be no such registry, as on a machine without a network.
 */
export async function emptyFolder({ older }: EmptyFolderOptions = {}): Promise<TemporaryPlace | string> {
  const registry = await startLocalRegistry();
  if (typeof registry === 'string') return registry;
  const folder = mkdtempSync(join(tmpdir(), 'clamor-guide-'));
  const dispose = async (): Promise<void> => {
    await registry.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    // The one that is published last is the latest.
    if (older !== undefined) await registry.publish([olderTarball((await packedPackages()).get(older)!, folder)]);
    await registry.publish(await scopedTarballs());
    const dir = join(folder, 'empty');
    mkdirSync(dir);
    const env = { ...readerEnvironment(folder), NPM_CONFIG_GLOBALCONFIG: registry.globalConfig };
    return { dir, env, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Tarballs of what comes from the registry of this machine: our scope. npm asks the real one for a name without a scope. */
export async function scopedTarballs(): Promise<string[]> {
  return [...(await packedPackages())].flatMap(([name, tarball]) => (name.startsWith('@clamor/') ? [tarball] : []));
}

// NODE_EXTRA_CA_CERTS stays: it is the machine's, and without it some reach no registry.
const FOR_CHILDREN = /^(npm_|nx_|vite|node_options|node_env|ort_)/i;

/**
 * What a reader has: Node, npm and git with a name, and no program of this workspace on the path. Variables that npm, Nx and Vitest set
 * for their children would bend what runs elsewhere.
 */
function readerEnvironment(folder: string): NodeJS.ProcessEnv {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  // The published packages want a newer Node than may have started this test.
  symlinkSync(process.execPath, join(bin, 'node'));
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((each) => !each.includes('node_modules'));
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOR_CHILDREN.test(name))),
    PATH: [bin, ...path].join(delimiter),
    NO_COLOR: '1',
    // As if the reader had told git; whatever the machine says is not read over it.
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'user.name',
    GIT_CONFIG_VALUE_0: 'Reader',
    GIT_CONFIG_KEY_1: 'user.email',
    GIT_CONFIG_VALUE_1: 'reader@example.com',
    NPM_CONFIG_UPDATE_NOTIFIER: 'false',
    NPM_CONFIG_PREFER_OFFLINE: 'true',
  };
}
