import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

import { inspectSuite, type LockedPackage, type LockedSuite } from '@clamor/runtime';

/** Where npm's lockfile and its host are. */
export interface PinEncodersOptions {
  /** Folder of the host. */
  readonly host: string;
  /** Path of the lockfile of npm. */
  readonly lockfile: string;
}

interface NpmLockfile {
  readonly packages: { readonly [place: string]: { version?: string; resolved?: string; integrity?: string } };
}

/**
 * Writes the version of each encoder that a lock has into npm's lockfile, which npm keeps to, and takes away what is installed in its
 * place. The host does not declare encoders, so its package.json cannot say it.
 *
 * An encoder of which the lock has several versions is left alone: npm places them.
 *
 * @returns Whether npm is to install again.
 */
export async function pinEncoders(target: LockedSuite, { host, lockfile }: PinEncodersOptions): Promise<boolean> {
  const { installed } = await inspectSuite({ from: host, suite: target.suite, exclude: target.exclude });
  const npmLockfile = JSON.parse(await readFile(lockfile, 'utf8')) as NpmLockfile;
  const removed: string[] = [];
  for (const encoder of target.packages.filter(({ kind }) => kind === 'encoder')) {
    const isOnly = target.packages.filter(({ package: name }) => name === encoder.package).length === 1;
    // npm may be told to leave out addresses of the registry; what has neither did not come from npm.
    const isFromNpm = encoder.resolved !== null || encoder.integrity !== null;
    if (!isOnly || !isFromNpm || isInstalled(encoder, installed.packages)) continue;
    for (const [place, entry] of Object.entries(npmLockfile.packages)) {
      if (place !== `node_modules/${encoder.package}` && !place.endsWith(`/node_modules/${encoder.package}`)) continue;
      entry.version = encoder.version;
      delete entry.resolved;
      delete entry.integrity;
      if (encoder.resolved !== null) entry.resolved = forLockfile(encoder.resolved, host, dirname(lockfile));
      if (encoder.integrity !== null) entry.integrity = encoder.integrity;
      removed.push(join(dirname(lockfile), place));
    }
  }
  if (removed.length === 0) return false;
  await writeFile(lockfile, `${JSON.stringify(npmLockfile, null, 2)}\n`);
  for (const folder of removed) await rm(folder, { recursive: true, force: true });
  return true;
}

function isInstalled(encoder: LockedPackage, packages: readonly LockedPackage[]): boolean {
  const versions = packages.filter(({ package: name }) => name === encoder.package);
  return versions.length === 1 && versions[0]?.contentHash === encoder.contentHash;
}

/** A path in a lock is relative to the host; in npm's lockfile, to that. */
function forLockfile(resolved: string, host: string, lockfileDir: string): string {
  if (!resolved.startsWith('file:')) return resolved;
  const path = resolve(host, resolved.slice('file:'.length));
  return `file:${relative(lockfileDir, path).split(sep).join('/')}`;
}
