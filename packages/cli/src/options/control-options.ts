import { InvalidArgumentError, Option } from 'commander';

import { control, type ControlOptions } from '../commands/control.ts';
import { type ControlViewOptions, showLog, showState } from '../commands/control-log.ts';
import type { CommandLine } from './command-line.ts';
import { refuseOptions } from './values.ts';

type Flags = Omit<ControlOptions, 'member'> & { readonly log?: boolean };

const CHANGES = ['mode', 'rollout', 'version', 'base', 'why', 'by'] as const;

/** `clamor control`. */
export function addControl({ program, io, setExitCode }: CommandLine): void {
  program
    .command('control')
    .description(
      'change what counts without a release: mode, rollout, version of a member; or look at what was changed',
    )
    .argument('[member]', 'short name or package; without it the state of all members is printed')
    .addOption(new Option('--mode <mode>', 'off is the kill switch').choices(['active', 'shadow', 'off']))
    .addOption(new Option('--rollout <percent>', 'percent of keys on which it counts').argParser(percent))
    .option('--version <version>', 'the installed version that counts; own: the one under its own name')
    .option('--base <version>', 'the one that counts outside the rollout; none: shadow there')
    .option('--why <text>', 'the reason; needed for a change, and kept in the audit log')
    .option('--by <name>', "who decides; default git's user name")
    .option('--suite <name>', 'which suite; needed when several are installed')
    .option('--state <dir>', 'the state directory; default .clamor/state/SUITE beside the package.json of the host')
    .option('--log', 'print who changed what, when and why')
    .option('--json', 'print one JSON document; of a change, one line per change recorded')
    .action(async (member: string | undefined, flags: Flags) => {
      const view: ControlViewOptions = { ...flags, ...(member === undefined ? {} : { member }) };
      if (flags.log === true) {
        refuseOptions(flags, CHANGES, 'are for a change, and --log is a look');
        return setExitCode(await showLog(view, io));
      }
      if (member !== undefined) return setExitCode(await control({ ...flags, ...namedVersions(flags), member }, io));
      refuseOptions(flags, CHANGES, 'are for a change of one member, which is to be named');
      return setExitCode(await showState(view, io));
    });
}

function percent(text: string): number {
  const value = Number(/^(\d+(?:\.\d+)?)%?$/.exec(text.trim())?.[1]);
  if (value <= 100) return value;
  throw new InvalidArgumentError('A percentage from 0 to 100 is wanted.');
}

/** Commander takes null for an option without a value, so the words for it are translated here. */
function namedVersions({ version, base }: Flags): Pick<ControlOptions, 'version' | 'base'> {
  return {
    ...(version === undefined ? {} : { version: version === 'own' ? null : version }),
    ...(base === undefined ? {} : { base: base === 'none' ? null : base }),
  };
}
