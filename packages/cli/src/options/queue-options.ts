import { InvalidArgumentError } from 'commander';

import { queue, type QueueOptions } from '../commands/queue.ts';
import type { CommandLine } from './command-line.ts';

/** `clamor queue`. */
export function addQueue({ program, io, setExitCode }: CommandLine): void {
  program
    .command('queue')
    .description(
      'open candidates and what blocks each, the suite by release, and how long candidates take; from git alone',
    )
    .argument('[suite]', 'which suite; needed when the base holds several')
    .option('--base <branch>', 'what candidates are merged into; default main, or what stands for it')
    .option('--since <date>', 'leave out what was before: YYYY-MM-DD (UTC)', date)
    .option('--state <dir>', 'the state directory; default .clamor/state/SUITE at the top of the work tree')
    .option('--evidence <folder>', 'the log of evidence in the repository; default that of the evaluation package')
    .option('--json', 'print one JSON document')
    .option('--markdown <file>', 'write it as Markdown')
    .option('--html <file>', 'write it as one page, with charts')
    .action(async (suite: string | undefined, flags: Omit<QueueOptions, 'suite'>) => {
      setExitCode(await queue({ ...flags, ...(suite === undefined ? {} : { suite }) }, io));
    });
}

function date(text: string): Date {
  const value = new Date(`${text}T00:00:00.000Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(value.getTime()) && value.toISOString().startsWith(text))
    return value;
  throw new InvalidArgumentError('A day is wanted: YYYY-MM-DD.');
}
