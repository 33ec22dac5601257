import { judge } from '../commands/judge.ts';
import type { CommandLine } from './command-line.ts';
import { excludeOption, lockedOption, provenanceOption, workersOption } from './values.ts';

/** `clamor judge`. */
export function addJudge({ program, io, setExitCode }: CommandLine): void {
  program
    .command('judge')
    .description('judge the examples of files, one line per verdict and a summary')
    .argument('<files...>', 'JSONL, CSV, Parquet, or a format of the suite (for spam: .eml, .mbox); - for stdin')
    .option('--suite <name>', 'which suite; needed when several are installed')
    .option('--format <name>', 'jsonl, csv, parquet or a format of the suite; default by extension')
    .option('--json', 'print one JSON object per line, the summary last')
    .option('--strict', 'refuse to judge when any package of the suite has a fault')
    .option(
      '--state <dir>',
      'the state directory; default .clamor/state/SUITE beside the package.json of the host, if there',
    )
    .addOption(lockedOption())
    .addOption(provenanceOption())
    .addOption(excludeOption())
    .addOption(workersOption())
    .action(async (files: string[], flags: Omit<Parameters<typeof judge>[0], 'files'>) => {
      setExitCode(await judge({ ...flags, files }, io));
    });
}
