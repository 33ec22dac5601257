import { type JsonSchema, type Policy } from '@clamor/contract';

/** One version of one package, as a lock records it. */
export interface LockedPackage {
  readonly kind: 'suite' | 'classifier' | 'encoder';
  readonly package: string;
  /** The member's name, its slot; `null` for the suite and for encoders. */
  readonly member: string | null;
  readonly version: string;
  /** The name it is declared under when that is not its own. */
  readonly alias: string | null;
  /** Whether it counts unless the state says otherwise; of a slot with one version it does. */
  readonly own: boolean;
  /** The mode that it ships in; left out where it counts from when it is installed. */
  readonly mode?: 'shadow';
  /** SHA-256 over code and assets, see `contentHashes`; over those hashes when copies of an encoder's version differ. */
  readonly contentHash: string;
  /** SHA-256 over the code alone. */
  readonly codeHash: string;
  /** SHA-256 of the artifact, as its record has it; `null` without one. */
  readonly artifactHash: string | null;
  /** The threshold of its record, a float32; `null` for the suite and for encoders, and when the record cannot be read. */
  readonly threshold: number | null;
  /** Package and version of the encoder that a member reads; not there when it reads none. */
  readonly encoder?: string;
  /** What the host's package.json says; `null` when the package came with a bundle or a member, or is a workspace package. */
  readonly declared: string | null;
  /** Where npm had it from; a path is relative to the host. `null` when no lockfile of npm says so. */
  readonly resolved: string | null;
  /** Subresource integrity of its tarball, from npm's lockfile; `null` when there is none. */
  readonly integrity: string | null;
}

/** What is installed of a suite: everything that decides how it judges. */
export interface InstalledSuite {
  readonly suite: string;
  readonly suiteVersion: string;
  readonly policy: Policy;
  /** Sorted by package and version. */
  readonly packages: readonly LockedPackage[];
}

/** What was installed at a time, and who said that it is good. */
export interface LockedSuite extends InstalledSuite {
  /** Information only: a kill switch does not break a lock. */
  readonly stateVersion: string;
  /** UTC, as `Date.prototype.toISOString` writes it. */
  readonly createdAt: string;
  readonly by: string;
  /** Packages that the host left out, by name or alias, as in `DiscoverOptions`: they are not part of what is locked. */
  readonly exclude: readonly string[];
}

/** `clamor.lock.json`. */
export interface SuiteLock extends LockedSuite {
  readonly lockVersion: 1;
  /** The locks before it, newest first, at most {@link PREVIOUS_LOCKS}: what a rollback can go back to. */
  readonly previous: readonly LockedSuite[];
}

/** How many earlier locks a lock keeps. */
export const PREVIOUS_LOCKS = 5;

const TEXT: JsonSchema = { type: 'string', minLength: 1 };
const TEXT_OR_NULL: JsonSchema = { type: ['string', 'null'], minLength: 1 };
const SHA256: JsonSchema = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const VERSION_HASH: JsonSchema = { type: 'string', pattern: '^[0-9a-f]{16}$' };

const PACKAGE: JsonSchema = {
  type: 'object',
  required: [
    'kind',
    'package',
    'member',
    'version',
    'alias',
    'own',
    'contentHash',
    'codeHash',
    'artifactHash',
    'threshold',
    'declared',
    'resolved',
    'integrity',
  ],
  additionalProperties: false,
  properties: {
    kind: { enum: ['suite', 'classifier', 'encoder'] },
    package: TEXT,
    member: TEXT_OR_NULL,
    version: TEXT,
    alias: TEXT_OR_NULL,
    own: { type: 'boolean' },
    mode: { enum: ['shadow'] },
    contentHash: SHA256,
    codeHash: SHA256,
    artifactHash: { anyOf: [SHA256, { type: 'null' }] },
    threshold: { type: ['number', 'null'] },
    encoder: TEXT,
    declared: TEXT_OR_NULL,
    resolved: TEXT_OR_NULL,
    integrity: TEXT_OR_NULL,
  },
};

const LOCKED: { readonly [name: string]: JsonSchema } = {
  suite: TEXT,
  suiteVersion: VERSION_HASH,
  stateVersion: VERSION_HASH,
  createdAt: TEXT,
  by: TEXT,
  exclude: { type: 'array', items: TEXT },
  // Not POLICY_SCHEMA: an earlier lock may hold the policy of an earlier contract.
  policy: { type: 'object' },
  packages: { type: 'array', items: PACKAGE, minItems: 1 },
};

/** JSON Schema of {@link SuiteLock}. */
export const LOCK_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'clamor.lock.json: what is installed of a Clamor suite',
  type: 'object',
  required: ['lockVersion', ...Object.keys(LOCKED), 'previous'],
  additionalProperties: false,
  properties: {
    lockVersion: { const: 1 },
    ...LOCKED,
    previous: {
      type: 'array',
      maxItems: PREVIOUS_LOCKS,
      items: { type: 'object', required: Object.keys(LOCKED), additionalProperties: false, properties: LOCKED },
    },
  },
};
