import { Option } from 'commander';

import { evaluateSuite, type EvaluateSuiteOptions } from '../commands/evaluate-suite.ts';
import { evaluateSummary } from '../commands/evaluate-summary.ts';
import { evaluateTable, type EvaluateTableOptions } from '../commands/evaluate-table.ts';
import { CliError } from '../errors.ts';
import type { CommandLine } from './command-line.ts';
import {
  excludeOption,
  lockedOption,
  noCacheOption,
  prevalence,
  provenanceOption,
  refuseOptions,
  repeatable,
  share,
  workersOption,
} from './values.ts';

/** The options of `clamor evaluate`, for a suite, a table and a summary. */
type EvaluateFlags = Omit<EvaluateSuiteOptions, 'suite'> &
  Omit<EvaluateTableOptions, 'table'> & { table?: string; summary?: string };

const SUITE_ONLY = ['suite', 'split', 'explore', 'locked', 'requireProvenance', 'cache'] as const satisfies readonly (
  keyof EvaluateFlags | 'suite'
)[];
const FILE_ONLY = [
  'required',
  'slice',
  'cluster',
  'filled',
  'lossBudget',
  'uniquePrecisionFloor',
] as const satisfies readonly (keyof EvaluateFlags)[];

/** `clamor evaluate`. */
export function addEvaluate({ program, io, setExitCode }: CommandLine): void {
  program
    .command('evaluate')
    .description('measure a suite on splits of its dataset, or judgements made elsewhere')
    .argument('[suite]', 'name of the suite; not with --table')
    .addOption(repeatable('--split <name>', 'a split to measure'))
    .addOption(repeatable('--explore <name>', 'a split with the role explore: measure it and show unique examples'))
    .option('--table <file>', 'CSV or Parquet: label, optionally weight and key, and a column of judgements per member')
    .option('--summary <file>', 'CSV or Parquet of sums over judgements, as docs/summary.md has it')
    .addOption(repeatable('--slice <column>', 'with --table: a column that divides the examples'))
    .option('--cluster <column>', 'with --table: column whose equal values mark near-copies')
    .option('--prevalence <share>', 'share of positives in production, P or LOW-HIGH: precisions there', prevalence)
    .addOption(
      new Option(
        '--labels <how>',
        'how examples came by their labels; default found out from the shares labelled',
      ).choices(['selective', 'random']),
    )
    .option('--filled <file>', 'with --table: labels of the examples that clamor label chose, each with its weight')
    .option('--html <file>', 'write the report as one HTML page')
    .option('--markdown <file>', 'write the report as Markdown')
    .option('--json', 'print the report as one JSON document')
    .option('--strict', 'refuse to measure when any package of the suite has a fault')
    .addOption(lockedOption())
    .addOption(provenanceOption())
    .addOption(excludeOption())
    .addOption(noCacheOption())
    .addOption(workersOption())
    .addOption(repeatable('--required <member>', 'with --table: a member without which a verdict is undetermined'))
    .option(
      '--loss-budget <share>',
      'with --table: loss budget of the gate; with the next one, the gate is computed',
      share,
    )
    .option('--unique-precision-floor <share>', 'with --table: floor of the unique precision, for the gate', share)
    .action(async (suite: string | undefined, flags: EvaluateFlags) => {
      const { table, summary, ...others } = flags;
      if (table !== undefined || summary !== undefined) {
        refuseOptions({ ...flags, suite }, SUITE_ONLY, 'do not go with a file of judgements or sums');
        if (table !== undefined && summary !== undefined) throw usage('Give a --table or a --summary, not both.');
        if (summary === undefined) setExitCode(await evaluateTable({ ...others, table: table! }, io));
        else {
          refuseOptions(flags, ['slice', 'cluster', 'filled'], 'do not go with --summary, which has no examples');
          setExitCode(await evaluateSummary({ ...others, summary }, io));
        }
        return;
      }
      refuseOptions(flags, FILE_ONLY, 'go with --table or --summary; a suite has a policy and columns of its own');
      if (suite === undefined) {
        throw usage('Name the suite (clamor evaluate SUITE --split NAME), a --table FILE or a --summary FILE.');
      }
      setExitCode(await evaluateSuite({ ...others, suite }, io));
    });
}

function usage(message: string): CliError {
  return new CliError('CLI_USAGE', message);
}
