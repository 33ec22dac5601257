import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { CONTRACT_VERSION, type EncoderRecord, errorMessage } from '@clamor/contract';
import { encoderHash } from '../encoders/encoder-hash.ts';
import { type ContentHashes, contentHashes } from '../versions/content.ts';
import { type ArtifactRecord, artifactMismatch } from './artifact.ts';
import type { DiscoveredPackage } from './discover.ts';
import type { Fault } from './fault.ts';
import type { Manifest } from './installed-packages.ts';
import { packageEntry } from './package-entry.ts';
import { checkEncoderRecord, checkMarker } from './validate.ts';

/** An encoder whose JSON is in order; its code has not been touched yet. */
export interface CheckedEncoder extends DiscoveredPackage, ContentHashes {
  readonly record: EncoderRecord;
  /** Absolute path of the file to import. */
  readonly entry: string;
  /** See `encoderHash`: encoders with the same one share an engine. */
  readonly hash: string;
}

/** What is wrong with an encoder, whoever reads it. */
export type EncoderProblem = Omit<Fault, 'package' | 'version'>;

/** An encoder fit to be imported, or its problems. */
export type EncoderReading = { readonly encoder: CheckedEncoder } | EncoderProblems;

interface EncoderProblems {
  readonly problems: readonly EncoderProblem[];
  /** `null` when it could not be read that far. */
  readonly version: string | null;
}

/** Reads the encoder in a folder. */
export type EncoderReader = (folder: string) => Promise<EncoderReading>;

/** A reader that reads every folder once: artifacts are large, and many members may be on one encoder. */
export function createEncoderReader(): EncoderReader {
  const readings = new Map<string, Promise<EncoderReading>>();
  return async (folder) => {
    const dir = await realpath(folder);
    const reading = readings.get(dir) ?? readEncoder(dir);
    readings.set(dir, reading);
    return reading;
  };
}

async function readEncoder(dir: string): Promise<EncoderReading> {
  const described = await describe(dir);
  if ('problems' in described) return described;
  const { found } = described;
  const problems: EncoderProblem[] = [];
  const entry = packageEntry(found);
  if (entry === null) {
    problems.push({
      code: 'ENCODER_IMPORT_FAILED',
      found: `${dir}/package.json without an entry`,
      wanted: '"exports": { ".": … }',
      todo: 'Correct its package.json.',
    });
  }
  // Before anything is read: what a worker finds unchanged against this was unchanged when it was checked.
  const hashes = await contentHashes({ dir, entry });
  const checked = await readRecord(dir);
  if ('problem' in checked) return { problems: [...problems, checked.problem], version: found.version };
  const { record } = checked;
  for (const artifact of [record.artifact, record.tokenizer])
    if (artifact !== null) problems.push(...(await artifactProblems(dir, artifact)));
  if (problems.length > 0 || entry === null) return { problems, version: found.version };
  return { encoder: { ...found, ...hashes, record, entry, hash: encoderHash(record, hashes.contentHash) } };
}

async function describe(dir: string): Promise<{ readonly found: DiscoveredPackage } | EncoderProblems> {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8')) as Manifest;
  } catch (error) {
    return manifestProblem(`${dir}/package.json, which cannot be read (${errorMessage(error)})`);
  }
  const checked = checkMarker(manifest?.clamor);
  if ('problem' in checked) return manifestProblem(`a clamor field in ${dir}/package.json where ${checked.problem}`);
  const { value: marker } = checked;
  const { name, version } = manifest;
  if (marker.kind !== 'encoder') return manifestProblem(`a package of kind "${marker.kind}" in ${dir}`);
  if (name === undefined || version === undefined)
    return manifestProblem(`no name or no version in ${dir}/package.json`);
  if (marker.contract !== CONTRACT_VERSION) {
    const todo = `Install a version of it for contract ${CONTRACT_VERSION}, or another version of @clamor/runtime.`;
    const found = `contract ${marker.contract} in version ${version}`;
    const wanted = `contract ${CONTRACT_VERSION}`;
    return { problems: [{ code: 'ENCODER_CONTRACT_MISMATCH', found, wanted, todo }], version };
  }
  return {
    found: { package: name, name: name.slice(name.indexOf('/') + 1), version, alias: null, marker, dir, manifest },
  };
}

function manifestProblem(found: string): EncoderProblems {
  const wanted = '"clamor": { "kind": "encoder", "contract", "owner" } beside a name and a version';
  return { problems: [{ code: 'ENCODER_MANIFEST_INVALID', found, wanted, todo: AGAIN }], version: null };
}

async function readRecord(
  dir: string,
): Promise<{ readonly record: EncoderRecord } | { readonly problem: EncoderProblem }> {
  const invalid = (what: string): { readonly problem: EncoderProblem } => {
    const found = `an assets/record.json in ${dir} that ${what}`;
    return { problem: { code: 'ENCODER_RECORD_INVALID', found, wanted: 'a record of the contract', todo: AGAIN } };
  };
  let value: unknown;
  try {
    value = JSON.parse(await readFile(join(dir, 'assets', 'record.json'), 'utf8'));
  } catch (error) {
    return invalid(`cannot be read (${errorMessage(error)})`);
  }
  const checked = checkEncoderRecord(value);
  if ('problem' in checked) return invalid(`says: ${checked.problem}`);
  const { artifact, tokenizer, maxTokens, maxCharacters, output } = checked.value;
  const isNull = [artifact, tokenizer, maxTokens, maxCharacters, output].map((each) => each === null);
  if (!isNull.includes(true) || !isNull.includes(false)) return { record: checked.value };
  return invalid('has some of artifact, tokenizer, maxTokens, maxCharacters and output: wanted are all or none');
}

async function artifactProblems(dir: string, artifact: ArtifactRecord): Promise<EncoderProblem[]> {
  const file = join(dir, 'assets', artifact.file);
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const found = `no readable ${file} (${errorMessage(error)})`;
    return [{ code: 'ENCODER_ARTIFACT_MISSING', found, wanted: `${artifact.sizeBytes} bytes`, todo: AGAIN }];
  }
  const mismatch = artifactMismatch(bytes, artifact, file);
  return mismatch === null ? [] : [{ code: 'ENCODER_ARTIFACT_MISMATCH', ...mismatch, todo: AGAIN }];
}

const AGAIN = 'Install the encoder again, or rebuild it.';
