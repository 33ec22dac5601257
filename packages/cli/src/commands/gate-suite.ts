import { isDeepStrictEqual } from 'node:util';

import { columnsToTable, numberClusters } from '@clamor/evaluation';
import type { RunningSuite, SuiteMember } from '@clamor/runtime';
import { hashColumns, type Split } from '@clamor/store';

import { answerContext } from '../answer-context.ts';
import { chooseSplit } from '../choose-split.ts';
import { installedSource } from '../compare/installed-source.ts';
import { CliError } from '../errors.ts';
import type { ExitCode } from '../exit-codes.ts';
import { askGate, exitCodeOfDecision, type GateQuestion, reportOf } from '../gate-answer.ts';
import { findCandidates, type GateCandidates } from '../gate-candidates.ts';
import { type Io, printable } from '../io.ts';
import { type MeasuredTable, measureTable } from '../measured-table.ts';
import { measureCosts } from '../member-cost.ts';
import { type OpenSuite, openSuite, type SuiteOptions } from '../open-suite.ts';
import { measureOtherVersion } from '../other-version.ts';
import { resolveMembers } from '../resolve-members.ts';
import { type ScoresFile, type ScoresFlags, scoresFiles } from '../score-candidates.ts';
import { isHeldBack, openEvidence } from '../split-evidence.ts';
import { type AnswerOutputs, writeReport } from '../write-report.ts';

/** What {@link gateSuite} takes. */
export interface GateSuiteOptions extends SuiteOptions, ScoresFlags, AnswerOutputs {
  /** Installed candidates, by short name or package. */
  readonly members: readonly string[];
  /** Default the only split with the role gate. */
  readonly split?: string;
  /** Another version of the one candidate: a git reference, a folder, or a file of scores. */
  readonly against?: string;
  /** Of a file of scores. */
  readonly againstThreshold?: number;
  /** Score what is installed, also where the evaluation has stored columns: of a changed member they are those of before. */
  readonly installed?: boolean;
  /** Record that what passes is accepted, with what it draws from the loss budget. */
  readonly accept?: boolean;
}

/** `clamor gate`: may these candidates join the suite, or may this version of a member replace that one? */
export async function gateSuite(options: GateSuiteOptions, io: Io): Promise<ExitCode> {
  const files = scoresFiles(options);
  checkAsked(options, files.length);
  await using opened = await openSuite(options, io, (source) =>
    checkSplit(chooseSplit(source, options.split, 'gate'), options),
  );
  const { suite, source } = opened;
  const split = chooseSplit(source, options.split, 'gate');
  const evidence = await openEvidence({ source, split }, io);
  const members = resolveMembers(options.members, suite, { hint: 'scores from a file go with --scores' });
  const asked = { ...opened, options, members, files, split, io };
  const { measured, found, other } = await measureVersions(asked);
  const isInstalled = members.length === 1 && files.length === 0;
  const cost = isInstalled ? await measureCosts({ suite, source, split, io, candidates: members }) : null;
  const columns = hashColumns(found.candidates);
  const { table } = found;
  const answer = askGate({
    table: columnsToTable(table),
    candidates: found.candidates.map(({ name }) => name),
    other,
    rules: rulesOf(suite, evidence.lossDrawn(columns)),
    clusters: table.clusters === undefined ? null : numberClusters(table.clusters, table.labels.length),
    required: measured.required,
    msPerExample: cost?.msPerExample.get(members[0]!.name) ?? null,
  });
  const isAccepted = options.accept === true && answer.decision === 'pass' && answer.draws !== null;
  const use = await evidence.answer({
    kind: answer.report.kind,
    suiteVersion: suite.suiteVersion,
    ids: measured.columns.examples.map(({ id }) => id),
    members: found.candidates.map(({ name }) => name),
    columns,
    outcome: { decision: answer.decision, accepted: isAccepted, draws: isAccepted ? roundedUp(answer.draws) : null },
  });
  const notes = [...fileNotes(found), ...(cost === null ? [] : [cost.note]), ...acceptNotes(options, isAccepted)];
  await writeReport(reportOf(answer, answerContext(measured, { suite, source, use, notes })), options, io);
  return exitCodeOfDecision(answer.decision);
}

function checkAsked({ members, against, againstThreshold }: GateSuiteOptions, files: number): void {
  const candidates = members.length + files;
  if (candidates === 0) {
    throw new CliError(
      'CLI_USAGE',
      'Name who is to be gated: clamor gate MEMBER…, or clamor gate --scores FILE --threshold T.',
    );
  }
  if (against !== undefined && candidates > 1) {
    throw new CliError(
      'CLI_USAGE',
      `--against compares two versions of one member; ${candidates} candidates were named.`,
    );
  }
  if (against === undefined && againstThreshold !== undefined) {
    throw new CliError('CLI_USAGE', '--against-threshold is the threshold of a file of scores named by --against.');
  }
}

function checkSplit(split: Split, { accept = false }: GateSuiteOptions): void {
  if (!accept || isHeldBack(split)) return;
  throw new CliError(
    'CLI_USAGE',
    `--accept records a decision, and split "${split.name}" (${split.roles.join(', ')}) is not held back for decisions. Leave it out, or gate on a split with the role gate.`,
  );
}

interface Asked extends OpenSuite {
  readonly options: GateSuiteOptions;
  readonly members: readonly SuiteMember[];
  readonly files: readonly ScoresFile[];
  readonly split: Split;
  readonly io: Io;
}

interface Versions {
  readonly measured: MeasuredTable;
  readonly found: GateCandidates;
  /** The table with the other version of the candidate; `null` when none is asked for. */
  readonly other: GateQuestion['other'];
}

/**
 * Measures the candidates, and the version that one of them is to replace.
 *
 * Stored columns are of the fit that they were made with. When both versions would be measured by the same ones, nobody has stored
 * those of the new version: both are scored instead, as all others are, so that one fit is compared with one fit.
 */
async function measureVersions(asked: Asked): Promise<Versions> {
  const { options, members, io, split, source } = asked;
  const scored = { ...asked, source: installedSource(source) };
  if (options.installed === true) return (await measureOnce(scored, { stored: false }))[0];
  const [first, isSame] = await measureOnce(asked, { stored: true });
  if (!isSame || members.length !== 1 || (await source.columns?.(split.name)) === undefined) return first;
  io.stderr.write(
    `stored columns of ${split.name} are the same for both versions of ${printable(options.members[0]!)}: scoring what is installed\n`,
  );
  return (await measureOnce(scored, { stored: false }))[0];
}

/** @returns what was measured, and whether the two versions have the same threshold and the same scores. */
async function measureOnce(
  { options, members, files, split, suite, source, discovery, cache, io }: Asked,
  { stored }: { readonly stored: boolean },
): Promise<[Versions, boolean]> {
  const { against, againstThreshold, workers } = options;
  const measured = await measureTable({ source, suite, io, cache, split: split.name, candidates: members });
  const found = await findCandidates({ members, files, replaces: against !== undefined }, measured, io);
  if (against === undefined) return [{ measured, found, other: null }, false];
  const { table } = found;
  const candidate = found.candidates[0]!;
  const [member] = resolveMembers([candidate.name], suite);
  const version = await measureOtherVersion(
    { against, ...(againstThreshold === undefined ? {} : { threshold: againstThreshold }) },
    { member: member!, measured, source, discovery, cache, stored, ...(workers === undefined ? {} : { workers }) },
    io,
  );
  const columns = table.members.map((column) => (column.name === version.name ? version : column));
  const other = { table: columnsToTable({ ...table, members: columns }), against };
  return [{ measured, found, other }, isDeepStrictEqual(version, candidate)];
}

function rulesOf({ policy }: RunningSuite, lossDrawn: number): GateQuestion['rules'] {
  return {
    lossBudget: Math.max(0, policy.lossBudget - lossDrawn),
    meritFloor: policy.uniquePrecisionFloor,
    harmConfidence: policy.harmConfidence,
    meritConfidence: policy.meritConfidence,
  };
}

/** Up to the next hundredth of a percent: everybody reads the log, and no budget is overdrawn by rounding. */
function roundedUp(draws: number): number {
  return Math.ceil(draws * 1e4 - 1e-9) / 1e4;
}

function fileNotes({ fromFiles }: GateCandidates): string[] {
  return fromFiles.map(
    ({ name }) => `The scores of ${name} come from a file: whether it was fitted on these examples is not known here.`,
  );
}

function acceptNotes({ accept = false }: GateSuiteOptions, isAccepted: boolean): string[] {
  if (!accept) return [];
  return [
    isAccepted
      ? 'Recorded as accepted in the log of evidence.'
      : 'Not recorded as accepted: only a pass is, and only when what it draws is known.',
  ];
}
