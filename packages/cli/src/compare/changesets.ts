import { existsSync } from 'node:fs';
import { dirname, join, parse, resolve } from 'node:path';

import { errorMessage } from '@clamor/contract';
import type { VersionBump } from '@clamor/report';

import { CliError } from '../errors.ts';
import { largerBump } from './version-bump.ts';

/** What the changesets of a repository say of one package. */
export interface SaidBump {
  readonly said: VersionBump | 'none';
  /** Names of those that name it, sorted. */
  readonly files: readonly string[];
}

/** What {@link readSaidBump} takes. */
export interface ReadSaidBumpOptions {
  /** Full package name. */
  readonly package: string;
  /** The repository as it was: what was said there already is not said of what came after. `null`: all of it counts. */
  readonly since: string | null;
}

/**
 * The largest bump that the changesets of a repository give to a package.
 *
 * @param root - Folder that holds `.changeset`.
 * @throws {CliError} `CLI_CHANGESET_INVALID`
 */
export async function readSaidBump(root: string, { package: name, since }: ReadSaidBumpOptions): Promise<SaidBump> {
  const before = since === null || !existsSync(join(since, '.changeset')) ? [] : await readAll(since);
  const known = new Set(before.map(({ id, releases }) => keyOf(id, typeOf(releases, name))));
  const fresh = (await readAll(root)).flatMap(({ id, releases }) => {
    const type = typeOf(releases, name);
    return type === 'none' || known.has(keyOf(id, type)) ? [] : [{ id, type }];
  });
  return {
    said: fresh.reduce<VersionBump | 'none'>((most, { type }) => largerBump(most, type), 'none'),
    files: fresh.map(({ id }) => id).toSorted(),
  };
}

/** A changeset of before that says more now counts. */
function keyOf(id: string, type: string): string {
  return `${id} ${type}`;
}

type Releases = Awaited<ReturnType<typeof readAll>>[number]['releases'];

function typeOf(releases: Releases, name: string): VersionBump | 'none' {
  return releases.find((release) => release.name === name)?.type ?? 'none';
}

async function readAll(root: string) {
  // Only who asks for changesets waits for the library.
  const { readChangesets } = await import('@changesets/read');
  try {
    return await readChangesets(root);
  } catch (cause) {
    throw new CliError(
      'CLI_CHANGESET_INVALID',
      `The changesets in "${join(root, '.changeset')}" cannot be read: ${errorMessage(cause)}. Correct the file; npx changeset writes one.`,
      { cause },
    );
  }
}

/**
 * The folder of the repository that holds `.changeset`, at or above a folder.
 *
 * @throws {CliError} `CLI_CHANGESET_MISSING`
 */
export function findChangesetRoot(from: string): string {
  for (let dir = resolve(from); ; dir = dirname(dir)) {
    if (existsSync(join(dir, '.changeset', 'config.json'))) return dir;
    if (dir === parse(dir).root) break;
  }
  throw new CliError(
    'CLI_CHANGESET_MISSING',
    `There is no .changeset/config.json at or above ${from}. Run it in the repository that releases the package, after npx changeset init.`,
  );
}
