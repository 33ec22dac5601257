import { Command, InvalidArgumentError, Option } from 'commander';

import { evaluateSuite } from './commands/evaluate-suite.ts';
import { evaluateTable } from './commands/evaluate-table.ts';
import { judge } from './commands/judge.ts';
import { list } from './commands/list.ts';
import { CliError } from './errors.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { VERSION } from './version.ts';

/** The options of `clamor evaluate`. */
interface EvaluateFlags {
  readonly split: readonly string[];
  readonly explore: readonly string[];
  readonly table?: string;
  readonly html?: string;
  readonly markdown?: string;
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly exclude: readonly string[];
  readonly workers?: number;
  readonly required: readonly string[];
  readonly lossBudget?: number;
  readonly uniquePrecisionFloor?: number;
}

/** The command line of `clamor`. Help and usage errors go through the io too, and nothing ends the process. */
export function createProgram(io: Io, setExitCode: (code: ExitCode) => void): Command {
  const program = new Command('clamor')
    .description('Many voices; any one of them can raise the alarm: list, judge and evaluate suites of classifiers.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.width ?? 100,
      getErrHelpWidth: () => io.width ?? 100,
    });
  addList(program, io, setExitCode);
  addJudge(program, io, setExitCode);
  addEvaluate(program, io, setExitCode);
  return program;
}

function addList(program: Command, io: Io, setExitCode: (code: ExitCode) => void): void {
  program
    .command('list')
    .description('the packages that the host installs: name, version, kind, owner, status, and every fault')
    .argument('[suite]', 'only the packages of this suite')
    .option('--check', 'load the suites too, so that faults of code and artifacts are found')
    .option('--json', 'print one JSON document')
    .action(async (suite: string | undefined, flags: { check?: boolean; json?: boolean }) => {
      setExitCode(await list({ ...flags, ...(suite === undefined ? {} : { suite }) }, io));
    });
}

function addJudge(program: Command, io: Io, setExitCode: (code: ExitCode) => void): void {
  program
    .command('judge')
    .description('judge the examples of files, one line per verdict and a summary')
    .argument('<files...>', 'JSONL, CSV, Parquet, or a format of the suite (for spam: .eml, .mbox); - for stdin')
    .option('--suite <name>', 'which suite; needed when several are installed')
    .option('--format <name>', 'jsonl, csv, parquet or a format of the suite; default by extension')
    .option('--json', 'print one JSON object per line, the summary last')
    .option('--strict', 'refuse to judge when any package of the suite has a fault')
    .addOption(excludeOption())
    .addOption(workersOption())
    .action(async (files: string[], flags: Omit<Parameters<typeof judge>[0], 'files'>) => {
      setExitCode(await judge({ ...flags, files }, io));
    });
}

function addEvaluate(program: Command, io: Io, setExitCode: (code: ExitCode) => void): void {
  program
    .command('evaluate')
    .description('measure a suite on splits of its dataset, or judgements made elsewhere')
    .argument('[suite]', 'name of the suite; not with --table')
    .addOption(new Option('--split <name>', 'a split to measure; may be repeated').default([], '').argParser(collect))
    .addOption(
      new Option(
        '--explore <name>',
        'a split with the role explore: measure it and show unique examples; may be repeated',
      )
        .default([], '')
        .argParser(collect),
    )
    .option('--table <file>', 'CSV or Parquet: label, optionally weight and key, and a column of judgements per member')
    .option('--html <file>', 'write the report as one HTML page')
    .option('--markdown <file>', 'write the report as Markdown')
    .option('--json', 'print the report as one JSON document')
    .option('--strict', 'refuse to measure when any package of the suite has a fault')
    .addOption(excludeOption())
    .addOption(workersOption())
    .addOption(
      new Option(
        '--required <member>',
        'with --table: a member without which a verdict is undetermined; may be repeated',
      )
        .default([], '')
        .argParser(collect),
    )
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

function excludeOption(): Option {
  return new Option('--exclude <package>', 'leave out a package, by full name; may be repeated')
    .default([], '')
    .argParser(collect);
}

function workersOption(): Option {
  return new Option('--workers <n>', 'worker threads; default the cores this process may use').argParser((text) => {
    const workers = Number(text);
    if (Number.isInteger(workers) && workers >= 1 && workers <= 256) return workers;
    throw new InvalidArgumentError('A whole number from 1 to 256 is wanted.');
  });
}

function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('A number from 0 to 1 is wanted.');
}
