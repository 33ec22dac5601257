import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { errorMessage } from '@clamor/contract';
import type { Fault, LockedPackage, LockedSuite } from '@clamor/runtime';

/** What happens to one dependency of the host. */
export interface RollbackStep {
  /** `replace`: the same version again, because its files differ from those locked or cannot be read. */
  readonly kind: 'install' | 'replace' | 'remove';
  /** The name that it is declared under. */
  readonly name: string;
  readonly package: string;
  /** The installed version; `null` when there is none. */
  readonly from: string | null;
  /** The locked version; `null` for none. */
  readonly to: string | null;
  /** What the host's package.json will say; `null` for nothing. */
  readonly spec: string | null;
}

/** How an installation becomes what a lock says. */
export interface RollbackPlan {
  /** In the order of the names. */
  readonly steps: readonly RollbackStep[];
  /** Why npm cannot do it; empty when it can. */
  readonly refusals: readonly Fault[];
}

/**
 * Plans the dependencies of a host so that what is installed becomes what was locked. Packages that are as locked are left alone.
 *
 * @param target - The lock to go back to.
 * @param installed - Packages as they are; `null` when the suite cannot be read, and all of it is replaced.
 * @param host - Folder of the host; tarballs are looked for from there.
 */
export async function planRollback(
  target: LockedSuite,
  installed: readonly LockedPackage[] | null,
  host: string,
): Promise<RollbackPlan> {
  const wanted = new Map(target.packages.filter(isDeclared).map((each) => [declaredName(each), each]));
  const present = new Map((installed ?? []).filter(isDeclared).map((each) => [declaredName(each), each]));
  const steps: RollbackStep[] = [];
  const refusals: Fault[] = [];
  for (const name of [...new Set([...wanted.keys(), ...present.keys()])].toSorted()) {
    const to = wanted.get(name) ?? null;
    const from = present.get(name) ?? null;
    if (to !== null && from !== null && isAsLocked(from, to)) continue;
    const refusal = (await refusalOf(to, host)) ?? (from === null ? null : undeclared(from));
    if (refusal !== null) refusals.push(refusal);
    else steps.push({ ...toStep(name, from, to), ...(installed === null ? { kind: 'replace' } : {}) });
  }
  return { steps, refusals };
}

/** Encoders come with the members that depend on them; npm's lockfile has their versions. */
function isDeclared({ kind }: LockedPackage): boolean {
  return kind !== 'encoder';
}

function declaredName({ alias, package: name }: LockedPackage): string {
  return alias ?? name;
}

function isAsLocked(now: LockedPackage, locked: LockedPackage): boolean {
  const isSameTarball = now.integrity === null || locked.integrity === null || now.integrity === locked.integrity;
  return (
    now.package === locked.package &&
    now.version === locked.version &&
    now.contentHash === locked.contentHash &&
    isSameTarball
  );
}

function toStep(name: string, from: LockedPackage | null, to: LockedPackage | null): RollbackStep {
  const isSame = from !== null && from.package === to?.package && from.version === to.version;
  return {
    kind: to === null ? 'remove' : isSame ? 'replace' : 'install',
    name,
    package: (to ?? from)?.package ?? name,
    from: from?.version ?? null,
    to: to?.version ?? null,
    spec: to === null ? null : exactSpec(to),
  };
}

/** What npm installs exactly this from, and nothing newer. */
function exactSpec({ alias, package: name, version, declared, resolved }: LockedPackage): string {
  // A registry's address may change; whoever declared an address of their own meant that.
  const isOwnAddress = /^(https?|git|github|file):/.test(declared ?? '') || /^(git|file)/.test(resolved ?? '');
  if (isOwnAddress && resolved !== null) return resolved;
  return alias === null ? version : `npm:${name}@${version}`;
}

async function refusalOf(locked: LockedPackage | null, host: string): Promise<Fault | null> {
  if (locked === null) return null;
  const { declared, resolved, integrity } = locked;
  if (resolved === null && integrity === null) return workspaceRefusal(locked);
  if (declared === null) return bundledRefusal(locked);
  return resolved?.startsWith('file:') === true ? await tarballRefusal(locked, resolve(host, resolved.slice(5))) : null;
}

/** Nothing that the host does not declare can be taken away from it. */
function undeclared(installed: LockedPackage): Fault | null {
  if (installed.declared !== null) return null;
  return installed.resolved === null && installed.integrity === null
    ? workspaceRefusal(installed)
    : bundledRefusal(installed);
}

function workspaceRefusal({ package: name, version }: LockedPackage): Fault {
  return {
    package: name,
    version,
    code: 'CLI_ROLLBACK_WORKSPACE',
    found: 'a package of the workspace, or a linked folder',
    wanted: 'a package that npm installs from a registry or a tarball',
    todo: 'Go back with version control, and install again.',
  };
}

function bundledRefusal({ package: name, version }: LockedPackage): Fault {
  return {
    package: name,
    version,
    code: 'CLI_ROLLBACK_BUNDLED',
    found: 'a package that came with a bundle',
    wanted: 'a package that the host declares itself',
    todo: 'Install the version of the bundle that was there before.',
  };
}

/** A tarball beside the host may be gone, or be another one by now. */
async function tarballRefusal(
  { package: name, version, integrity }: LockedPackage,
  file: string,
): Promise<Fault | null> {
  const problem = (found: string): Fault => ({
    package: name,
    version,
    code: 'CLI_ROLLBACK_SOURCE',
    found,
    wanted: `the tarball that was locked (${integrity ?? 'integrity not known'})`,
    todo: 'Put that tarball back.',
  });
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    return problem(`no readable ${file} (${errorMessage(error)})`);
  }
  const actual = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  return integrity === null || integrity.split(' ').includes(actual) ? null : problem(`${file} with ${actual}`);
}
