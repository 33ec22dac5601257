import type { JsonSchema } from '@clamor/contract';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';

import { CASE_NAMES, vectorReport } from '../../test/fixtures.ts';
import { fullSection } from '../../test/full-section.ts';
import { queueReport } from '../../test/queue.ts';
import { CONTEXT, GATE_CONTEXT, resultReports } from '../../test/results.ts';
import { REPORT_SCHEMAS, type Report, renderJson } from '../index.ts';

const REPORTS: readonly Report[] = [
  ...resultReports(CONTEXT),
  ...resultReports(GATE_CONTEXT),
  ...CASE_NAMES.map((name) => vectorReport(name)),
  vectorReport('typical', { roles: ['gate'] }),
  vectorReport('typical', fullSection()),
  queueReport(),
];
const CASES = REPORTS.map((report, index) => [`${report.kind} ${index}`, report] as const);

/** The same schema with every object closed: it finds names that are printed and not described. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in inner ? { ...inner, additionalProperties: false } : inner;
}

const AJV = new Ajv2020({ allErrors: true, allowUnionTypes: true });
/** Compiled once: that takes longer than all the rest. */
const CLOSED = new Map(
  Object.entries(REPORT_SCHEMAS).map(([kind, schema]) => [kind, AJV.compile(closed(schema) as JsonSchema)]),
);

/** Faults of a value, each with its place. */
function faults(validate: ValidateFunction, value: unknown): string[] {
  validate(value);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

describe('REPORT_SCHEMAS', () => {
  it.each(CASES)('describes everything that renderJson prints: %s', (_, report) => {
    expect(faults(CLOSED.get(report.kind)!, JSON.parse(renderJson(report)))).toEqual([]);
  });

  it('refuses what is not a report of the kind', () => {
    const value = JSON.parse(renderJson(REPORTS[0]!));
    const gate = CLOSED.get('gate')!;
    expect(faults(CLOSED.get('change')!, value)).not.toEqual([]);
    expect(faults(gate, { ...value, result: { ...value.result, decision: 'maybe' } })).not.toEqual([]);
    const { decision: _, ...undecided } = value.result;
    expect(faults(gate, { ...value, result: undecided })).not.toEqual([]);
  });

  it('takes names that a later version adds', () => {
    const value = JSON.parse(renderJson(REPORTS[0]!));
    expect(faults(AJV.compile(REPORT_SCHEMAS.gate), { ...value, added: 1 })).toEqual([]);
  });

  it('can be printed: it is data', () => {
    expect(JSON.parse(JSON.stringify(REPORT_SCHEMAS))).toEqual(REPORT_SCHEMAS);
  });
});
