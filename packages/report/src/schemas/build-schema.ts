import type { JsonSchema } from '@clamor/contract';

/** A number; `null` where it is undefined, or withheld by a rounded report. */
export const FIGURE: JsonSchema = { type: ['number', 'null'] };

/** Both ends, or `null`. */
export const INTERVAL: JsonSchema = {
  type: ['array', 'null'],
  items: { type: 'number' },
  minItems: 2,
  maxItems: 2,
};

export const TEXT: JsonSchema = { type: 'string' };
export const TEXT_OR_NULL: JsonSchema = { type: ['string', 'null'] };

/** An object with these properties, all of them there; names may be added to it without a new format. */
export function objectOf(
  properties: { readonly [name: string]: JsonSchema },
  optional: readonly string[] = [],
): JsonSchema {
  return { type: 'object', required: Object.keys(properties).filter((name) => !optional.includes(name)), properties };
}

/** The same, or `null`. */
export function orNull(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] };
}

export function listOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

export function oneOf(...values: readonly (string | number | null)[]): JsonSchema {
  return { enum: values };
}

/** Properties that are all of one schema. */
export function each(names: readonly string[], schema: JsonSchema): { readonly [name: string]: JsonSchema } {
  return Object.fromEntries(names.map((name) => [name, schema]));
}
