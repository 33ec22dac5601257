import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from '@clamor/contract';
import writeFileAtomic from 'write-file-atomic';
import type { DiscoveredPackage } from '../discovery/discover.ts';
import type { Fault } from '../discovery/fault.ts';
import { type PackageSource, packageSources } from '../versions/npm-lockfile.ts';
import { type Attestations, checkAttestations, fetchAttestations } from './attestations.ts';
import { configuredRegistry } from './configured-registry.ts';
import type { ProvenanceOptions } from './provenance-options.ts';
import { sourceRepository } from './source-repository.ts';
import {
  type ProvenanceClaim,
  type ProvenanceResult,
  type ProvenanceVerifier,
  createProvenanceVerifier,
} from './verify-provenance.ts';

const TIMEOUT_MS = 10_000;

/**
 * Looks up and verifies the provenance of packages: that a CI system built the installed tarball from a repository that is
 * accepted.
 *
 * Attestations that verified are kept in a folder, by the integrity of the tarball, and verified again whenever they are read:
 * nobody needs to trust the folder.
 *
 * @param host - Folder of the host.
 * @returns A fault `MEMBER_PROVENANCE_MISSING` or `MEMBER_PROVENANCE_INVALID` for each package that does not show it.
 */
export async function checkProvenance(
  host: string,
  packages: readonly DiscoveredPackage[],
  options: ProvenanceOptions = {},
): Promise<Fault[]> {
  const verifier = await createProvenanceVerifier(options.trustedRoot);
  const sourceOf = packageSources(host);
  const cache = options.cache ?? join(host, 'node_modules', '.cache', 'clamor', 'provenance');
  const faults = await Promise.all(
    packages.map((found) => checkOne(found, { host, verifier, source: sourceOf(found), cache, options })),
  );
  return faults.filter((fault) => fault !== null);
}

interface Lookup {
  readonly host: string;
  readonly verifier: ProvenanceVerifier;
  readonly source: PackageSource;
  readonly cache: string;
  readonly options: ProvenanceOptions;
}

async function checkOne(found: DiscoveredPackage, lookup: Lookup): Promise<Fault | null> {
  const { integrity } = lookup.source;
  if (integrity === null) return missing(found, 'no integrity in a lockfile of npm: it did not come from a registry');
  const own = sourceRepository(found.manifest.repository);
  const sources = lookup.options.sources ?? (own === null ? [] : [own]);
  const claim: ProvenanceClaim = { package: found.package, version: found.version, integrity, sources };
  const file = join(lookup.cache, `${createHash('sha256').update(integrity).digest('hex')}.json`);
  const kept = await readKept(file);
  if (kept !== null && 'source' in lookup.verifier.verify(kept, claim)) return null;
  let answer: Attestations | null;
  try {
    answer = await fetchAttestations(found, {
      registry: await registryOf(found.package, lookup),
      timeoutMs: lookup.options.timeoutMs ?? TIMEOUT_MS,
    });
  } catch (error) {
    return missing(found, `no answer of the registry (${errorMessage(error)})`);
  }
  const result: ProvenanceResult = answer === null ? { missing: true } : lookup.verifier.verify(answer, claim);
  if ('missing' in result) return missing(found, 'no provenance in the registry');
  if ('problem' in result) return invalid(found, result.problem);
  await keep(file, answer);
  return null;
}

/** The registry that is named, or that the tarball came from: what stands before the name in its address. */
async function registryOf(name: string, { host, source, options }: Lookup): Promise<string> {
  if (options.registry !== undefined) return options.registry;
  const { resolved } = source;
  const end = resolved?.startsWith('http') === true ? resolved.indexOf(`${name}/-/`) : -1;
  return resolved === null || end === -1 ? await configuredRegistry(name, host) : resolved.slice(0, end);
}

async function readKept(file: string): Promise<Attestations | null> {
  try {
    const checked = checkAttestations(JSON.parse(await readFile(file, 'utf8')));
    return 'value' in checked ? checked.value : null;
  } catch {
    return null; // Not kept yet, or damaged: the registry is asked.
  }
}

async function keep(file: string, answer: Attestations | null): Promise<void> {
  try {
    await mkdir(join(file, '..'), { recursive: true });
    await writeFileAtomic(file, JSON.stringify(answer));
  } catch {
    // The answer is known, and a host may be read-only: the next start asks again.
  }
}

function missing({ package: name, version }: DiscoveredPackage, found: string): Fault {
  return {
    package: name,
    version,
    code: 'MEMBER_PROVENANCE_MISSING',
    found,
    wanted: 'provenance of npm, because the host requires it',
    todo: 'Install a version that was published with provenance, or load without requireProvenance.',
  };
}

function invalid({ package: name, version }: DiscoveredPackage, problem: string): Fault {
  return {
    package: name,
    version,
    code: 'MEMBER_PROVENANCE_INVALID',
    found: `provenance that is not accepted: ${problem}`,
    wanted: 'provenance of the installed tarball, from a repository that is accepted',
    todo: 'Do not run it before its owner has explained this.',
  };
}
