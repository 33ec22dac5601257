import type { JsonSchema } from './json-schema.ts';

/**
 * What a package is to Clamor. `classifier`: a member of a suite. `encoder`: shared inputs for members. `suite`: the
 * decision itself. `evaluation`: the private leaf that measures a suite. `bundle`: stands for its own dependencies.
 */
export type PackageKind = 'classifier' | 'encoder' | 'suite' | 'evaluation' | 'bundle';

/**
 * Where a member's code runs. `inline`: on the host's main thread. `worker`: in worker threads that members share.
 * `process`: in a process of its own.
 */
export type Isolation = 'inline' | 'worker' | 'process';

/**
 * The `clamor` field of a package.json: all that a host reads before it decides to look further.
 *
 * @example
 * // "clamor": { "kind": "classifier", "suite": "spam", "contract": 1, "owner": "mail-team" }
 */
export interface Marker {
  readonly kind: PackageKind;
  /** The suite that the package belongs to. Absent for encoders and bundles, which serve any suite. */
  readonly suite?: string;
  /** The contract that the package was written against; see `CONTRACT_VERSION`. */
  readonly contract: number;
  /** The team that ships it and answers for it. */
  readonly owner: string;
  /** The least isolation that a classifier asks for, for example because it calls native code. A host may be stricter, never looser. */
  readonly isolation?: Isolation;
  /**
   * `shadow`: a classifier that is run and recorded, and does not count until an operator makes it active. Left out: it counts from
   * when it is installed. What an operator decided about the member overrides it.
   */
  readonly mode?: 'shadow';
}

/** JSON Schema of {@link Marker}. Fields that it does not know are allowed: a newer marker must not break an older host. */
export const MARKER_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'The clamor field of a package.json',
  type: 'object',
  required: ['kind', 'contract', 'owner'],
  properties: {
    kind: { enum: ['classifier', 'encoder', 'suite', 'evaluation', 'bundle'] },
    suite: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' },
    contract: { type: 'integer', minimum: 1 },
    owner: { type: 'string', minLength: 1 },
    isolation: { enum: ['inline', 'worker', 'process'] },
    mode: { enum: ['shadow'] },
  },
  if: { properties: { kind: { enum: ['classifier', 'suite', 'evaluation'] } } },
  then: { required: ['suite'] },
};
