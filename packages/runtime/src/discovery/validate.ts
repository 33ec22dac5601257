import {
  ENCODER_RECORD_SCHEMA,
  type EncoderRecord,
  type JsonSchema,
  MARKER_SCHEMA,
  type Marker,
  type MemberRecord,
  POLICY_SCHEMA,
  type Policy,
  RECORD_SCHEMA,
} from '@clamor/contract';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false });

/** What is wrong with a JSON value, or `null` when it is what the schema says. */
export type Check<Value> = (value: unknown) => { readonly value: Value } | { readonly problem: string };

/** Checks the `clamor` field of a package.json. */
export const checkMarker: Check<Marker> = createCheck<Marker>(MARKER_SCHEMA);
/** Checks a member's record. */
export const checkRecord: Check<MemberRecord> = createCheck<MemberRecord>(RECORD_SCHEMA);
/** Checks an encoder's record. */
export const checkEncoderRecord: Check<EncoderRecord> = createCheck<EncoderRecord>(ENCODER_RECORD_SCHEMA);
/** Checks a suite's policy. */
export const checkPolicy: Check<Policy> = createCheck<Policy>(POLICY_SCHEMA);

/** Makes a check from a JSON Schema. */
export function createCheck<Value>(schema: JsonSchema): Check<Value> {
  const validate: ValidateFunction<Value> = ajv.compile<Value>(schema);
  return (value) => {
    if (validate(value)) return { value };
    const problems = (validate.errors ?? []).map(
      (e) => `${e.instancePath === '' ? 'the whole' : e.instancePath} ${e.message}`,
    );
    return { problem: problems.join(', ') };
  };
}
