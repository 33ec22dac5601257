import { status, type StatusOptions } from '../commands/status.ts';
import type { CommandLine } from './command-line.ts';

/** `clamor status`. */
export function addStatus({ program, io, setExitCode }: CommandLine): void {
  program
    .command('status')
    .description('how a suite stands: what needs attention, what running services do, what counts, what was changed')
    .argument('[suite]', 'which suite; needed when several are installed')
    .option('--state <dir>', 'the state directory; default .clamor/state/SUITE beside the package.json of the host')
    .option('--json', 'print one JSON document')
    .action(async (suite: string | undefined, flags: Omit<StatusOptions, 'suite'>) => {
      setExitCode(await status({ ...flags, ...(suite === undefined ? {} : { suite }) }, io));
    });
}
