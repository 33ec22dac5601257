import type { EvaluationErrorCode, EvaluationFault } from '../errors.ts';

/** JSON Schema (draft 2020-12) of a summary. It says what each part is; that sums fit together is checked by `evaluate`. */
export const SUMMARY_SCHEMA: { readonly [keyword: string]: unknown } = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Summary of a table of judgements',
  type: 'object',
  required: ['kind', 'members', 'slice', 'sets', 'judged'],
  additionalProperties: false,
  properties: {
    kind: { const: 'summary' },
    members: { type: 'array', items: { type: 'string' }, uniqueItems: true },
    slice: { type: ['string', 'null'], description: 'Name of the column that divides the examples.' },
    sets: {
      type: 'array',
      items: {
        type: 'object',
        required: ['positive', 'failed', 'label', 'slice', 'count', 'weight', 'squares'],
        additionalProperties: false,
        properties: {
          positive: { type: 'array', items: { type: 'string' }, uniqueItems: true },
          failed: { type: 'array', items: { type: 'string' }, uniqueItems: true },
          label: { enum: [1, 0, null] },
          slice: { type: ['string', 'null'] },
          count: { type: 'integer', minimum: 1, description: 'Examples, never weighted.' },
          weight: { type: 'number', exclusiveMinimum: 0, description: 'Sum of the sampling weights.' },
          squares: { type: 'number', exclusiveMinimum: 0, description: 'Sum of the squares of the sampling weights.' },
        },
      },
    },
    judged: {
      type: 'array',
      items: {
        type: 'object',
        required: ['member', 'label', 'slice', 'judged', 'failed'],
        additionalProperties: false,
        properties: {
          member: { type: 'string' },
          label: { enum: [1, 0, null] },
          slice: { type: ['string', 'null'] },
          judged: { type: 'number', minimum: 0, description: 'Sum of the weights called positive or negative.' },
          failed: { type: 'number', minimum: 0, description: 'Sum of the weights failed on.' },
        },
      },
    },
  },
};

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const isTextOrNull: Check = (value) => value === null || isText(value);
const isFinite: Check = (value) => Number.isFinite(value);
const isLabel: Check = (value) => value === 1 || value === 0 || value === null;

const TOP: Fields = {
  kind: [(value) => value === 'summary', 'EVAL_SUMMARY_INVALID', '"summary"'],
  members: [isTexts, 'EVAL_SUMMARY_INVALID', 'a list of names'],
  slice: [isTextOrNull, 'EVAL_SUMMARY_INVALID', 'the name of a column, or null'],
  sets: [Array.isArray, 'EVAL_SUMMARY_INVALID', 'a list of rows'],
  judged: [Array.isArray, 'EVAL_SUMMARY_INVALID', 'a list of rows'],
};
const KEY: Fields = {
  label: [isLabel, 'EVAL_LABEL_INVALID', '1, 0 or null (not known)'],
  slice: [isTextOrNull, 'EVAL_SUMMARY_INVALID', 'text or null'],
};
const SET: Fields = {
  positive: [isTexts, 'EVAL_SUMMARY_INVALID', 'a list of names'],
  failed: [isTexts, 'EVAL_SUMMARY_INVALID', 'a list of names'],
  ...KEY,
  count: [isFinite, 'EVAL_COUNT_INVALID', 'a finite number'],
  weight: [isFinite, 'EVAL_COUNT_INVALID', 'a finite number'],
  squares: [isFinite, 'EVAL_COUNT_INVALID', 'a finite number'],
};
const JUDGED: Fields = {
  member: [isText, 'EVAL_SUMMARY_INVALID', 'a name'],
  ...KEY,
  judged: [isFinite, 'EVAL_COUNT_INVALID', 'a finite number'],
  failed: [isFinite, 'EVAL_COUNT_INVALID', 'a finite number'],
};

interface Fields {
  readonly [field: string]: readonly [check: Check, code: EvaluationErrorCode, wanted: string];
}

/** What in a value, for example one read from JSON, is not of the form of a summary. */
export function summaryFormFaults(value: unknown): EvaluationFault[] {
  const faults = fieldFaults(value, 'the summary', TOP);
  if (faults.length > 0) return faults;
  const { sets, judged } = value as { readonly sets: readonly unknown[]; readonly judged: readonly unknown[] };
  return [
    ...sets.flatMap((row, r) => fieldFaults(row, `sets[${r}]`, SET)),
    ...judged.flatMap((row, r) => fieldFaults(row, `judged[${r}]`, JUDGED)),
  ];
}

function fieldFaults(value: unknown, place: string, fields: Fields): EvaluationFault[] {
  if (typeof value !== 'object' || value === null) {
    return [{ code: 'EVAL_SUMMARY_INVALID', message: `Summary: ${place} is ${shown(value)}; wanted an object.` }];
  }
  const row = value as { readonly [field: string]: unknown };
  return Object.entries(fields).flatMap(([field, [check, code, wanted]]) =>
    check(row[field])
      ? []
      : [{ code, message: `Summary: ${field} of ${place} is ${shown(row[field])}; wanted ${wanted}.` }],
  );
}

function shown(value: unknown): string {
  return typeof value === 'number' ? `${value}` : (JSON.stringify(value)?.slice(0, 60) ?? 'missing');
}
