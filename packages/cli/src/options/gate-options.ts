import { gateSuite, type GateSuiteOptions } from '../commands/gate-suite.ts';
import type { CommandLine } from './command-line.ts';
import { excludeOption, repeatable, score, scoreOption, workersOption } from './values.ts';

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
      'compare the one candidate with another version of it: a git reference, a folder with that host, or a file of scores',
    )
    .addOption(scoreOption('--against-threshold <score>', 'threshold of a file of scores that --against names'))
    .option('--accept', 'record a pass as accepted: what it draws is taken from the loss budget')
    .option('--json', 'print one JSON document')
    .option('--markdown <file>', 'write the answer as Markdown, for a comment on a pull request')
    .option('--junit <file>', 'write the answer as JUnit XML, for CI')
    .option('--strict', 'refuse to gate when any package of the suite has a fault')
    .addOption(excludeOption())
    .addOption(workersOption())
    .action(async (members: string[], flags: Omit<GateSuiteOptions, 'members'>) => {
      setExitCode(await gateSuite({ ...flags, members }, io));
    });
}
