import { existsSync } from 'node:fs';

import {
  discover,
  type ExampleInput,
  findSuite,
  importSuite,
  loadSuite,
  type RunningSuite,
  type Verdict,
} from '@clamor/runtime';

import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { type Io, printableLine } from '../io.ts';
import { type JudgeInput, readInputs } from '../judge-inputs.ts';
import { printFaults } from '../print-faults.ts';
import { startProgress } from '../progress.ts';
import { stateDirectory } from '../state-directory.ts';
import { countVerdict, createCounts, summaryLine, verdictLine } from '../verdict-lines.ts';

/** What {@link judge} takes. */
export interface JudgeOptions {
  readonly files: readonly string[];
  readonly suite?: string;
  readonly format?: string;
  readonly json?: boolean;
  readonly strict?: boolean;
  /** Refuse what differs from a lock: that of the host, or the one at a path. */
  readonly locked?: true | string;
  /** Refuse packages without provenance of npm. */
  readonly requireProvenance?: boolean;
  /** The state directory; default that of `clamor control`, where there is one. */
  readonly state?: string;
  readonly exclude?: readonly string[];
  readonly workers?: number;
}

/**
 * `clamor judge`: a line per verdict as it comes, then a summary.
 *
 * What cannot be read is printed as such, counted, and makes the exit code 65; the rest is judged.
 */
export async function judge(options: JudgeOptions, io: Io): Promise<ExitCode> {
  const { exclude = [], workers } = options;
  const discovery = discover({ from: io.cwd, exclude });
  const found = findSuite(discovery, options.suite);
  const name = found.package.marker.suite ?? found.package.name;
  const { formats } = await importSuite(found.entry, name);
  const inputs = readInputs({ ...options, formats }, io);
  const stateDir = stateDirectory(options.state, { host: discovery.host, suite: name }, io);
  await using suite = await loadSuite({
    suite: name,
    from: io.cwd,
    exclude,
    onFault: options.strict === true ? 'throw' : 'degrade',
    ...(options.locked === undefined ? {} : { locked: options.locked }),
    requireProvenance: options.requireProvenance ?? false,
    ...(workers === undefined ? {} : { workers }),
    ...(options.state === undefined && !existsSync(stateDir) ? {} : { stateDir }),
  });
  printFaults(suite.faults, io);
  printWarnings(suite, io);
  const counts = await judgeInputs(suite, inputs, { io, json: options.json === true });
  return counts.unreadable > 0 ? EXIT_CODES.data : EXIT_CODES.ok;
}

/** What the reader of the verdicts must know and no verdict says. */
function printWarnings(suite: RunningSuite, io: Io): void {
  const warn = (text: string): void => io.stderr.write(`clamor: ${printableLine(text, 400)}\n`);
  const { stateRefusal } = suite.status();
  if (stateRefusal !== null) warn(`state.json does not count [${stateRefusal.code}]: ${stateRefusal.message}`);
  suite.events.on('guardAlarm', ({ member, version, uniquePositives, examples, declaredRate, action }) =>
    warn(
      `guard: ${member} ${version} alone was positive on ${uniquePositives} of ${examples} examples, declared is a rate of ${declaredRate}; action: ${action}`,
    ),
  );
}

interface Output {
  readonly io: Io;
  readonly json: boolean;
}

async function judgeInputs(
  suite: RunningSuite,
  inputs: AsyncGenerator<JudgeInput>,
  output: Output,
): Promise<ReturnType<typeof createCounts>> {
  const { io, json } = output;
  const counts = createCounts();
  // A bar and lines on one terminal would overwrite each other.
  const progress = io.stdout.isTty ? null : startProgress(io, { label: 'judged', total: null });
  const report = (verdict: Verdict): void => {
    countVerdict(counts, verdict);
    io.stdout.write(`${json ? JSON.stringify(verdict) : verdictLine(verdict, io.colour)}\n`);
    progress?.update(counts.judged + counts.unreadable);
  };
  try {
    const verdicts = suite.judgeStream(readable(inputs, suite, report), { signal: io.signal });
    await untilStopped(verdicts, report, io.signal);
  } finally {
    progress?.stop();
  }
  const stopped = io.signal.aborted;
  io.stdout.write(
    json ? `${JSON.stringify({ summary: { ...counts, stopped } })}\n` : `\n${summaryLine(counts, stopped)}\n`,
  );
  return counts;
}

/** The examples; what cannot be read is reported on the way, as a verdict that nobody gave. */
async function* readable(
  inputs: AsyncGenerator<JudgeInput>,
  suite: RunningSuite,
  report: (verdict: Verdict) => void,
): AsyncGenerator<ExampleInput> {
  for await (const input of inputs) {
    if (input.fault === undefined) yield input.example;
    else {
      report({
        key: input.key,
        outcome: 'undetermined',
        decision: suite.policy.whenUndetermined === 'positive',
        positives: [],
        judgements: [],
        degraded: [],
        suiteVersion: suite.suiteVersion,
        stateVersion: suite.stateVersion,
        full: true,
        error: input.fault,
      });
    }
  }
}

/** Ends at once when the signal is aborted, even while an input (a terminal, a slow pipe) keeps silent. */
async function untilStopped(
  verdicts: AsyncGenerator<Verdict>,
  report: (verdict: Verdict) => void,
  signal: AbortSignal,
): Promise<void> {
  const { promise: stopped, resolve } = Promise.withResolvers<null>();
  const onAbort = (): void => resolve(null);
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  try {
    while (!signal.aborted) {
      const next = verdicts.next();
      next.catch(() => {}); // When the race is lost, nobody else listens.
      const result = await Promise.race([next, stopped]);
      if (result === null || result.done === true) return;
      report(result.value);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
