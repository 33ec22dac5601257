import type { QueueMember } from '@clamor/report';
import type { AuditEntry } from '@clamor/runtime';

import type { BaseMember } from './landed.ts';
import type { Tag } from './read-refs.ts';

/** What {@link memberStages} takes besides the members. */
export interface MemberStagesOptions {
  readonly tags: readonly Tag[];
  readonly log: readonly AuditEntry[];
  /** Packages that changesets on the base name, one entry per changeset. */
  readonly waiting: readonly string[];
}

/** Where the members of the base stand, by name. */
export function memberStages(
  members: readonly BaseMember[],
  { tags, log, waiting }: MemberStagesOptions,
): QueueMember[] {
  const released = new Set(tags.map(({ name }) => name));
  const state = log.at(-1)?.after.members ?? {};
  return members
    .map(({ member, package: name, manifest }): QueueMember => {
      const version = manifest.version ?? '';
      const slot = Object.hasOwn(state, member) ? state[member] : undefined;
      const common = {
        member,
        package: name,
        version,
        owner: manifest.clamor?.owner ?? '',
        waiting: waiting.filter((one) => one === name).length,
      };
      if (manifest.private === true) return { ...common, stage: 'private', reason: 'its package.json says so' };
      if (!released.has(`${name}@${version}`))
        return { ...common, stage: 'unreleased', reason: 'no tag of this version' };
      if (slot !== undefined) return { ...common, stage: slot.mode, reason: 'the state says so' };
      const mode = manifest.clamor?.mode === 'shadow' ? 'shadow' : 'active';
      return { ...common, stage: mode, reason: 'it ships so; the state is silent' };
    })
    .toSorted((a, b) => (a.member < b.member ? -1 : 1));
}
