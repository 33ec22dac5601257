import { labelSuite, type LabelSuiteOptions, labelTable, type LabelTableOptions } from '../commands/label.ts';
import type { CommandLine } from './command-line.ts';
import { excludeOption, noCacheOption, refuseOptions, repeatable, wholeNumberOption, workersOption } from './values.ts';

/** The options of `clamor label`, for a suite and for a table. */
type LabelFlags = Omit<LabelSuiteOptions, 'suite'> & Omit<LabelTableOptions, 'table'> & { table?: string };

const TABLE_ONLY = ['slice', 'cluster', 'required'] as const satisfies readonly (keyof LabelFlags)[];
const SUITE_ONLY = ['suite', 'split', 'bands', 'strict', 'exclude', 'workers', 'cache'] as const satisfies readonly (
  keyof LabelFlags | 'suite'
)[];

/** `clamor label`. */
export function addLabel({ program, io, setExitCode }: CommandLine): void {
  program
    .command('label')
    .description('which examples to label next, and what their labels say when they are in')
    .argument('[suite]', 'name of the suite; default the only one installed')
    .addOption(wholeNumberOption('--budget <n>', 'how many labels are to be had; needed'))
    .option('--split <name>', 'default the first split with the role explore')
    .option('--table <file>', 'plan for judgements made elsewhere, as evaluate --table reads them; with keys')
    .addOption(wholeNumberOption('--seed <n>', 'the same seed chooses the same examples; default 1'))
    .addOption(wholeNumberOption('--bands <n>', 'strata by score where nobody is positive; default 4'))
    .option('--out <file>', 'write the chosen examples as CSV, ready to be labelled')
    .option('--filled <file>', 'that file with labels: tell what they say')
    .addOption(repeatable('--slice <column>', 'with --table: a column that is no member'))
    .option('--cluster <column>', 'with --table: a column that marks near-copies, and is no member')
    .addOption(repeatable('--required <member>', 'with --table: a member without which a verdict is undetermined'))
    .option('--json', 'print one JSON document')
    .option('--markdown <file>', 'write the plan as Markdown')
    .option('--strict', 'refuse when any package of the suite has a fault')
    .addOption(excludeOption())
    .addOption(noCacheOption())
    .addOption(workersOption())
    .action(async (suite: string | undefined, { table, ...flags }: LabelFlags) => {
      if (table === undefined) {
        refuseOptions(flags, TABLE_ONLY, 'go with --table; a suite has a policy and columns of its own');
        setExitCode(await labelSuite({ ...flags, ...(suite === undefined ? {} : { suite }) }, io));
      } else {
        refuseOptions({ ...flags, suite }, SUITE_ONLY, 'do not go with --table, which has no suite and no scores');
        setExitCode(await labelTable({ ...flags, table }, io));
      }
    });
}
