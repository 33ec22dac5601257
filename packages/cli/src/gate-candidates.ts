import type { MemberColumn, ScoredTable } from '@clamor/evaluation';
import type { SuiteMember } from '@clamor/runtime';

import { CliError } from './errors.ts';
import type { Io } from './io.ts';
import type { MeasuredTable } from './measured-table.ts';
import { readCandidate, type ScoresFile } from './score-candidates.ts';

/** Who is to be gated, and the table in which they stand beside the suite. */
export interface GateCandidates {
  /** Members first, then those from files. */
  readonly candidates: readonly MemberColumn[];
  readonly fromFiles: readonly MemberColumn[];
  readonly table: ScoredTable;
}

/** What {@link findCandidates} takes. */
export interface FindCandidatesOptions {
  readonly members: readonly SuiteMember[];
  readonly files: readonly ScoresFile[];
  /** A file holds another version of a member: it takes the place of the installed one. */
  readonly replaces: boolean;
}

/**
 * The columns of the candidates, and the measured table with them.
 *
 * @throws {CliError} `CLI_MEMBER_NOT_MEASURED`, `CLI_NAME_TAKEN`, `CLI_MEMBER_UNKNOWN`; {StoreError} the codes of
 * `readScores`
 */
export async function findCandidates(
  { members, files, replaces }: FindCandidatesOptions,
  measured: MeasuredTable,
  io: Io,
): Promise<GateCandidates> {
  const installed = members.map(({ name }) => memberColumn(name, measured));
  const fromFiles: MemberColumn[] = [];
  for (const file of files) {
    const candidate = await readCandidate(file, measured, io);
    const known = measured.table.members.map(({ name }) => name);
    if (replaces && !known.includes(candidate.name)) throw notAMember(candidate.name, known);
    const taken = [...(replaces ? [] : known), ...fromFiles.map(({ name }) => name)];
    if (taken.includes(candidate.name)) throw nameTaken(candidate.name, file.file);
    fromFiles.push(candidate);
  }
  const replaced = new Set(fromFiles.map(({ name }) => name));
  const others = measured.table.members.filter(({ name }) => !replaced.has(name));
  return {
    candidates: [...installed, ...fromFiles],
    fromFiles,
    table: { ...measured.table, members: [...others, ...fromFiles] },
  };
}

/**
 * The measured column of a member.
 *
 * @throws {CliError} `CLI_MEMBER_NOT_MEASURED`
 */
export function memberColumn(name: string, { table, split }: MeasuredTable): MemberColumn {
  const found = table.members.find((member) => member.name === name);
  if (found !== undefined) return found;
  throw new CliError(
    'CLI_MEMBER_NOT_MEASURED',
    `"${name}" has no scores on split "${split.name}"; measured are ${table.members.map((member) => member.name).join(', ') || 'none'}.\nMake its column of the split, give its scores as a file (--scores), or take another --split.`,
  );
}

function nameTaken(name: string, file: string): CliError {
  return new CliError(
    'CLI_NAME_TAKEN',
    `There is a member or candidate "${name}" already. Give the scores of "${file}" another --name; a new version of a member is gated with --against.`,
  );
}

function notAMember(name: string, known: readonly string[]): CliError {
  return new CliError(
    'CLI_MEMBER_UNKNOWN',
    `--against compares versions of a member, and the scores are named "${name}"; members are ${known.join(', ')}.\nGive the --name of one of these.`,
  );
}
