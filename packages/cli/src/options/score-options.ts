import { score, type ScoreOptions } from '../commands/score.ts';
import type { CommandLine } from './command-line.ts';
import { excludeOption, noCacheOption, repeatable, workersOption } from './values.ts';

/** `clamor score`. */
export function addScore({ program, io, setExitCode }: CommandLine): void {
  program
    .command('score')
    .description('score members on splits, for commands that come later; prints no figure')
    .argument('[suite]', 'which suite; needed when several are installed')
    .addOption(repeatable('--split <name>', 'a split to score on; default all that the members may be measured on'))
    .addOption(repeatable('--member <name>', 'who is to score, by short name or package; default all'))
    .option('--on-encoders', 'only members that read an encoder')
    .option('--out <folder>', 'write the columns there as well, as FOLDER/SPLIT/MEMBER, to come with an evaluation')
    .option('--json', 'print one JSON document')
    .option('--strict', 'refuse when any package of the suite has a fault')
    .addOption(excludeOption())
    .addOption(noCacheOption())
    .addOption(workersOption())
    .action(async (suite: string | undefined, flags: Omit<ScoreOptions, 'suite'>) => {
      setExitCode(await score({ ...flags, ...(suite === undefined ? {} : { suite }) }, io));
    });
}
