import { evaluateSuite, type EvaluateSuiteOptions } from '../commands/evaluate-suite.ts';
import { evaluateTable, type EvaluateTableOptions } from '../commands/evaluate-table.ts';
import { CliError } from '../errors.ts';
import type { CommandLine } from './command-line.ts';
import { excludeOption, repeatable, share, workersOption } from './values.ts';

/** The options of `clamor evaluate`, for a suite and for a table. */
type EvaluateFlags = Omit<EvaluateSuiteOptions, 'suite'> & Omit<EvaluateTableOptions, 'table'> & { table?: string };

/** `clamor evaluate`. */
export function addEvaluate({ program, io, setExitCode }: CommandLine): void {
  program
    .command('evaluate')
    .description('measure a suite on splits of its dataset, or judgements made elsewhere')
    .argument('[suite]', 'name of the suite; not with --table')
    .addOption(repeatable('--split <name>', 'a split to measure'))
    .addOption(repeatable('--explore <name>', 'a split with the role explore: measure it and show unique examples'))
    .option('--table <file>', 'CSV or Parquet: label, optionally weight and key, and a column of judgements per member')
    .option('--html <file>', 'write the report as one HTML page')
    .option('--markdown <file>', 'write the report as Markdown')
    .option('--json', 'print the report as one JSON document')
    .option('--strict', 'refuse to measure when any package of the suite has a fault')
    .addOption(excludeOption())
    .addOption(workersOption())
    .addOption(repeatable('--required <member>', 'with --table: a member without which a verdict is undetermined'))
    .option(
      '--loss-budget <share>',
      'with --table: loss budget of the gate; with the next one, the gate is computed',
      share,
    )
    .option('--unique-precision-floor <share>', 'with --table: floor of the unique precision, for the gate', share)
    .action(async (suite: string | undefined, flags: EvaluateFlags) => {
      const { table, ...others } = flags;
      if (table !== undefined) {
        refuseBoth(suite, flags);
        setExitCode(await evaluateTable({ ...others, table }, io));
      } else {
        if (suite === undefined)
          throw new CliError('CLI_USAGE', 'Name the suite (clamor evaluate SUITE --split NAME) or a --table FILE.');
        setExitCode(await evaluateSuite({ ...others, suite }, io));
      }
    });
}

function refuseBoth(suite: string | undefined, flags: EvaluateFlags): void {
  if (suite === undefined && flags.split.length === 0 && flags.explore.length === 0) return;
  throw new CliError(
    'CLI_USAGE',
    '--table measures judgements made elsewhere: leave out the suite, --split and --explore.',
  );
}
