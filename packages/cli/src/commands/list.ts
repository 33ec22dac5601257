import {
  compareLock,
  type DiscoveredPackage,
  discover,
  type Discovery,
  type Fault,
  inspectSuite,
  loadSuite,
  type LoadSuiteOptions,
  type LockDifference,
  lockMismatchError,
  readLock,
} from '@clamor/runtime';

import { CliError } from '../errors.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { type Io, printable } from '../io.ts';
import { encoderTable, listEncoders } from '../list-encoders.ts';
import { printFaults } from '../print-faults.ts';
import { textTable } from '../text-table.ts';
import { lockPath } from './lock.ts';

/** What {@link list} takes. */
export interface ListOptions {
  readonly suite?: string;
  readonly check?: boolean;
  /** Refuse what differs from a lock: that of the host, or the one at a path. */
  readonly locked?: true | string;
  /** Refuse packages without provenance of npm. */
  readonly requireProvenance?: boolean;
  readonly json?: boolean;
}

/** `clamor list`: the packages that discovery finds, with their faults, and the encoders that members read. */
export async function list(options: ListOptions, io: Io): Promise<ExitCode> {
  const discovery = discover({ from: io.cwd });
  const packages = discovery.packages.filter((found) => belongs(found, options.suite));
  if (options.suite !== undefined && packages.length === 0 && discovery.faults.length === 0) {
    throw new CliError('CLI_USAGE', `No package of a suite "${options.suite}" is installed in ${discovery.host}.`);
  }
  const faults = [...discovery.faults, ...(await suiteFaults(packages, discovery, options, io))];
  const lock = options.locked === undefined ? null : await compareWithLock(options.locked, options.suite, io);
  const rows = packages.map((found) => toRow(found, faults, options.check === true));
  const suites = packages.filter(({ marker }) => marker.kind === 'suite');
  const encoders = await listEncoders(suites, io.cwd);
  if (options.json === true) {
    const document = {
      host: discovery.host,
      packages: rows,
      encoders,
      excluded: discovery.excluded,
      faults,
      ...(lock === null ? {} : { lock }),
    };
    io.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    const header = ['package', 'version', 'kind', 'suite', 'owner', 'status'];
    const cells = rows.map((row) => [named(row), row.version, row.kind, row.suite ?? '', row.owner, toStatus(row)]);
    io.stdout.write(`${textTable([header, ...cells])}\n`);
    if (encoders.length > 0) io.stdout.write(`\n${encoderTable(encoders)}\n`);
    printFaults(faults, io);
    if (lock !== null) printLock(lock, io);
  }
  return faults.length === 0 && (lock?.differences ?? []).length === 0 ? EXIT_CODES.ok : EXIT_CODES.suite;
}

function belongs({ marker }: DiscoveredPackage, suite: string | undefined): boolean {
  return suite === undefined || marker.suite === undefined || marker.suite === suite;
}

/** Faults that only loading or the registry shows, of every suite that is listed. */
async function suiteFaults(
  packages: readonly DiscoveredPackage[],
  discovery: Discovery,
  { check = false, requireProvenance = false }: ListOptions,
  io: Io,
): Promise<Fault[]> {
  if (!check && !requireProvenance) return [];
  const known = new Set(discovery.faults.map((fault) => `${fault.package} ${fault.code}`));
  const faults: Fault[] = [];
  for (const { marker } of packages.filter((found) => found.marker.kind === 'suite')) {
    const options = { from: io.cwd, requireProvenance, ...(marker.suite ? { suite: marker.suite } : {}) };
    const found = check ? await faultsOfLoading(options) : (await inspectSuite(options)).faults;
    faults.push(...found.filter((fault) => !known.has(`${fault.package} ${fault.code}`)));
  }
  return faults;
}

async function faultsOfLoading(options: LoadSuiteOptions): Promise<readonly Fault[]> {
  await using suite = await loadSuite({ ...options, onFault: 'degrade' });
  return suite.faults;
}

interface ComparedLock {
  readonly file: string;
  readonly differences: readonly LockDifference[];
}

async function compareWithLock(locked: true | string, suite: string | undefined, io: Io): Promise<ComparedLock> {
  const { host } = discover({ from: io.cwd });
  const file = lockPath(locked === true ? undefined : locked, host, io);
  const lock = await readLock(file);
  const { installed } = await inspectSuite({ from: io.cwd, suite: suite ?? lock.suite, exclude: lock.exclude });
  return { file, differences: compareLock(lock, installed) };
}

function printLock({ file, differences }: ComparedLock, io: Io): void {
  if (differences.length === 0) io.stderr.write(`${printable(`As locked in ${file}.`)}\n`);
  else
    io.stderr.write(`${printable(`clamor: [SUITE_LOCK_MISMATCH] ${lockMismatchError(file, differences).message}`)}\n`);
}

/** Several versions of one package are told apart by the names that they are declared under. */
function named({ package: name, alias }: ListedPackage): string {
  return alias === null ? name : `${name} as ${alias}`;
}

function toStatus({ status, mode }: ListedPackage): string {
  return mode === null ? status : `${status}, ships as ${mode}`;
}

function toRow(found: DiscoveredPackage, faults: readonly Fault[], checked: boolean): ListedPackage {
  const failed = faults.some(
    (fault) => fault.package === found.package && (fault.version === null || fault.version === found.version),
  );
  return {
    package: found.package,
    name: found.name,
    version: found.version,
    alias: found.alias,
    kind: found.marker.kind,
    suite: found.marker.suite ?? null,
    owner: found.marker.owner,
    mode: found.marker.mode ?? null,
    dir: found.dir,
    status: failed ? 'failed' : checked && found.marker.kind === 'classifier' ? 'loaded' : 'found',
  };
}

interface ListedPackage {
  readonly package: string;
  readonly name: string;
  readonly version: string;
  readonly alias: string | null;
  readonly kind: string;
  readonly suite: string | null;
  readonly owner: string;
  /** The mode that it ships in; `null`: it counts from when it is installed. */
  readonly mode: 'shadow' | null;
  readonly dir: string;
  readonly status: 'found' | 'loaded' | 'failed';
}
