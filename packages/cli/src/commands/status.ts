import { join } from 'node:path';

import { errorCode } from '@clamor/contract';
import {
  type AuditEntry,
  compareLock,
  inspectSuite,
  LOCK_FILE,
  readAuditLog,
  readLock,
  readServices,
  type ServiceStatus,
  slotState,
  standingOf,
  type StartingSlot,
  stateVersion,
  EMPTY_STATE,
  type SuiteInspection,
  type SuiteState,
} from '@clamor/runtime';

import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { type Io, printable } from '../io.ts';
import { printFaults } from '../print-faults.ts';
import { stateDirectory } from '../state-directory.ts';
import { attention } from '../status/attention.ts';
import { countsOn, serviceScreen } from '../status/service-screen.ts';
import { textTable } from '../text-table.ts';
import { changedSlots } from './control-log.ts';
import { lockOrigin } from './lock.ts';

/** What {@link status} takes. */
export interface StatusOptions {
  /** Default the only one installed. */
  readonly suite?: string;
  /** The state directory; default `.clamor/state/SUITE` beside the package.json of the host. */
  readonly state?: string;
  readonly json?: boolean;
}

const CHANGES = 5;

/**
 * `clamor status`: how a suite stands: what needs somebody, what every service with the state directory does, what counts, and what
 * was changed last. Loads no member.
 *
 * @throws {RuntimeError} `STATE_LOG_INVALID`, `STATE_IO_FAILED`, `LOCK_INVALID`, and the codes of `inspectSuite`
 */
export async function status(options: StatusOptions, io: Io): Promise<ExitCode> {
  const suite = options.suite === undefined ? {} : { suite: options.suite };
  const inspection = await inspectSuite({ from: io.cwd, ...suite });
  const { name, discovery, installed, faults } = inspection;
  const dir = stateDirectory(options.state, { host: discovery.host, suite: name }, io);
  const log = await readAuditLog(dir);
  const state = log.at(-1)?.after ?? EMPTY_STATE;
  const expected = { suiteVersion: installed.suiteVersion, stateVersion: stateVersion(state), now: io.now() };
  const services = (await readServices(dir)).map((service) => ({
    ...service,
    attention: attention(service, expected),
  }));
  const view: StatusView = {
    inspection,
    dir,
    state,
    lock: await lockStanding(inspection),
    changes: log.slice(-CHANGES).toReversed(),
    services,
    now: expected.now,
  };
  io.stdout.write(options.json === true ? `${JSON.stringify(toDocument(view), null, 2)}\n` : `${screen(view)}\n`);
  if (options.json !== true) printFaults(faults, io);
  return faults.length === 0 ? EXIT_CODES.ok : EXIT_CODES.suite;
}

interface StatusView {
  readonly inspection: SuiteInspection;
  readonly dir: string;
  readonly state: SuiteState;
  readonly lock: LockStanding;
  /** Newest first. */
  readonly changes: readonly AuditEntry[];
  readonly services: readonly (ServiceStatus & { readonly attention: readonly string[] })[];
  readonly now: Date;
}

interface LockStanding {
  readonly standing: 'matches' | 'differs' | 'none';
  readonly text: string;
}

async function lockStanding({ discovery, installed }: SuiteInspection): Promise<LockStanding> {
  try {
    const lock = await readLock(join(discovery.host, LOCK_FILE));
    const { length } = compareLock(lock, installed);
    if (length === 0) return { standing: 'matches', text: `as locked ${lockOrigin(lock)}` };
    return { standing: 'differs', text: `DIFFERS in ${length} thing(s) from the lock of ${lockOrigin(lock)}` };
  } catch (error) {
    if (errorCode(error) === 'LOCK_MISSING') return { standing: 'none', text: 'not locked' };
    throw error;
  }
}

function toDocument({ inspection, dir, state, lock, changes, services, now }: StatusView): object {
  const { name, discovery, installed, faults } = inspection;
  return {
    suite: name,
    host: discovery.host,
    suiteVersion: installed.suiteVersion,
    lock: lock.standing,
    state: {
      dir,
      revision: state.revision,
      stateVersion: stateVersion(state),
      members: installedRows(inspection, state),
    },
    faults,
    services: services.map((service) => ({ ...service, ageMs: now.getTime() - Date.parse(service.at) })),
    changes,
  };
}

function screen(view: StatusView): string {
  const { inspection, dir, state, lock, services, changes, now } = view;
  const { name, installed } = inspection;
  const heading = [
    `suite ${name} ${installed.suiteVersion}, ${lock.text}`,
    `state ${stateVersion(state)}, revision ${state.revision}, in ${dir}`,
  ];
  const urgent = services.flatMap(({ pid, attention: lines }) => lines.map((line) => `  ! process ${pid}: ${line}`));
  const sections = [
    printable(heading.join('\n')),
    ...(urgent.length === 0 ? [] : [printable(['Needs attention', ...urgent].join('\n'))]),
    ...services.map((service) => serviceScreen(service, now)),
    ...(services.length === 0
      ? [
          textTable([['member', 'version', 'counts', 'declared as'], ...installedRows(inspection, state).map(toCells)]),
          'No service shows its status here: load the suite with stateDir, or name its directory with --state.',
        ]
      : []),
    ...(changes.length === 0
      ? ['No change is recorded.']
      : [`Last changes\n${changesTable(changes, inspection.slots)}`]),
    ...(services.length > 0 && urgent.length === 0 ? ['Nothing needs attention.'] : []),
  ];
  return sections.join('\n\n');
}

interface InstalledRow {
  readonly member: string;
  readonly version: string;
  readonly alias: string | null;
  readonly mode: 'active' | 'shadow' | 'off';
  readonly rollout: number;
  readonly fault: string | null;
}

/** What counts by the state alone, whether or not a service runs. */
function installedRows({ slots, faults }: SuiteInspection, state: SuiteState): InstalledRow[] {
  return slots.flatMap((slot) => {
    const { member, own, versions } = slot;
    return versions.map(({ version, alias, package: name }) => ({
      member,
      version,
      alias,
      ...standingOf({ version, own }, slotState(state, slot)),
      fault: faults.find((fault) => fault.package === name && fault.version === version)?.code ?? null,
    }));
  });
}

function toCells(row: InstalledRow): string[] {
  return [row.member, row.version, countsOn(row), row.alias ?? ''];
}

function changesTable(changes: readonly AuditEntry[], slots: readonly StartingSlot[]): string {
  const rows = changes.map((entry) => {
    const what = changedSlots(entry, slots);
    return [entry.at.slice(0, 16).replace('T', ' '), entry.by, what.join(', ') || 'nothing', entry.why];
  });
  return textTable([['when (UTC)', 'who', 'what', 'why'], ...rows]);
}
