import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { errorMessage } from '@clamor/contract';

import { CliError } from '../errors.ts';

/** What a package says of itself that its version number depends on: from JSON alone, whatever contract it is of. */
export interface VersionFacts {
  readonly package: string;
  readonly version: string;
  readonly kind: string;
  readonly suite: string | null;
  readonly contract: number;
  /** The mode that a member starts in until somebody decides; `null` for anything else. */
  readonly mode: string | null;
  /** Range of the peer dependency on the suite's package; `null` where there is none. */
  readonly suiteRange: string | null;
  /** Likewise on the contract's package. */
  readonly contractRange: string | null;
  /** Inputs of its record as one text, names sorted: `text: encoded width 384`. */
  readonly inputs: string | null;
  readonly encoder: string | null;
  /** Range of the dependency on the encoder's package. */
  readonly encoderRange: string | null;
  readonly abstains: boolean | null;
  readonly threshold: number | null;
  /** Of an encoder's rows. */
  readonly width: number | null;
  /** Policy of a suite as one text, names sorted. */
  readonly policy: string | null;
}

/** What is read of a package.json. */
export interface RawManifest {
  readonly name?: string;
  readonly version?: string;
  readonly clamor?: {
    readonly kind?: string;
    readonly suite?: string;
    readonly contract?: number;
    readonly mode?: string;
  };
  readonly dependencies?: { readonly [name: string]: string };
  readonly peerDependencies?: { readonly [name: string]: string };
}

/** What is read of an `assets/record.json`. */
export interface RawRecord {
  readonly threshold?: number;
  readonly inputs?: { readonly [name: string]: object };
  readonly encoder?: string | null;
  readonly abstains?: boolean;
  readonly width?: number;
}

/**
 * Reads what a package says of itself.
 *
 * @param dir - Folder of the package.
 * @param suitePackage - Name of the suite's package, for its range.
 * @throws {CliError} `CLI_VERSION_UNUSABLE` when its package.json or a file that its kind needs cannot be read.
 */
export function readVersionFacts(dir: string, suitePackage: string): VersionFacts {
  const manifest = readJson(join(dir, 'package.json')) as RawManifest;
  const kind = manifest.clamor?.kind;
  const record =
    kind === 'suite' ? {} : (readJson(join(dir, 'assets', 'record.json'), kind === 'encoder') as RawRecord);
  const policy = kind === 'suite' ? readJson(join(dir, 'assets', 'policy.json')) : null;
  return versionFacts({ manifest, record, policy, suitePackage, place: dir });
}

/** What {@link versionFacts} takes: JSON as it stands in the files of a package. */
export interface VersionFactsOptions {
  readonly manifest: RawManifest;
  /** Empty where its kind has none. */
  readonly record: RawRecord;
  /** Of a suite; otherwise `null`. */
  readonly policy: object | null;
  /** Name of the suite's package, for its range. */
  readonly suitePackage: string;
  /** Stands for a name that the package does not have. */
  readonly place: string;
}

/** What a package says of itself, from its files' content. */
export function versionFacts({ manifest, record, policy, suitePackage, place }: VersionFactsOptions): VersionFacts {
  const { kind = '', suite = null, contract = 0, mode = 'active' } = manifest.clamor ?? {};
  const { encoder = null, inputs, abstains = null, threshold = null, width = null } = record;
  return {
    package: manifest.name ?? place,
    version: manifest.version ?? '',
    kind,
    suite,
    contract,
    mode: kind === 'classifier' ? mode : null,
    suiteRange: manifest.peerDependencies?.[suitePackage] ?? null,
    contractRange: manifest.peerDependencies?.['@clamor/contract'] ?? null,
    inputs: inputs === undefined ? null : inputsText(inputs),
    encoder,
    encoderRange: encoder === null ? null : (manifest.dependencies?.[encoder] ?? null),
    abstains,
    threshold,
    width,
    policy: policy === null ? null : fieldsText(policy),
  };
}

function inputsText(inputs: { readonly [name: string]: object }): string {
  const all = Object.entries(inputs).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return all.map(([name, input]) => `${name}: ${fieldsText(input)}`).join('; ') || 'none';
}

/** `kind bag, maxIds 512, weighted false` */
function fieldsText(value: object): string {
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return fields
    .map(([name, field]) => `${name} ${typeof field === 'string' ? field : JSON.stringify(field)}`)
    .join(', ');
}

/** @param isOptional - A file that is not there reads as `{}`: an encoder of plain code may have no record. */
function readJson(file: string, isOptional = false): object {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value === 'object' && value !== null) return value;
    throw new TypeError('it is no object');
  } catch (cause) {
    if (isOptional && (cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new CliError(
      'CLI_VERSION_UNUSABLE',
      `"${file}" cannot be read: ${errorMessage(cause)}. Versions are compared by what they say of themselves; install that one again, or name another.`,
      { cause },
    );
  }
}
