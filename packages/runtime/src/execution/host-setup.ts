import type { Isolation } from '@clamor/contract';
import type { KnownEncodings } from '../encoders/known-encodings.ts';
import type { EncoderGroup } from '../encoders/suite-encoders.ts';
import type { EngineMember, EngineOptions } from './engine.ts';
import type { HostSetup, WorkerEncoder, WorkerMember } from './worker-protocol.ts';

const BYTES_PER_MIB = 1024 * 1024;

/**
 * What the places of an isolation start with.
 *
 * Rows that are known travel to threads only: their memory is shared, and a process can share none.
 *
 * @param encoders - Of the members, each once.
 */
export function toHostSetup(
  options: EngineOptions,
  encoders: readonly EncoderGroup[],
  isolation: Isolation,
): HostSetup {
  const { suite, members, loadDeadlineMs, addEncodings, known } = options;
  const rowsOf = (hash: string): KnownEncodings | null => (isolation === 'process' ? null : (known?.get(hash) ?? null));
  return {
    suite,
    members: members.map((member) => toWorkerMember(member, encoders)),
    encoders: encoders.map((encoder) => toWorkerEncoder(encoder, rowsOf(encoder.hash))),
    encoderCacheBytes: (options.encoderCacheMb * BYTES_PER_MIB) / placesOf(options),
    givesEncodings: addEncodings !== undefined,
    loadDeadlineMs,
  };
}

/** Places that may hold a cache: threads with the spare, a process per member on an encoder, the main thread. */
function placesOf({ members, workers }: EngineOptions): number {
  const used = Map.groupBy(
    members.filter(({ encoder }) => encoder !== null),
    ({ isolation }) => isolation,
  );
  const threads = used.has('worker') ? workers + 1 : 0;
  return Math.max(1, threads + (used.get('process')?.length ?? 0) + Number(used.has('inline')));
}

function toWorkerMember(member: EngineMember, encoders: readonly EncoderGroup[]): WorkerMember {
  const { name, package: found, version, dir, entry, record, contentHash, encoder: own } = member;
  const index = encoders.findIndex(({ hash }) => hash === own?.hash);
  const encoder = own === null ? null : { index, entry: own.entry };
  return { name, package: found, version, dir, entry, record, contentHash, encoder };
}

function toWorkerEncoder({ checked }: EncoderGroup, known: KnownEncodings | null): WorkerEncoder {
  const { package: found, version, dir, entry, record, contentHash } = checked;
  return { package: found, version, dir, entry, record, contentHash, known };
}
