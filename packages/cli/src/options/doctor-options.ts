import { doctor, type DoctorOptions } from '../commands/doctor.ts';
import type { CommandLine } from './command-line.ts';
import { provenanceOption, wholeNumberOption } from './values.ts';

/** `clamor doctor`. */
export function addDoctor({ program, io, setExitCode }: CommandLine): void {
  program
    .command('doctor')
    .description('what is installed, what is wrong, and what each member costs in start-up and memory')
    .argument('[suite]', 'which suite; needed when several are installed')
    .option('--state <dir>', 'the state directory; default .clamor/state/SUITE beside the package.json of the host')
    .addOption(wholeNumberOption('--deadline <ms>', 'milliseconds that one member may take; default 10000'))
    .addOption(provenanceOption())
    .option('--json', 'print one JSON document')
    .action(async (suite: string | undefined, flags: Omit<DoctorOptions, 'suite'>) => {
      setExitCode(await doctor({ ...flags, ...(suite === undefined ? {} : { suite }) }, io));
    });
}
