import { readFileSync } from 'node:fs';
import type { MemberRecord, Sample } from '@clamor/contract';

/** A member's assets as its tests read them. */
export interface MemberAssets {
  readonly record: MemberRecord;
  readonly samples: readonly Sample[];
}

/**
 * Reads `record.json` and `samples.jsonl`.
 *
 * @param assets - The folder, with a slash at its end: `new URL('../assets/', import.meta.url)`.
 */
export function readMemberAssets(assets: URL): MemberAssets {
  const record = JSON.parse(readFileSync(new URL('record.json', assets), 'utf8')) as MemberRecord;
  const lines = readFileSync(new URL('samples.jsonl', assets), 'utf8').split('\n');
  return { record, samples: lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as Sample) };
}
