import type { Command } from 'commander';

import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';

/** What a command is added to. */
export interface CommandLine {
  readonly program: Command;
  readonly io: Io;
  /** Called when a command has ended by itself; what is thrown has its own exit code. */
  readonly setExitCode: (code: ExitCode) => void;
}
