import { encode, type EncodeOptions } from '../commands/encode.ts';
import type { CommandLine } from './command-line.ts';
import { workersOption } from './values.ts';

/** `clamor encode`. */
export function addEncode({ program, io, setExitCode }: CommandLine): void {
  program
    .command('encode')
    .description('the rows that an encoder gives for texts, to fit a member on them')
    .argument('<encoder>', 'its package, or the part of that name after encoder-, perhaps with @VERSION; or its folder')
    .requiredOption('--texts <file>', 'JSON lines, each a JSON string; - is stdin')
    .option(
      '--out <file>',
      'write the rows as a float32 array [n, width] in NumPy’s format (.npy); else a line per row',
    )
    .option('--keep <dataset>', 'keep the rows in .clamor/cache under a name, and use those that are there')
    .option('--json', 'print one JSON document')
    .addOption(workersOption())
    .action(async (encoder: string, flags: Omit<EncodeOptions, 'encoder'>) => {
      setExitCode(await encode({ ...flags, encoder }, io));
    });
}
