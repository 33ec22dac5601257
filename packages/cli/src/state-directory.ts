import { resolve } from 'node:path';

import { defaultStateDir, discover, findSuite, groupSlots, type KnownSlot } from '@clamor/runtime';

import type { Io } from './io.ts';

/** The state directory that a command line means, and what is installed beside it. */
export interface StateDirectory {
  readonly dir: string;
  readonly slots: readonly KnownSlot[];
  /** The member of a short or full name; a name that nobody has stays as it is. */
  readonly memberOf: (name: string) => string;
}

/**
 * Finds the state directory of a suite from JSON alone, so that a member that breaks everything else can still be switched off.
 *
 * @param options - `state`: the directory; default `.clamor/state/SUITE` beside the package.json of the host.
 * @throws {RuntimeError} `HOST_NOT_FOUND`, `SUITE_NOT_FOUND`, `SUITE_AMBIGUOUS`, `SUITE_POLICY_INVALID`
 */
export function findStateDirectory(options: { suite?: string; state?: string }, io: Io): StateDirectory {
  const discovery = discover({ from: io.cwd });
  const { marker, name } = findSuite(discovery, options.suite).package;
  const suite = marker.suite ?? name;
  const members = discovery.packages.filter(
    (found) => found.marker.kind === 'classifier' && found.marker.suite === suite,
  );
  const { slots } = groupSlots(members);
  return {
    dir: stateDirectory(options.state, { host: discovery.host, suite }, io),
    slots: slots.map(({ member, startMode, versions }) => ({
      member,
      startMode,
      versions: versions.map(({ version }) => version),
    })),
    memberOf: (given) => slots.find((slot) => slot.package === given)?.member ?? given,
  };
}

/** Path of a state directory; a relative one starts at the working directory. */
export function stateDirectory(
  state: string | undefined,
  { host, suite }: { readonly host: string; readonly suite: string },
  io: Io,
): string {
  return state === undefined ? defaultStateDir(host, suite) : resolve(io.cwd, state);
}
