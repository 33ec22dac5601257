import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { errorCode, errorMessage } from '@clamor/contract';
import { compareLock, LOCK_FILE, readAuditLog, readLock, stateVersion, type SuiteInspection } from '@clamor/runtime';

import { lockOrigin } from '../commands/lock.ts';
import type { Finding } from './finding.ts';

/** Whether what is installed agrees with its lock. */
export async function lockFinding({ discovery, installed }: SuiteInspection): Promise<Finding> {
  const file = join(discovery.host, LOCK_FILE);
  try {
    const lock = await readLock(file);
    const differences = compareLock(lock, installed);
    if (differences.length === 0) return { about: 'lock', level: 'ok', text: `as locked ${lockOrigin(lock)}` };
    const text = `${differences.length} thing(s) differ from the lock of ${lockOrigin(lock)}; clamor list --locked names them`;
    return { about: 'lock', level: 'note', text };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'LOCK_MISSING') return { about: 'lock', level: 'ok', text: 'none; clamor lock writes one' };
    return { about: 'lock', level: 'fault', text: `[${code}] ${errorMessage(error)}` };
  }
}

/** Whether the state directory can be trusted and used. */
export async function stateFindings(dir: string): Promise<Finding[]> {
  const exists = await access(dir).then(
    () => true,
    () => false,
  );
  if (!exists) return [{ about: 'state', level: 'ok', text: `none in ${dir}; every member is active` }];
  return [...(await readable(dir)), ...(await writable(dir))];
}

async function readable(dir: string): Promise<Finding[]> {
  try {
    const log = await readAuditLog(dir);
    const last = log.at(-1);
    if (last === undefined) return [{ about: 'state', level: 'ok', text: `no change is recorded in ${dir}` }];
    const text = `revision ${last.after.revision}, state version ${stateVersion(last.after)}, ${log.length} change(s), the last ${lockOrigin({ createdAt: last.at, by: last.by })}; in ${dir}`;
    return [{ about: 'state', level: 'ok', text }, ...(await waitingEdit(dir, last.after.revision))];
  } catch (error) {
    return [{ about: 'state', level: 'fault', text: `[${errorCode(error)}] ${errorMessage(error)}` }];
  }
}

/** A state.json that is not what the log says: an edit that nobody took over, or one that was refused. */
async function waitingEdit(dir: string, revision: number): Promise<Finding[]> {
  const file = join(dir, 'state.json');
  let found: unknown;
  try {
    found = (JSON.parse(await readFile(file, 'utf8')) as { revision?: unknown }).revision;
  } catch (error) {
    if (errorCode(error) === 'ENOENT')
      return [{ about: 'state', level: 'note', text: `${file} is missing; the next change writes it again` }];
    return [{ about: 'state', level: 'fault', text: `${file} cannot be read: ${errorMessage(error)}` }];
  }
  if (found === revision) return [];
  const text = `${file} has revision ${JSON.stringify(found)}, and the audit log is at ${revision}: an edit that waits, or was refused`;
  return [{ about: 'state', level: 'note', text }];
}

async function writable(dir: string): Promise<Finding[]> {
  try {
    await access(dir, constants.W_OK);
    return [];
  } catch {
    return [
      {
        about: 'state',
        level: 'note',
        text: `${dir} cannot be written by this user; a service of this user cannot change modes`,
      },
    ];
  }
}
