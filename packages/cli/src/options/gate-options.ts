import { gateSuite, type GateSuiteOptions } from '../commands/gate-suite.ts';
import { gateTable, type GateTableOptions } from '../commands/gate-table.ts';
import type { CommandLine } from './command-line.ts';
import {
  excludeOption,
  noCacheOption,
  refuseOptions,
  repeatable,
  score,
  scoreOption,
  share,
  workersOption,
} from './values.ts';

/** The options of `clamor gate`, for a suite and for a table. */
type GateFlags = Omit<GateSuiteOptions, 'members'> &
  Omit<GateTableOptions, 'members' | 'table' | 'against'> & { table?: string };

const TABLE_ONLY = [
  'required',
  'cluster',
  'lossBudget',
  'uniquePrecisionFloor',
  'harmConfidence',
  'meritConfidence',
] as const satisfies readonly (keyof GateFlags)[];
const SUITE_ONLY = [
  'suite',
  'split',
  'scores',
  'threshold',
  'name',
  'againstThreshold',
  'accept',
  'installed',
  'cache',
  'strict',
  'exclude',
] as const satisfies readonly (keyof GateFlags)[];

/** `clamor gate`. */
export function addGate({ program, io, setExitCode }: CommandLine): void {
  program
    .command('gate')
    .description('may a candidate join the suite? exit code 0 pass, 1 fail, 2 inconclusive, 3 no effect')
    .argument('[members...]', 'installed candidates, by short name or package; several are gated jointly')
    .option('--suite <name>', 'which suite; needed when several are installed')
    .option('--split <name>', 'split to gate on; default the only one with the role gate')
    .addOption(repeatable('--scores <file>', 'a candidate from a CSV or Parquet file: key, score'))
    .addOption(repeatable('--threshold <score>', 'of the nth file of scores: score ≥ threshold is positive', score))
    .addOption(repeatable('--name <name>', 'of the nth file of scores; default the name of the file'))
    .option(
      '--against <version>',
      'compare the one candidate with another version of it: a git reference, a folder with that host, or a file of scores; with --table, the table of that version',
    )
    .addOption(scoreOption('--against-threshold <score>', 'threshold of a file of scores that --against names'))
    .option('--table <file>', 'gate columns of a table of judgements made elsewhere, as evaluate --table reads it')
    .addOption(repeatable('--required <member>', 'with --table: a member without which a verdict is undetermined'))
    .option('--cluster <column>', 'with --table: column whose equal values mark near-copies')
    .option('--loss-budget <share>', 'with --table: what is left of the loss budget; needed', share)
    .option('--unique-precision-floor <share>', 'with --table: floor of the unique precision; needed', share)
    .option('--harm-confidence <share>', 'with --table: confidence of the harm test, above 0.5; default 0.9', share)
    .option('--merit-confidence <share>', 'with --table: confidence of the merit test, above 0.5; default 0.8', share)
    .option('--installed', 'score what is installed, also where the evaluation has stored columns of a split')
    .option('--accept', 'record a pass as accepted: what it draws is taken from the loss budget')
    .option('--json', 'print one JSON document')
    .option('--markdown <file>', 'write the answer as Markdown, for a comment on a pull request')
    .option('--junit <file>', 'write the answer as JUnit XML, for CI')
    .option('--strict', 'refuse to gate when any package of the suite has a fault')
    .addOption(excludeOption())
    .addOption(noCacheOption())
    .addOption(workersOption())
    .action(async (members: string[], { table, ...flags }: GateFlags) => {
      if (table === undefined) refuseOptions(flags, TABLE_ONLY, 'go with --table; a suite has a policy of its own');
      else refuseOptions(flags, SUITE_ONLY, 'do not go with --table, which has no suite');
      setExitCode(
        await (table === undefined
          ? gateSuite({ ...flags, members }, io)
          : gateTable({ ...flags, table, members }, io)),
      );
    });
}
