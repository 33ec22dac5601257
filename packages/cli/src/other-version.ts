import { stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';

import { errorMessage } from '@clamor/contract';
import type { MemberColumn } from '@clamor/evaluation';
import { discover, type Discovery, loadSuite } from '@clamor/runtime';
import { assertMayEvaluate, type EvaluationSource } from '@clamor/store';

import type { ColumnCache } from './column-cache.ts';
import { CliError } from './errors.ts';
import { importEvaluation } from './evaluation-package.ts';
import type { Io } from './io.ts';
import { type MeasuredMember, measureColumns } from './measured-columns.ts';
import type { MeasuredTable } from './measured-table.ts';
import { openOtherFolder, type OtherFolder } from './other-folder.ts';
import { resolveMembers } from './resolve-members.ts';
import { readCandidate } from './score-candidates.ts';

/** Where the other version of a member is. */
export interface OtherVersion {
  /** A file of scores, or what `openOtherFolder` opens: `npm:VERSION`, `git:REF`, a reference, a folder. */
  readonly against: string;
  /** Of a file of scores. */
  readonly threshold?: number;
}

/** What {@link measureOtherVersion} takes. */
export interface OtherVersionOptions {
  /** Short name, package and folder of the member as it is installed. */
  readonly member: { readonly name: string; readonly package: string; readonly dir: string };
  readonly measured: MeasuredTable;
  readonly source: EvaluationSource;
  readonly discovery: Discovery;
  readonly cache: ColumnCache | null;
  readonly workers?: number;
  /** Whether columns that its evaluation has stored for the split do instead of scoring it; default true. */
  readonly stored?: boolean;
}

/**
 * The scores of another version of a member over the examples of a measured table, with that version's threshold.
 *
 * A version in a folder or in git is loaded from there with its own suite, its own code and artifacts, and, where its
 * evaluation has stored columns for the split, those.
 *
 * @throws {CliError} `CLI_VERSION_UNUSABLE`, `CLI_USAGE`; {StoreError} `EVAL_TRAINED_ON` and the codes of `readScores`
 */
export async function measureOtherVersion(
  { against, threshold }: OtherVersion,
  options: OtherVersionOptions,
  io: Io,
): Promise<MemberColumn> {
  const path = resolve(io.cwd, against);
  const found = await stat(path).catch(() => null);
  if (found?.isFile() === true) {
    if (threshold === undefined) {
      throw new CliError('CLI_USAGE', `"${against}" is a file of scores: give its --against-threshold.`);
    }
    return await readCandidate({ file: path, threshold, name: options.member.name }, options.measured, io);
  }
  if (threshold !== undefined) {
    throw new CliError('CLI_USAGE', '--against-threshold goes with a file of scores; a version has its own threshold.');
  }
  const { member, discovery } = options;
  await using other = await openOtherFolder(against, { ...member, host: discovery.host }, io);
  return await measureFolder(other, { ...options, against }, io);
}

/** What {@link measureFolder} takes. */
export interface MeasureFolderOptions extends OtherVersionOptions {
  /** As it was named. */
  readonly against: string;
}

/**
 * The scores of the version in a folder over the examples of a measured table.
 *
 * @throws {CliError} `CLI_VERSION_UNUSABLE`; {StoreError} `EVAL_TRAINED_ON`
 */
export async function measureFolder(other: OtherFolder, options: MeasureFolderOptions, io: Io): Promise<MemberColumn> {
  const { member, measured, source, against, cache, workers, stored = true } = options;
  const discovery = discover({ from: other.dir });
  const found = discovery.packages.find((candidate) => candidate.package === member.package);
  if (found === undefined) {
    const fault = discovery.faults.find((one) => one.package === member.package);
    if (fault !== undefined) throw unusable(against, `${member.package} has ${fault.found} [${fault.code}]`);
    throw unusable(against, `it has no member ${member.package}. A new member is gated without --against`);
  }
  if (other.tree !== undefined && !found.dir.startsWith(other.tree + sep)) {
    throw unusable(against, `git does not hold ${member.package}, which is installed from ${found.dir}. Name a folder`);
  }
  const ownSuite = discovery.packages.filter(({ marker }) => marker.kind === 'suite' && marker.suite === source.suite);
  await using suite = await loadSuite({
    from: other.dir,
    suite: source.suite,
    packages: [...ownSuite.map((one) => one.package), member.package],
    onFault: 'degrade', // Members that the policy requires are left out here; only the one asked for must be well.
    ...(workers === undefined ? {} : { workers }),
    ...(cache === null ? {} : { encodings: cache.encodings }),
  }).catch((cause: unknown) => {
    throw unusable(against, errorMessage(cause), cause);
  });
  const fault = suite.faults.find((one) => one.package === member.package);
  if (fault !== undefined) throw unusable(against, `${member.package} is not loaded [${fault.code}]: ${fault.found}`);
  const own = await ownEvaluation(discovery, source.suite);
  const { members, examples } = await measureColumns(
    { source, suite, split: measured.split, io, cache, candidates: resolveMembers([member.package], suite) },
    async (split) => (stored ? await own?.columns?.(split) : undefined),
  );
  await cache?.encodings.save(suite);
  const version = members.find(({ name }) => name === member.name);
  if (version === undefined)
    throw unusable(against, `${member.package} has no scores on split "${measured.split.name}"`);
  const ids = examples.map(({ id }) => id);
  if (version.fitted !== null) assertMayEvaluate(version.fitted, ids, (own ?? source).splits);
  return onExamples(version, ids, measured);
}

/** The evaluation beside the other version; `null` where there is none, as in an application's own folder. */
async function ownEvaluation(discovery: Discovery, suite: string): Promise<EvaluationSource | null> {
  const isThere = discovery.packages.some(({ marker }) => marker.kind === 'evaluation' && marker.suite === suite);
  return isThere ? await importEvaluation(discovery, suite) : null;
}

/** Both versions are compared on the same examples, which a file of scores would call keys. */
function onExamples(
  { name, threshold, column }: MeasuredMember,
  ids: readonly string[],
  { columns }: MeasuredTable,
): MemberColumn {
  const same = ids.length === columns.examples.length && columns.examples.every(({ id }, i) => id === ids[i]);
  if (same) return { name, threshold, column };
  throw new CliError(
    'CLI_VERSION_UNUSABLE',
    `The two versions of "${name}" read ${columns.examples.length} and ${ids.length} examples: their suites parse differently.\nMeasure the other version by itself and give its scores as a file.`,
  );
}

function unusable(against: string, why: string, cause?: unknown): CliError {
  return new CliError('CLI_VERSION_UNUSABLE', `The version at "${against}" cannot be measured: ${why}.`, { cause });
}
