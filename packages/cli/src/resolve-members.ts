import type { RunningSuite, SuiteMember } from '@clamor/runtime';

import { CliError } from './errors.ts';

/**
 * The active members of the names given: short (`words`) or of their packages (`@clamor/spam-words`).
 *
 * @returns In the order given, each once.
 * @throws {CliError} `CLI_MEMBER_UNKNOWN`, naming those there are; `CLI_MEMBER_FAULTY` for one that is not loaded.
 */
export function resolveMembers(names: readonly string[], suite: RunningSuite): SuiteMember[] {
  const active = suite.members.filter(({ mode }) => mode === 'active');
  const found = names.map((name) => active.find((member) => member.name === name || member.package === name));
  const unknown = names.filter((_, i) => found[i] === undefined);
  if (unknown.length > 0) {
    throw new CliError(
      'CLI_MEMBER_UNKNOWN',
      `The suite "${suite.name}" has no member ${unknown.map((name) => `"${name}"`).join(', ')}; it has ${active.map(({ name }) => name).join(', ') || 'none'}.\nCheck the name, or install the package; scores from a file go with --scores.`,
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
