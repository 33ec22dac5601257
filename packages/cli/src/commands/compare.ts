import type { CompareAnswer } from '@clamor/report';
import { hashColumns } from '@clamor/store';

import { answerContext } from '../answer-context.ts';
import { chooseExploreSplit } from '../choose-split.ts';
import { type ComparedMember, compareMember, unusableReason } from '../compare/compare-member.ts';
import { followingBump } from '../compare/version-bump.ts';
import { readVersionFacts } from '../compare/version-facts.ts';
import { CliError } from '../errors.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { measureTable } from '../measured-table.ts';
import { openOtherFolder } from '../other-folder.ts';
import { openSuite, type SuiteOptions } from '../open-suite.ts';
import { resolveMembers } from '../resolve-members.ts';
import { openEvidence } from '../split-evidence.ts';
import { type AnswerOutputs, writeReport } from '../write-report.ts';

/** What {@link compare} takes. */
export interface CompareOptions extends SuiteOptions, Omit<AnswerOutputs, 'junit'> {
  /** By short name or package. */
  readonly member: string;
  /** `npm:VERSION`, `git:REF` or a folder. */
  readonly against: string;
  /** Default the first split with the role explore. */
  readonly split?: string;
  /** Examples to show of each way; default 5. */
  readonly examples?: number;
}

const SHOWN = 5;

/** `clamor compare MEMBER --against VERSION`: what changes with this version, and which bump follows? */
export async function compare(options: CompareOptions, io: Io): Promise<ExitCode> {
  const { against, examples = SHOWN, workers } = options;
  await using opened = await openSuite(options, io, (source) => void chooseExploreSplit(source, options.split));
  const { suite, source, discovery } = opened;
  const split = chooseExploreSplit(source, options.split);
  const [member] = resolveMembers([options.member], suite);
  if (member === undefined)
    throw new CliError('CLI_USAGE', 'Name the member: clamor compare MEMBER --against VERSION.');
  const evidence = await openEvidence({ source, split }, io);
  await using other = await openOtherFolder(against, { ...member, host: discovery.host }, io);
  const measured = await measureTable({ source, suite, io, split: split.name });
  const suitePackage = discovery.packages.find(({ marker }) => marker.kind === 'suite' && marker.suite === suite.name);
  const [before, after] = [other.member, member.dir].map((dir) => readVersionFacts(dir, suitePackage?.package ?? ''));
  const declared = followingBump(before!, after!, null);
  const compared: ComparedMember | string = await compareMember(
    other,
    { member, measured, source, discovery, against, examples, ...(workers === undefined ? {} : { workers }) },
    io,
  ).catch((error: unknown) => {
    // What is major by its manifest alone may be what keeps it from running beside this one.
    if (declared.bump === 'major') return unusableReason(error);
    throw error;
  });
  const isCompared = typeof compared !== 'string';
  const { bump, causes } = isCompared ? followingBump(before!, after!, compared.observed) : declared;
  const use = isCompared
    ? await evidence.answer({
        kind: 'compare',
        suiteVersion: suite.suiteVersion,
        ids: measured.columns.examples.map(({ id }) => id),
        members: [member.name],
        columns: hashColumns(compared.columns),
        outcome: { bump },
      })
    : null;
  const result: CompareAnswer = {
    package: member.package,
    kind: 'classifier',
    version: { before: before!.version, after: after!.version },
    bump,
    causes,
    member: isCompared ? compared.comparison : null,
    outputs: null,
    changeset: null,
  };
  const notes = isCompared ? [] : [`Judgements are not compared. ${compared}`];
  const context = answerContext(measured, { suite, source, use, notes });
  await writeReport({ kind: 'compare', context, against, result }, options, io);
  return EXIT_CODES.ok;
}
