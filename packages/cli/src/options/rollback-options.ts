import { rollback, type RollbackOptions } from '../commands/rollback.ts';
import type { CommandLine } from './command-line.ts';

/** `clamor rollback`. */
export function addRollback({ program, io, setExitCode }: CommandLine): void {
  program
    .command('rollback')
    .description('bring the installation back to the last lock that differs from it: npm installs exact versions')
    .option('--file <file>', 'the lock; default clamor.lock.json beside the package.json of the host')
    .option('--state <dir>', 'the state directory; default .clamor/state/SUITE beside the package.json of the host')
    .option('--dry-run', 'print the plan and change nothing')
    .option('--yes', 'do not ask')
    .action(async (flags: RollbackOptions) => {
      setExitCode(await rollback(flags, io));
    });
}
