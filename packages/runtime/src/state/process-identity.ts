import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';

/** A process as another one can recognise it, across restarts that give its number to somebody else. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in ticks since the machine did; `null` where the system does not say (it does on Linux). */
  readonly started: string | null;
  /** Where its number means something: the host's name and, on Linux, the process namespace (that of a container). */
  readonly place: string;
}

/** This process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return { pid: process.pid, started: await startOf(process.pid), place: `${hostname()} ${namespace}`.trim() };
}

/**
 * Whether a process runs.
 *
 * @returns `null` when it lives elsewhere, so that nobody can tell from here.
 */
export async function isAlive(other: ProcessIdentity, own: ProcessIdentity): Promise<boolean | null> {
  if (other.place !== own.place) return null;
  try {
    process.kill(other.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'; // EPERM: it runs, as another user.
  }
  const started = await startOf(other.pid);
  return started === null || other.started === null || started === other.started;
}

/** Field 22 of proc_pid_stat(5); the name in field 2 is in parentheses and may hold spaces. */
async function startOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return afterName[19] ?? null;
}
