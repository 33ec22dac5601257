import { lock, type LockOptions } from '../commands/lock.ts';
import type { CommandLine } from './command-line.ts';
import { excludeOption } from './values.ts';

/** `clamor lock`. */
export function addLock({ program, io, setExitCode }: CommandLine): void {
  program
    .command('lock')
    .description('record what is installed in clamor.lock.json, and say what has changed since the last lock')
    .argument('[suite]', 'which suite; needed when several are installed')
    .option('--file <file>', 'the lock; default clamor.lock.json beside the package.json of the host')
    .option('--state <dir>', 'the state directory; default .clamor/state/SUITE beside the package.json of the host')
    .addOption(excludeOption())
    .option('--by <name>', "who locks; default git's user name")
    .option('--json', 'print one JSON document')
    .action(async (suite: string | undefined, flags: Omit<LockOptions, 'suite'>) => {
      setExitCode(await lock({ ...flags, ...(suite === undefined ? {} : { suite }) }, io));
    });
}
