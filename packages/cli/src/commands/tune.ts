import { tuneMember, tuneUnion } from '@clamor/evaluation';
import type { ReportContext } from '@clamor/report';
import type { Split } from '@clamor/store';

import { answerContext } from '../answer-context.ts';
import { chooseExploreSplit } from '../choose-split.ts';
import { CliError } from '../errors.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { memberColumn } from '../gate-candidates.ts';
import type { Io } from '../io.ts';
import { measureTable } from '../measured-table.ts';
import { openSuite, type SuiteOptions } from '../open-suite.ts';
import { resolveMembers } from '../resolve-members.ts';
import { isHeldBack, openEvidence } from '../split-evidence.ts';
import { type AnswerOutputs, writeReport } from '../write-report.ts';

/** What {@link tune} takes. */
export interface TuneOptions extends SuiteOptions, Omit<AnswerOutputs, 'junit'> {
  /** Whose threshold; absent with `union`. */
  readonly member?: string;
  /** Search all thresholds at once. */
  readonly union?: boolean;
  /** Precision that the search has to reach, in (0, 1]; default the policy's precision floor. */
  readonly precision?: number;
  /** Default the first split with the role explore. */
  readonly split?: string;
}

/** `clamor tune`: where should a threshold be? It says so, and writes it nowhere. */
export async function tune(options: TuneOptions, io: Io): Promise<ExitCode> {
  checkAsked(options);
  await using opened = await openSuite(options, io, (source) =>
    refuseHeldBack(chooseExploreSplit(source, options.split)),
  );
  const { suite, source, cache } = opened;
  const { policy } = suite;
  const split = chooseExploreSplit(source, options.split);
  const [member] = options.member === undefined ? [] : resolveMembers([options.member], suite);
  const measured = await measureTable({
    source,
    suite,
    io,
    cache,
    split: split.name,
    candidates: member === undefined ? [] : [member],
  });
  const context: ReportContext = answerContext(measured, { suite, source, use: null, notes: [] });
  if (member === undefined) {
    const result = tuneUnion(measured.table, { targetPrecision: options.precision ?? policy.precisionFloor });
    await writeReport({ kind: 'union', context, result }, options, io);
    return EXIT_CODES.ok;
  }
  const { name } = memberColumn(member.name, measured);
  const evidence = await openEvidence({ source, split }, io);
  const result = tuneMember(measured.table, name, {
    floor: policy.uniquePrecisionFloor,
    confidence: policy.meritConfidence,
    lossBudget: Math.max(0, policy.lossBudget - evidence.lossDrawn('')),
  });
  await writeReport({ kind: 'tune', context, result }, options, io);
  return EXIT_CODES.ok;
}

function checkAsked({ member, union = false, precision }: TuneOptions): void {
  if ((member === undefined) === union && (precision === undefined || union)) return;
  throw new CliError(
    'CLI_USAGE',
    'Tune one member (clamor tune MEMBER), or search all thresholds (clamor tune --union, optionally --precision P).',
  );
}

function refuseHeldBack(split: Split): void {
  if (!isHeldBack(split)) return;
  throw new CliError(
    'CLI_SPLIT_HELD_BACK',
    `Split "${split.name}" (${split.roles.join(', ')}) is held back for decisions; a threshold chosen on it would be judged by what it was chosen on.\nTune on a split with the role explore, or on out-of-fold scores.`,
  );
}
