import type { JsonSchema } from './json-schema.ts';

/** What the suite promises: `assets/policy.json` of its package. Data, because the main thread reads no suite's code. */
export interface Policy {
  /** Precision that the suite keeps on out-of-fold scores, in (0, 1]: what is above it is the budget members spend. */
  readonly precisionFloor: number;
  /** Unique precision below which a member has no merit, in [0, 1]. */
  readonly uniquePrecisionFloor: number;
  /** Precision that all members together may still cost, ≥ 0; `harm` is measured against what is left of it. */
  readonly lossBudget: number;
  /** Confidence of the gate's harm test, in (0.5, 1). */
  readonly harmConfidence: number;
  /** Confidence of the gate's merit test, in (0.5, 1). */
  readonly meritConfidence: number;
  /** Members (package names) without which a verdict that is not positive is undetermined. */
  readonly required: readonly string[];
  /** What `decision` says when the verdict is undetermined. */
  readonly whenUndetermined: 'positive' | 'negative';
  /** Milliseconds of one core that a verdict may cost, or `null`. */
  readonly costBudgetMs: number | null;
  /** Labels younger than this are not used as evidence. */
  readonly labelMaturityDays: number;
  /** What the guard of the runtime does and which rates it holds members against. Default `{ action: 'alert' }`. */
  readonly guard?: GuardPolicy;
}

/** What happens when a member is alone with its positives more often than declared; with OR that decides the verdicts. */
export interface GuardPolicy {
  /**
   * `alert`: it is said, and nothing changes. `shadow`: the member stops counting. `review`: it goes on counting, and a verdict that is
   * positive by it alone says so.
   */
  readonly action: 'alert' | 'shadow' | 'review';
  /**
   * Share of examples on which a member alone is positive, at most, when all is well, by member name; in [0, 1]. Default: the
   * upper end of its record's `positiveRateBand`. Declare it for every member that overlaps with others, or for none: a member
   * that is gone leaves its overlap to the rest.
   */
  readonly rates?: { readonly [member: string]: number };
  /** Mean number of examples to a false alarm, per member, at its declared rate; at least 1. Default 1,000,000. */
  readonly runLength?: number;
}

const CONFIDENCE: JsonSchema = { type: 'number', exclusiveMinimum: 0.5, exclusiveMaximum: 1 };

/** JSON Schema of {@link Policy}. */
export const POLICY_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'assets/policy.json of a Clamor suite',
  type: 'object',
  required: [
    'precisionFloor',
    'uniquePrecisionFloor',
    'lossBudget',
    'harmConfidence',
    'meritConfidence',
    'required',
    'whenUndetermined',
    'costBudgetMs',
    'labelMaturityDays',
  ],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    precisionFloor: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
    uniquePrecisionFloor: { type: 'number', minimum: 0, maximum: 1 },
    lossBudget: { type: 'number', minimum: 0, maximum: 1 },
    harmConfidence: CONFIDENCE,
    meritConfidence: CONFIDENCE,
    required: { type: 'array', items: { type: 'string' }, uniqueItems: true },
    whenUndetermined: { enum: ['positive', 'negative'] },
    costBudgetMs: { type: ['number', 'null'], exclusiveMinimum: 0 },
    labelMaturityDays: { type: 'number', minimum: 0 },
    guard: {
      type: 'object',
      required: ['action'],
      additionalProperties: false,
      properties: {
        action: { enum: ['alert', 'shadow', 'review'] },
        rates: { type: 'object', additionalProperties: { type: 'number', minimum: 0, maximum: 1 } },
        runLength: { type: 'number', minimum: 1 },
      },
    },
  },
};
