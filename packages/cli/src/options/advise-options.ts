import { adviseSuite, type AdviseSuiteOptions } from '../commands/advise-suite.ts';
import { adviseTable, type AdviseTableOptions } from '../commands/advise-table.ts';
import type { CommandLine } from './command-line.ts';
import { excludeOption, noCacheOption, refuseOptions, repeatable, share, workersOption } from './values.ts';

/** The options of `clamor advise`, for a suite and for a table. */
type AdviseFlags = Omit<AdviseSuiteOptions, 'suite'> & Omit<AdviseTableOptions, 'table'> & { table?: string };

const TABLE_ONLY = [
  'slice',
  'cluster',
  'precisionFloor',
  'uniquePrecisionFloor',
  'lossBudget',
] as const satisfies readonly (keyof AdviseFlags)[];
const SUITE_ONLY = ['suite', 'split', 'strict', 'exclude', 'cache'] as const satisfies readonly (
  keyof AdviseFlags | 'suite'
)[];

/** `clamor advise`. */
export function addAdvise({ program, io, setExitCode }: CommandLine): void {
  program
    .command('advise')
    .description(
      'ranked moves for a suite, each with the suite that it would give; nothing is applied, a question to a held-back split is logged',
    )
    .argument('[suite]', 'name of the suite; default the only one installed')
    .option('--split <name>', 'default the first split with the role explore')
    .option('--table <file>', 'advice on judgements made elsewhere, as evaluate --table reads them; no thresholds')
    .addOption(repeatable('--slice <column>', 'with --table: a column that divides the examples'))
    .option('--cluster <column>', 'with --table: column whose equal values mark near-copies')
    .option('--precision-floor <share>', 'with --table: precision that the suite promises; needed', share)
    .option('--unique-precision-floor <share>', 'with --table: floor of the unique precision; needed', share)
    .option('--loss-budget <share>', 'with --table: what is left of the loss budget; default 0', share)
    .option('--json', 'print one JSON document')
    .option('--markdown <file>', 'write the advice as Markdown')
    .option('--strict', 'refuse when any package of the suite has a fault')
    .addOption(excludeOption())
    .addOption(noCacheOption())
    .addOption(workersOption())
    .action(async (suite: string | undefined, { table, ...flags }: AdviseFlags) => {
      if (table === undefined) {
        refuseOptions(flags, TABLE_ONLY, 'go with --table; a suite has a policy and columns of its own');
        setExitCode(await adviseSuite({ ...flags, ...(suite === undefined ? {} : { suite }) }, io));
      } else {
        refuseOptions({ ...flags, suite }, SUITE_ONLY, 'do not go with --table, which has no suite');
        setExitCode(await adviseTable({ ...flags, table }, io));
      }
    });
}
