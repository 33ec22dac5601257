import { Command } from 'commander';

import type { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { addAdvise } from './options/advise-options.ts';
import { addCompare } from './options/compare-options.ts';
import { addControl } from './options/control-options.ts';
import { addDoctor } from './options/doctor-options.ts';
import { addEncode } from './options/encode-options.ts';
import { addEvaluate } from './options/evaluate-options.ts';
import { addExport } from './options/export-options.ts';
import { addGate } from './options/gate-options.ts';
import { addJudge } from './options/judge-options.ts';
import { addLabel } from './options/label-options.ts';
import { addList } from './options/list-options.ts';
import { addLock } from './options/lock-options.ts';
import { addQueue } from './options/queue-options.ts';
import { addRollback } from './options/rollback-options.ts';
import { addScore } from './options/score-options.ts';
import { addStatus } from './options/status-options.ts';
import { addTune } from './options/tune-options.ts';
import { VERSION } from './version.ts';

/** The command line of `clamor`. Help and usage errors go through the io too, and nothing ends the process. */
export function createProgram(io: Io, setExitCode: (code: ExitCode) => void): Command {
  const program = new Command('clamor')
    .description(
      'Many voices; any one of them can raise the alarm: list, judge, evaluate, gate and improve suites of classifiers.',
    )
    .version(VERSION)
    .exitOverride()
    // Options of a command come after it, so that one may be called --version too.
    .enablePositionalOptions()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.width ?? 100,
      getErrHelpWidth: () => io.width ?? 100,
    });
  for (const add of [
    addList,
    addJudge,
    addExport,
    addScore,
    addEvaluate,
    addGate,
    addCompare,
    addAdvise,
    addTune,
    addEncode,
    addLabel,
    addLock,
    addRollback,
    addControl,
    addDoctor,
    addStatus,
    addQueue,
  ])
    add({ program, io, setExitCode });
  return program;
}
