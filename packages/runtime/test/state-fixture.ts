import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { StateStore, type StateStoreOptions } from '../src/state/state-store.ts';

/** What is installed. */
export const SLOTS = [
  { member: 'words', versions: ['1.0.0', '1.1.0'] },
  { member: 'headers', versions: ['2.0.0'] },
];

/** Who makes changes, and why. */
export const WHO = { by: 'ann', why: 'a wave of loans' };

/** A folder that is gone when the test is over. */
export function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'clamor-state-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A store that does not watch and is closed when the test is over. */
export async function openStore(dir: string, options: Partial<StateStoreOptions> = {}): Promise<StateStore> {
  const store = await StateStore.open({ dir, slots: SLOTS, watch: false, ...options });
  onTestFinished(() => store.close());
  return store;
}

/** The text of a file of a state directory. */
export function readText(dir: string, name: string): string {
  return readFileSync(join(dir, name), 'utf8');
}

/** Writes state.json by hand. */
export function editState(dir: string, document: object | string): void {
  writeFileSync(join(dir, 'state.json'), typeof document === 'string' ? document : JSON.stringify(document));
}
