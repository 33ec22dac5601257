import type { JsonSchema } from './json-schema.ts';

/** A file of a package with the hash that it must have. */
export interface ArtifactRecord {
  /** Path relative to `assets/`. */
  readonly file: string;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/**
 * A named set of example ids, by hash: the sets themselves live with the dataset.
 *
 * The hash is SHA-256 over the ids, sorted by code unit, each followed by a line feed.
 */
export interface IdSetRecord {
  /** Splits of the dataset whose union is the set, sorted; for people and for resolving the hash. */
  readonly splits: readonly string[];
  readonly count: number;
  readonly sha256: string;
}

/** Figures of the member by itself. Those that depend on neighbours go stale when one ships, so they are not kept here. */
export interface StandAloneFigures {
  /** Split of the dataset, or `out-of-fold` for scores by folds over the fitted ids. */
  readonly split: string;
  readonly examples: number;
  readonly positiveLabels: number;
  readonly positives: number;
  readonly truePositives: number;
  readonly coverage: number;
  /** `null` when there are no positives; likewise the interval (Wilson 95 %). */
  readonly precision: number | null;
  readonly precisionInterval: readonly [number, number] | null;
  /** `null` when no label is positive. */
  readonly recall: number | null;
  readonly recallInterval: readonly [number, number] | null;
}

/**
 * `assets/record.json` of a member: what a host must know before it runs a line of the member's code, and what the
 * member was fitted on, so that nobody evaluates it on its own training examples unawares.
 */
export interface MemberRecord {
  /** score ≥ threshold is positive. Exactly representable as float32, like every score. */
  readonly threshold: number;
  /** `null` for plain code without an artifact. */
  readonly artifact: ArtifactRecord | null;
  /** Kind of each graph input by name; `{}` for plain code. */
  readonly inputs: { readonly [name: string]: InputRecord };
  /** Package name of the encoder that the member reads, or `null`. */
  readonly encoder: string | null;
  /** Only a member that says so may abstain; an undeclared abstention is a failure. */
  readonly abstains: boolean;
  /** Share of examples on which the member is positive when all is well, [low, high], each in [0, 1]. */
  readonly positiveRateBand: readonly [number, number];
  readonly fit: FitRecord;
  readonly figures: readonly StandAloneFigures[];
}

/** An input specification as data; see `dense`, `bag`, `strings`, `numbers`, `encoded`. */
export type InputRecord =
  | { readonly kind: 'dense'; readonly width: number }
  | { readonly kind: 'bag'; readonly maxIds: number; readonly weighted: boolean }
  | { readonly kind: 'string' | 'number' }
  | { readonly kind: 'encoded'; readonly width: number };

/** Which data the weights and the threshold come from. */
export interface FitRecord {
  /** Name and version of the dataset, for example `spam@1`. */
  readonly data: string;
  readonly seed: number;
  /** Ids that the weights were fitted on. */
  readonly weights: IdSetRecord;
  /** Ids whose (out-of-fold) scores the threshold was chosen on. */
  readonly threshold: IdSetRecord;
}

/** JSON Schema of an {@link ArtifactRecord} or `null`. */
export const ARTIFACT_SCHEMA: JsonSchema = {
  type: ['object', 'null'],
  required: ['file', 'sha256', 'sizeBytes'],
  properties: {
    file: { type: 'string', minLength: 1 },
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    sizeBytes: { type: 'integer', minimum: 0 },
  },
};

const ID_SET_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['splits', 'count', 'sha256'],
  properties: {
    splits: { type: 'array', items: { type: 'string' } },
    count: { type: 'integer', minimum: 0 },
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  },
};

const INTERVAL_SCHEMA: JsonSchema = {
  type: ['array', 'null'],
  items: { type: 'number', minimum: 0, maximum: 1 },
  minItems: 2,
  maxItems: 2,
};
const SHARE_OR_NULL: JsonSchema = { type: ['number', 'null'], minimum: 0, maximum: 1 };
const COUNT: JsonSchema = { type: 'number', minimum: 0 };

/** JSON Schema of {@link MemberRecord}. */
export const RECORD_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'assets/record.json of a Clamor member',
  type: 'object',
  required: ['threshold', 'artifact', 'inputs', 'encoder', 'abstains', 'positiveRateBand', 'fit', 'figures'],
  properties: {
    threshold: { type: 'number' },
    artifact: ARTIFACT_SCHEMA,
    inputs: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['kind'],
        properties: {
          kind: { enum: ['dense', 'bag', 'string', 'number', 'encoded'] },
          width: { type: 'integer', minimum: 1 },
          maxIds: { type: 'integer', minimum: 1 },
          weighted: { type: 'boolean' },
        },
      },
    },
    encoder: { type: ['string', 'null'] },
    abstains: { type: 'boolean' },
    positiveRateBand: { type: 'array', items: { type: 'number', minimum: 0, maximum: 1 }, minItems: 2, maxItems: 2 },
    fit: {
      type: 'object',
      required: ['data', 'seed', 'weights', 'threshold'],
      properties: {
        data: { type: 'string', minLength: 1 },
        seed: { type: 'integer' },
        weights: ID_SET_SCHEMA,
        threshold: ID_SET_SCHEMA,
      },
    },
    figures: {
      type: 'array',
      items: {
        type: 'object',
        required: ['split', 'examples', 'positives', 'precision', 'recall'],
        properties: {
          split: { type: 'string' },
          examples: COUNT,
          positiveLabels: COUNT,
          positives: COUNT,
          truePositives: COUNT,
          coverage: SHARE_OR_NULL,
          precision: SHARE_OR_NULL,
          precisionInterval: INTERVAL_SCHEMA,
          recall: SHARE_OR_NULL,
          recallInterval: INTERVAL_SCHEMA,
        },
      },
    },
  },
};
