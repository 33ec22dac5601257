import { tune, type TuneOptions } from '../commands/tune.ts';
import type { CommandLine } from './command-line.ts';
import { excludeOption, noCacheOption, share, workersOption } from './values.ts';

/** `clamor tune`. */
export function addTune({ program, io, setExitCode }: CommandLine): void {
  program
    .command('tune')
    .description("where a member's threshold should be, all others frozen; nothing is written anywhere")
    .argument('[member]', 'by short name or package')
    .option('--union', 'search all thresholds for the highest recall at a precision, and show what of it holds')
    .option('--precision <share>', 'with --union: precision to reach; default the precision floor of the policy', share)
    .option('--suite <name>', 'which suite; needed when several are installed')
    .option('--split <name>', 'default the first split with the role explore; none that is held back')
    .option('--json', 'print one JSON document')
    .option('--markdown <file>', 'write the answer as Markdown')
    .option('--strict', 'refuse when any package of the suite has a fault')
    .addOption(excludeOption())
    .addOption(noCacheOption())
    .addOption(workersOption())
    .action(async (member: string | undefined, flags: Omit<TuneOptions, 'member'>) => {
      setExitCode(await tune({ ...flags, ...(member === undefined ? {} : { member }) }, io));
    });
}
