import { readChangesets } from '@changesets/read';
import type { ModCompWithPackage, NewChangeset, VersionType } from '@changesets/types';
import { type WorkspacePackage, workspacePackages } from '@clamor/checks/workspace';
import { ReleaseError } from './errors.ts';
import { figuresLines } from './figures-lines.ts';
import { lastRelease, presentRecord } from './last-release.ts';

/** What {@link getReleaseLine} may be told in `.changeset/config.json`. */
export interface ChangelogOptions {
  /** Default the folder that Changesets runs in. */
  readonly workspace?: string;
}

/**
 * The line of a changeset in a changelog: its text and, for a member, the stand-alone figures before → after.
 *
 * Changesets does not say whose changelog it is writing, so a changeset of a member names that member only. Where a
 * release of a member has several, the figures stand with the one that says most.
 *
 * @returns Markdown, a list item.
 * @throws {ReleaseError} `RELEASE_CHANGESET_SHARED`, and what reading the records throws.
 */
export async function getReleaseLine(
  changeset: NewChangeset,
  _type: VersionType,
  options: ChangelogOptions | null,
): Promise<string> {
  const workspace = options?.workspace ?? process.cwd();
  const member = memberOf(changeset, workspacePackages(workspace));
  const text = changeset.summary.trim();
  if (member === null || !(await tellsMost(changeset, member, workspace))) return listItem(text);
  const lines = figuresLines(lastRelease(workspace, member), presentRecord(member));
  return listItem([text, ...lines].join('\n\n'));
}

/** The lines of packages that a package needs and that changed their version with it. */
export function getDependencyReleaseLine(
  _changesets: readonly unknown[],
  updated: readonly Pick<ModCompWithPackage, 'name' | 'newVersion'>[],
): string {
  if (updated.length === 0) return '';
  return ['- Needs newer versions:', ...updated.map((each) => `  - ${each.name}@${each.newVersion}`)].join('\n');
}

/**
 * The member that a changeset is about.
 *
 * @returns `null` when it names no member.
 * @throws {ReleaseError} `RELEASE_CHANGESET_SHARED` when it names a member and any other package.
 */
export function memberOf(
  { id, releases }: Pick<NewChangeset, 'id' | 'releases'>,
  packages: readonly WorkspacePackage[],
): WorkspacePackage | null {
  const names = releases.map(({ name }) => name);
  const member = packages.find(
    ({ manifest }) => manifest.clamor?.kind === 'classifier' && names.includes(manifest.name),
  );
  if (member === undefined) return null;
  if (names.length > 1) {
    throw new ReleaseError(
      'RELEASE_CHANGESET_SHARED',
      `.changeset/${id}.md names ${names.join(', ')}.\n` +
        'Wanted: a changeset of its own for each member, as the figures of its release are told with it. ' +
        'Split the file, one per member and one for the rest.',
    );
  }
  return member;
}

const LEAST_FIRST: readonly VersionType[] = ['none', 'patch', 'minor', 'major'];

async function tellsMost({ id }: NewChangeset, { manifest }: WorkspacePackage, workspace: string): Promise<boolean> {
  const weight = ({ releases }: NewChangeset) =>
    LEAST_FIRST.indexOf(releases.find(({ name }) => name === manifest.name)?.type ?? 'none');
  const own = (await readChangesets(workspace)).filter((each) => weight(each) > 0);
  const [most] = own.toSorted((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1));
  return most === undefined || most.id === id;
}

function listItem(text: string): string {
  const [first = '', ...rest] = text.split('\n').map((line) => line.trimEnd());
  return [`- ${first}`, ...rest.map((line) => (line === '' ? '' : `  ${line}`))].join('\n');
}
