import { relative, resolve } from 'node:path';

import { ABSTAINED, SCORED } from '@clamor/contract';
import { discover, type DiscoveredPackage, findSuite, type RunningSuite, type SuiteMember } from '@clamor/runtime';
import { findSplit, writeColumns } from '@clamor/store';

import { splitFolder, toCachedColumn } from '../column-cache.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { type OpenSuite, openSuite, type SuiteOptions } from '../open-suite.ts';
import { resolveMembers } from '../resolve-members.ts';
import { type ScoredMembers, scoreSplit } from '../score-split.ts';
import { splitsToScore } from '../splits-to-score.ts';
import { textTable } from '../text-table.ts';

/** What {@link score} takes. */
export interface ScoreOptions extends SuiteOptions {
  /** Default every split that the members may be measured on. */
  readonly split: readonly string[];
  /** By short name or package; default all that are installed, those in shadow too. */
  readonly member: readonly string[];
  /** Only members that read an encoder. */
  readonly onEncoders?: boolean;
  /** Folder that the columns are written to as well, to come with an evaluation. */
  readonly out?: string;
  readonly json?: boolean;
}

/**
 * `clamor score SUITE`: scores members on splits, for commands that come later and do not have to do it again. Prints no figure, so it
 * opens no split.
 *
 * @throws {CliError} `CLI_MEMBER_UNKNOWN`, `CLI_MEMBER_FAULTY`, `CLI_EXAMPLES_CHANGED`; {StoreError}
 * `STORE_SPLIT_UNKNOWN`
 */
export async function score(options: ScoreOptions, io: Io): Promise<ExitCode> {
  await using opened = await openSuite(withoutOthers(options, io), io, ({ splits }) => {
    for (const name of options.split) findSplit(splits, name);
  });
  const { source, suite } = opened;
  const members = membersToScore(options, suite);
  const asked = [...new Set(options.split)].map((name) => ({ split: findSplit(source.splits, name), members }));
  const rows: ScoredRow[] = [];
  for (const each of asked.length > 0 ? asked : splitsToScore(members, source)) {
    if (io.signal.aborted) return EXIT_CODES.interrupted;
    const scored = await scoreSplit({ ...opened, split: each.split, io }, each.members);
    for (const member of each.members)
      rows.push(await toRow(member, scored, { options, opened, split: each.split.name, io }));
  }
  print(rows, { ...options, members }, io);
  return rows.every(({ failed }) => failed === 0) ? EXIT_CODES.ok : EXIT_CODES.suite;
}

/** The options with the members excluded that are not asked for: what is not to score need not be loaded. */
function withoutOthers(options: ScoreOptions, io: Io): ScoreOptions {
  const { member: names, exclude = [] } = options;
  if (names.length === 0) return options;
  const discovery = discover({ from: io.cwd, exclude });
  const { package: suite, policy } = findSuite(discovery, options.suite);
  const members = discovery.packages.filter(
    ({ marker }) => marker.kind === 'classifier' && marker.suite === suite.marker.suite,
  );
  // A name that nobody has is refused with the names there are, and those are known when all are loaded.
  if (!names.every((name) => members.some((each) => isOneOf(each, [name])))) return options;
  const others = members.filter((each) => !isOneOf(each, [...names, ...policy.required]));
  return { ...options, exclude: [...exclude, ...others.map((each) => each.package)] };
}

function isOneOf({ name, package: full }: DiscoveredPackage, wanted: readonly string[]): boolean {
  return wanted.includes(name) || wanted.includes(full);
}

function membersToScore({ member, onEncoders = false }: ScoreOptions, suite: RunningSuite): SuiteMember[] {
  const sound = suite.members.filter(({ fault }) => fault === null).map(({ name }) => name);
  const members = resolveMembers(member.length === 0 ? sound : member, suite);
  return members.filter(({ record }) => !onEncoders || (record?.encoder ?? null) !== null);
}

interface ScoredRow {
  readonly member: string;
  readonly version: string;
  readonly split: string;
  readonly scored: number;
  readonly abstained: number;
  readonly failed: number;
  /** Examples that the suite refused. */
  readonly unreadable: number;
  /** The manifest written for `--out`; `null` when none was. */
  readonly file: string | null;
}

async function toRow(
  member: SuiteMember,
  { columns, unreadable, examples }: ScoredMembers,
  { options, opened, split, io }: { options: ScoreOptions; opened: OpenSuite; split: string; io: Io },
): Promise<ScoredRow> {
  const column = columns.get(member.name)!;
  const count = (wanted: number): number => column.status.filter((status) => status === wanted).length;
  const failed = [...column.reasons.keys()].filter((i) => !unreadable.has(i)).length;
  const { name, version } = member;
  const counts = { scored: count(SCORED), abstained: count(ABSTAINED), failed, unreadable: unreadable.size };
  const toShip = failed > 0 || examples === null ? null : toCachedColumn(member, column, { ...opened, examples });
  if (options.out === undefined || toShip === null) return { member: name, version, split, ...counts, file: null };
  const folder = resolve(io.cwd, options.out, splitFolder(split));
  await opened.cache?.ignoreColumns(folder);
  const [manifest] = await writeColumns(folder, [toShip]);
  return { member: name, version, split, ...counts, file: resolve(folder, manifest!.file.replace(/parquet$/, 'json')) };
}

function print(
  rows: readonly ScoredRow[],
  { json = false, members }: Pick<ScoreOptions, 'json'> & { readonly members: readonly SuiteMember[] },
  io: Io,
): void {
  if (json) {
    io.stdout.write(`${JSON.stringify({ columns: rows }, null, 2)}\n`);
    return;
  }
  if (rows.length === 0) {
    io.stdout.write(
      members.length === 0
        ? 'No member is to be scored.\n'
        : `No split has examples that ${members.map(({ name }) => name).join(', ')} may be measured on.\n`,
    );
    return;
  }
  const header = ['member', 'version', 'split', 'scored', 'abstained', 'failed', 'unreadable'];
  const cells = rows.map((row) => [
    row.member,
    row.version,
    row.split,
    ...[row.scored, row.abstained, row.failed, row.unreadable].map(String),
  ]);
  io.stdout.write(`${textTable([header, ...cells], { right: [3, 4, 5, 6] })}\n`);
  const files = rows.flatMap(({ file }) => (file === null ? [] : [`wrote ${shownPath(file, io)}`]));
  if (files.length > 0) io.stderr.write(`${files.join('\n')}\n`);
}

/** From where the command runs: a task runner prints it again on other machines, in other folders. */
function shownPath(file: string, { cwd }: Io): string {
  const path = relative(cwd, file);
  return path.startsWith('..') ? file : path;
}
