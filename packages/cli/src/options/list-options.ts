import { list, type ListOptions } from '../commands/list.ts';
import type { CommandLine } from './command-line.ts';
import { lockedOption, provenanceOption } from './values.ts';

/** `clamor list`. */
export function addList({ program, io, setExitCode }: CommandLine): void {
  program
    .command('list')
    .description('the packages that the host installs: name, version, kind, owner, status, and every fault')
    .argument('[suite]', 'only the packages of this suite')
    .option('--check', 'load the suites too, so that faults of code and artifacts are found')
    .addOption(lockedOption())
    .addOption(provenanceOption())
    .option('--json', 'print one JSON document')
    .action(async (suite: string | undefined, flags: Omit<ListOptions, 'suite'>) => {
      setExitCode(await list({ ...flags, ...(suite === undefined ? {} : { suite }) }, io));
    });
}
