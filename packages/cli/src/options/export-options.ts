import { exportExamples, type ExportOptions } from '../commands/export.ts';
import type { CommandLine } from './command-line.ts';
import { excludeOption, repeatable } from './values.ts';

/** `clamor export`. */
export function addExport({ program, io, setExitCode }: CommandLine): void {
  program
    .command('export')
    .description(
      'labelled examples of splits as JSON lines, for a notebook or a recipe; never of one that is held back',
    )
    .argument('[suite]', 'which suite; needed when several are installed')
    .addOption(repeatable('--split <name>', 'a split to export'))
    .option('--parsed', 'write what members read, as the suite parses it, instead of the inputs')
    .option('--out <file>', 'write them to a file; default stdout')
    .addOption(excludeOption())
    .action(async (suite: string | undefined, flags: Omit<ExportOptions, 'suite'>) => {
      setExitCode(await exportExamples({ ...flags, ...(suite === undefined ? {} : { suite }) }, io));
    });
}
