import {
  type BaselineMeasurement,
  formatFault,
  inspectSuite,
  measureMembers,
  type MemberMeasurement,
  type SuiteInspection,
} from '@clamor/runtime';

import type { Finding } from '../doctor/finding.ts';
import { formatBytes, formatMs } from '../doctor/format-cost.ts';
import { machineFindings } from '../doctor/machine-findings.ts';
import { packageFindings } from '../doctor/package-findings.ts';
import { lockFinding, stateFindings } from '../doctor/state-findings.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { type Io, printable } from '../io.ts';
import { stateDirectory } from '../state-directory.ts';
import { startStatusLine } from '../status-line.ts';
import { textTable } from '../text-table.ts';

/** What {@link doctor} takes. */
export interface DoctorOptions {
  /** Default the only one installed. */
  readonly suite?: string;
  /** The state directory; default `.clamor/state/SUITE` beside the package.json of the host. */
  readonly state?: string;
  /** Milliseconds that one member may take to be measured; default 10,000. */
  readonly deadline?: number;
  /** Ask the registry whether members have provenance. */
  readonly requireProvenance?: boolean;
  readonly json?: boolean;
}

/**
 * `clamor doctor`: what is installed, what is wrong with it, and what each member costs in start-up and memory, loaded alone in a
 * process of its own.
 *
 * @throws {RuntimeError} `HOST_NOT_FOUND`, `SUITE_NOT_FOUND`, `SUITE_AMBIGUOUS`, `SUITE_POLICY_INVALID`, `SUITE_LOAD_FAILED`
 */
export async function doctor(options: DoctorOptions, io: Io): Promise<ExitCode> {
  const suite = options.suite === undefined ? {} : { suite: options.suite };
  const requireProvenance = options.requireProvenance ?? false;
  const inspection = await inspectSuite({ from: io.cwd, ...suite, requireProvenance });
  const dir = stateDirectory(options.state, { host: inspection.discovery.host, suite: inspection.name }, io);
  const line = startStatusLine(io);
  const measured = await measureMembers(inspection, {
    signal: io.signal,
    onMember: (member) => line.show(`measuring ${member}`),
    ...(options.deadline === undefined ? {} : { deadlineMs: options.deadline }),
  }).finally(() => line.clear());
  const findings = [
    ...machineFindings(),
    ...packageFindings(inspection),
    provenance(inspection, requireProvenance),
    await lockFinding(inspection),
    ...(await stateFindings(dir)),
    ...inspection.faults.map((fault): Finding => ({ about: 'fault', level: 'fault', text: formatFault(fault) })),
    ...problems(measured),
  ];
  if (options.json === true) {
    const { name, discovery, installed } = inspection;
    const { baseline, members } = measured;
    const document = {
      suite: name,
      suiteVersion: installed.suiteVersion,
      host: discovery.host,
      findings,
      baseline,
      members,
    };
    io.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    io.stdout.write(`${report(inspection, { findings, ...measured })}\n`);
  }
  return findings.some(({ level }) => level === 'fault') ? EXIT_CODES.suite : EXIT_CODES.ok;
}

type Measured = Awaited<ReturnType<typeof measureMembers>>;

function provenance({ faults }: SuiteInspection, isAsked: boolean): Finding {
  const about = 'provenance';
  if (!isAsked) return { about, level: 'ok', text: 'not looked up; --require-provenance asks the registry' };
  const missing = faults.filter(({ code }) => code.startsWith('MEMBER_PROVENANCE_'));
  return missing.length === 0
    ? { about, level: 'ok', text: 'every package of the suite has it' }
    : { about, level: 'fault', text: `${missing.length} package(s) do not show it` };
}

/** What only running the code shows. */
function problems({ problem, members }: Measured): Finding[] {
  const suite: Finding[] =
    problem === null
      ? []
      : [
          {
            about: 'fault',
            level: 'fault',
            text: `the suite cannot be imported [${problem.code}]: ${problem.message}`,
          },
        ];
  const faulty = members.flatMap(({ package: name, version, problem: found }): Finding[] =>
    found === null
      ? []
      : [
          {
            about: 'fault',
            level: 'fault',
            text: `${name} ${version} [${found.code}] in step ${found.phase}: ${found.message}`,
          },
        ],
  );
  const loud = members.flatMap(({ package: name, version, outputBytes }): Finding[] =>
    outputBytes === 0
      ? []
      : [
          {
            about: 'output',
            level: 'note',
            text: `${name} ${version} printed ${formatBytes(outputBytes)} or more where nobody asked`,
          },
        ],
  );
  return [...suite, ...faulty, ...loud];
}

interface Report extends Measured {
  readonly findings: readonly Finding[];
}

const MARKS: { readonly [level in Finding['level']]: string } = { ok: 'ok', note: 'note', fault: 'FAULT' };

function report(
  { name, installed, discovery, slots }: SuiteInspection,
  { findings, baseline, members }: Report,
): string {
  const versions = slots.reduce((sum, slot) => sum + slot.versions.length, 0);
  const heading = `suite ${name} ${installed.suiteVersion}: ${slots.length} members, ${versions} versions installed in ${discovery.host}`;
  const lines = findings.map(({ about, level, text }) => `${MARKS[level].padEnd(5)}  ${about.padEnd(15)}  ${text}`);
  const faults = findings.filter(({ level }) => level === 'fault').length;
  const end =
    faults === 0 ? 'Nothing is wrong.' : `${faults} fault(s); ${faults === 1 ? 'it is' : 'they are'} marked above.`;
  return [
    printable(heading),
    '',
    printable(lines.join('\n')),
    '',
    ...(members.length === 0 ? [] : [costTable(members), '']),
    ...(baseline === null ? [] : [printable(summary(baseline, members)), '']),
    end,
  ].join('\n');
}

function costTable(members: readonly MemberMeasurement[]): string {
  const header = ['member', 'version', 'import', 'load', 'first score', 'memory', 'artifact', ''];
  return textTable([header, ...members.map(costRow)]);
}

function costRow({ member, version, cost, problem, artifactBytes }: MemberMeasurement): string[] {
  return [
    member,
    version,
    msCell(cost?.importMs),
    msCell(cost?.loadMs),
    msCell(cost?.firstScoreMs),
    cost === null ? '–' : formatBytes(cost.memberBytes),
    artifactBytes === null ? 'none' : formatBytes(artifactBytes),
    problem === null ? '' : `FAULT ${problem.code} (${problem.phase})`,
  ];
}

function msCell(value: number | null | undefined): string {
  return value == null ? '–' : formatMs(value);
}

/** What the table adds up to, and what it does not say. */
function summary({ startMs, suiteMs, emptyBytes }: BaselineMeasurement, members: readonly MemberMeasurement[]): string {
  const costs = members.flatMap(({ cost }) => cost ?? []);
  const engines = costs.filter(({ engineMs }) => engineMs !== null);
  const engineMs = Math.max(0, ...engines.map((cost) => cost.engineMs ?? 0));
  const engineBytes = Math.max(0, ...engines.map((cost) => cost.engineBytes));
  const total = costs.reduce((sum, { memberBytes }) => sum + memberBytes, 0);
  return [
    'Each member alone, in a fresh process; memory is what came on top of the runtime and the suite' +
      ` (${formatBytes(emptyBytes)}; process ${formatMs(startMs)}, suite ${formatMs(suiteMs)}).`,
    ...(engines.length === 0
      ? []
      : [
          `The engine is not in it: ${formatMs(engineMs)} and ${formatBytes(engineBytes)}, once for all; what its first session takes is.`,
        ]),
    `Together at most ${formatBytes(total)}. Every worker thread, and the spare one, holds all members; a member in a process of its own is there once.`,
  ].join('\n');
}
