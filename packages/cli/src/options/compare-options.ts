import { InvalidArgumentError } from 'commander';

import { compare, type CompareOptions } from '../commands/compare.ts';
import type { CommandLine } from './command-line.ts';
import { excludeOption, noCacheOption, workersOption } from './values.ts';

/** `clamor compare`. */
export function addCompare({ program, io, setExitCode }: CommandLine): void {
  program
    .command('compare')
    .description('what changes from another version of a member to the installed one, and which bump follows')
    .argument('<member>', 'by short name or package')
    .requiredOption(
      '--against <version>',
      'npm:VERSION from the registry, git:REF from the repository, or a folder: of the package, or of a host with it',
    )
    .option('--suite <name>', 'which suite; needed when several are installed')
    .option('--split <name>', 'default the first split with the role explore')
    .option('--examples <n>', 'examples to show of each way; only of a split with the role explore; default 5', count)
    .option('--changeset', 'compare with what the changesets of the repository say; exit code 4 when that is less')
    .option('--json', 'print one JSON document')
    .option('--markdown <file>', 'write the answer as Markdown, for a comment on a pull request')
    .option('--strict', 'refuse when any package of the suite has a fault')
    .addOption(excludeOption())
    .addOption(noCacheOption())
    .addOption(workersOption())
    .action(async (member: string, flags: Omit<CompareOptions, 'member'>) => {
      setExitCode(await compare({ ...flags, member }, io));
    });
}

function count(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= 0 && value <= 1000) return value;
  throw new InvalidArgumentError('A whole number from 0 to 1000 is wanted.');
}
