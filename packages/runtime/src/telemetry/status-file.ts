import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { errorMessage } from '@clamor/contract';
import writeFileAtomic from 'write-file-atomic';

import { type ProcessIdentity, isAlive, ownIdentity } from '../state/process-identity.ts';
import type { SuiteStatus } from './status.ts';

/** Goes up when a status means something else than before, so that nobody misreads that of another version of Clamor. */
const FORMAT = 1;

/** What stands in a status file. */
interface StatusDocument {
  readonly format: typeof FORMAT;
  /** ISO 8601, UTC: when it was written. */
  readonly at: string;
  readonly process: ProcessIdentity;
  readonly status: SuiteStatus;
}

/** The status of one service, as it was when it wrote it last. */
export interface ServiceStatus {
  readonly file: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly pid: number;
  /** The host that it runs on and, on Linux, the process namespace. */
  readonly place: string;
  /** Whether that process runs; `null` when it lives where nobody can tell from here: another machine or container. */
  readonly isAlive: boolean | null;
  readonly status: SuiteStatus;
}

/** What a {@link StatusFile} writes, and where. */
export interface StatusFileOptions {
  /** The state directory. */
  readonly dir: string;
  readonly read: () => SuiteStatus;
  /** Milliseconds between two writings; default 5,000. */
  readonly everyMs?: number;
}

/**
 * Writes the status of a running suite every few seconds, for whoever looks from outside: `status/PID-….json` in the state
 * directory, one file per process, since several services may share the directory. It is removed when the suite closes; what a
 * process that died left behind is removed by the next one that starts.
 *
 * Never keeps the process alive, and never fails: a disk that is full makes a status old, which is what its age says.
 */
export class StatusFile {
  readonly #dir: string;
  readonly #file: string;
  readonly #read: () => SuiteStatus;
  readonly #timer: NodeJS.Timeout;
  #writing: Promise<void>;
  #isClosed = false;
  #hasWarned = false;

  constructor({ dir, read, everyMs = 5000 }: StatusFileOptions) {
    this.#dir = statusFolder(dir);
    this.#file = join(this.#dir, `${process.pid}-${randomBytes(4).toString('hex')}.json`);
    this.#read = read;
    this.#writing = this.#quietly(async () => {
      await mkdir(this.#dir, { recursive: true });
      await removeLeft(dir);
      await this.#write();
    });
    this.#timer = setInterval(() => this.#next(), everyMs).unref();
  }

  /** Removes the file; may be called twice. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#writing;
    await this.#quietly(() => rm(this.#file, { force: true }));
  }

  #next(): void {
    this.#writing = this.#writing.then(() => this.#quietly(() => this.#write()));
  }

  async #write(): Promise<void> {
    if (this.#isClosed) return;
    const document: StatusDocument = {
      format: FORMAT,
      at: new Date().toISOString(),
      process: await ownIdentity(),
      status: this.#read(),
    };
    // What is lost with the power is of no interest afterwards.
    await writeFileAtomic(this.#file, `${JSON.stringify(document)}\n`, { fsync: false });
  }

  async #quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (this.#hasWarned) return;
      this.#hasWarned = true;
      process.emitWarning(`The status cannot be written to ${this.#file}: ${errorMessage(error)}. The suite goes on.`, {
        code: 'CLAMOR_STATUS',
      });
    }
  }
}

/**
 * The services that share a state directory, by what they wrote there.
 *
 * @param dir - The state directory.
 * @returns The latest first; empty when none was there. A file that cannot be read, or that another version of Clamor wrote in
 * another format, is left out.
 * @example
 * // (await readServices('.clamor/state/spam')).filter(({ isAlive }) => isAlive !== false)
 */
export async function readServices(dir: string): Promise<ServiceStatus[]> {
  const own = await ownIdentity();
  const services = await Promise.all((await statusFiles(dir)).map((file) => readService(file, own)));
  return services.filter((service) => service !== null).toSorted((a, b) => (a.at < b.at ? 1 : -1));
}

async function readService(file: string, own: ProcessIdentity): Promise<ServiceStatus | null> {
  try {
    const { format, at, process: writer, status } = JSON.parse(await readFile(file, 'utf8')) as StatusDocument;
    if (format !== FORMAT) return null;
    return { file, at, pid: writer.pid, place: writer.place, isAlive: await isAlive(writer, own), status };
  } catch {
    return null; // Removed meanwhile, or not one of these.
  }
}

async function removeLeft(dir: string): Promise<void> {
  const left = (await readServices(dir)).filter((service) => service.isAlive === false);
  await Promise.all(left.map(({ file }) => rm(file, { force: true })));
}

async function statusFiles(dir: string): Promise<string[]> {
  const names = await readdir(statusFolder(dir)).catch(() => []);
  return names.filter((name) => name.endsWith('.json')).map((name) => join(statusFolder(dir), name));
}

function statusFolder(dir: string): string {
  return join(dir, 'status');
}
