import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MemberRecord } from '@clamor/contract';
import type { WorkspacePackage } from '@clamor/checks/workspace';
import { ReleaseError } from './errors.ts';
import type { ReleasedRecord } from './figures-lines.ts';
import { git } from './git.ts';

/**
 * Whether the present version of a package went through `npm run version`: its changelog has an entry for it.
 *
 * A package that was never released has a version too, the one it was made with.
 */
export function isVersioned({ dir, manifest }: WorkspacePackage): boolean {
  const file = join(dir, 'CHANGELOG.md');
  return existsSync(file) && heading(manifest.version).test(readFileSync(file, 'utf8'));
}

/**
 * A member's record as it was at the last release.
 *
 * By the tag `name@version` that publishing leaves; without tags, as in a fresh fork, by the commit that brought the
 * changelog's entry for that version.
 *
 * @returns `null` when the member was never released.
 * @throws {ReleaseError} `RELEASE_HISTORY_SHALLOW`, `RELEASE_NOT_COMMITTED`, `RELEASE_RECORD_INVALID`.
 */
export function lastRelease(workspace: string, member: WorkspacePackage): ReleasedRecord | null {
  if (!isVersioned(member)) return null;
  const { name, version } = member.manifest;
  const commit = commitOf(workspace, member);
  const path = `${member.root}/assets/record.json`;
  const text = git(workspace, 'show', `${commit}:${path}`);
  if (text === null) {
    throw new ReleaseError(
      'RELEASE_RECORD_INVALID',
      `${name}@${version} was released from ${commit.slice(0, 12)}, which has no ${path}.\n` +
        'Wanted: the record of the last release. If the folder was moved, tag the commit of the move ' +
        `${name}@${version}.`,
    );
  }
  return { version, record: parseRecord(text, `${path} of ${name}@${version}`) };
}

/**
 * A member's record as it is now.
 *
 * @throws {ReleaseError} `RELEASE_RECORD_INVALID`.
 */
export function presentRecord({ dir, root }: WorkspacePackage): MemberRecord {
  const file = join(dir, 'assets/record.json');
  return parseRecord(existsSync(file) ? readFileSync(file, 'utf8') : '', `${root}/assets/record.json`);
}

function commitOf(workspace: string, { root, manifest: { name, version } }: WorkspacePackage): string {
  const tagged = git(workspace, 'rev-parse', '--verify', '--quiet', `refs/tags/${name}@${version}^{commit}`);
  if (tagged !== null) return tagged.trim();
  const pattern = heading(version).source;
  const log = git(workspace, 'log', '--format=%H', `-G${pattern}`, '--', `${root}/CHANGELOG.md`) ?? '';
  const oldest = log.trim().split('\n').at(-1) ?? '';
  const shallow = git(workspace, 'rev-parse', '--is-shallow-repository')?.trim() === 'true';
  // The first commit of a shallow clone seems to have brought everything.
  if (shallow) {
    throw new ReleaseError(
      'RELEASE_HISTORY_SHALLOW',
      `This clone has neither the tag ${name}@${version} nor the whole history.\n` +
        'Wanted: the record of the last release. Run git fetch --tags --unshallow (in CI: fetch-depth: 0).',
    );
  }
  if (oldest === '') {
    throw new ReleaseError(
      'RELEASE_NOT_COMMITTED',
      `${root}/CHANGELOG.md has an entry for ${version}, which no commit has.\n` +
        'Wanted: one release at a time. Commit what npm run version wrote, or undo it, and run it again.',
    );
  }
  return oldest;
}

function heading(version: string): RegExp {
  // Also the source of a basic pattern of git: nothing but dots is escaped.
  return new RegExp(`^## ${version.replaceAll('.', '\\.')}$`, 'm');
}

function parseRecord(text: string, what: string): MemberRecord {
  let record: Partial<MemberRecord> | null = null;
  try {
    record = JSON.parse(text) as Partial<MemberRecord> | null;
  } catch {
    // Said below: no JSON is as bad as another JSON.
  }
  if (typeof record?.threshold !== 'number' || typeof record.fit?.data !== 'string' || !Array.isArray(record.figures)) {
    throw new ReleaseError(
      'RELEASE_RECORD_INVALID',
      `${what} is not the record of a member.\n` +
        'Wanted: JSON with threshold, fit.data and figures. Rebuild the member, or see what npx clamor list says.',
    );
  }
  return record as MemberRecord;
}
