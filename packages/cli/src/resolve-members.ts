import type { RunningSuite, SuiteMember } from '@clamor/runtime';

import { CliError } from './errors.ts';

/** What {@link resolveMembers} takes besides. */
export interface ResolveMembersOptions {
  /** What else the command takes: the end of the message about a name that no member has. */
  readonly hint?: string;
}

/**
 * The members of the names given: short (`words`) or of their packages (`@clamor/spam-words`). Of several versions the one that
 * counts; of a member in shadow the one under the package's own name.
 *
 * @returns In the order given, each once.
 * @throws {CliError} `CLI_MEMBER_UNKNOWN`, naming those there are; `CLI_MEMBER_FAULTY` for one that is not loaded.
 */
export function resolveMembers(
  names: readonly string[],
  suite: RunningSuite,
  { hint }: ResolveMembersOptions = {},
): SuiteMember[] {
  const known = [...Map.groupBy(suite.members, ({ name }) => name).values()].map(
    (versions) =>
      versions.find(({ mode }) => mode === 'active') ?? versions.find(({ alias }) => alias === null) ?? versions[0]!,
  );
  const found = names.map((name) => known.find((member) => member.name === name || member.package === name));
  const unknown = names.filter((_, i) => found[i] === undefined);
  if (unknown.length > 0) {
    throw new CliError(
      'CLI_MEMBER_UNKNOWN',
      `The suite "${suite.name}" has no member ${unknown.map((name) => `"${name}"`).join(', ')}; it has ${known.map(({ name }) => name).join(', ') || 'none'}.\nCheck the name, or install the package${hint === undefined ? '' : `; ${hint}`}.`,
    );
  }
  const members = [...new Set(found.filter((member) => member !== undefined))];
  const faulty = members.filter(({ fault }) => fault !== null);
  if (faulty.length === 0) return members;
  throw new CliError(
    'CLI_MEMBER_FAULTY',
    `${faulty.map(({ name, fault }) => `"${name}" is not loaded [${fault?.code}]`).join('; ')}: it has no scores.\nclamor list --check says what is wrong.`,
  );
}
