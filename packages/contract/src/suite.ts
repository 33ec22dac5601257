import type { StandardSchemaV1 } from '@standard-schema/spec';
import { CONTRACT_VERSION } from './contract-version.ts';
import { ContractError } from './errors.ts';

/**
 * A way that files hold examples, for example an mbox.
 *
 * @typeParam Input - What the suite's schema accepts.
 */
export interface ExampleFormat<Input> {
  readonly name: string;
  /** With the dot, lower case: `['.mbox']`. */
  readonly extensions: readonly string[];
  /** Splits a file into inputs, lazily and in bounded memory. One that is too large or broken is still yielded: the schema refuses it, so that it is counted. */
  read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Input>;
}

/**
 * One decision: what an example is, and how input from outside becomes one.
 *
 * @typeParam Input - What comes from outside.
 * @typeParam Example - What members read: plain data, deeply frozen by the runtime.
 */
export interface Suite<Input = unknown, Example = unknown> {
  readonly kind: 'suite';
  readonly contract: number;
  readonly name: string;
  /** The only place where input from outside is validated; parsing may be asynchronous. */
  readonly schema: StandardSchemaV1<Input, Example>;
  readonly formats: readonly ExampleFormat<Input>[];
}

/** What {@link defineSuite} takes. */
export interface SuiteDefinition<Input, Example> {
  readonly name: string;
  readonly schema: StandardSchemaV1<Input, Example>;
  /** Default none: JSONL, CSV and Parquet always work. */
  readonly formats?: readonly ExampleFormat<Input>[];
}

/**
 * Declares a suite; its package exports it as `suite` and its promises stand in `assets/policy.json`.
 *
 * @throws {ContractError} `CONTRACT_DEFINITION_INVALID`
 * @example
 * // export const suite = defineSuite({ name: 'spam', schema: mailSchema, formats: [eml, mbox] });
 */
export function defineSuite<Input, Example>(definition: SuiteDefinition<Input, Example>): Suite<Input, Example> {
  if (!/^[a-z][a-z0-9-]*$/.test(definition?.name ?? '') || typeof definition.schema?.['~standard'] !== 'object') {
    throw new ContractError(
      'CONTRACT_DEFINITION_INVALID',
      `defineSuite takes { name, schema } with a kebab-case name and a Standard Schema; the name is "${definition?.name}".`,
    );
  }
  return Object.freeze({
    kind: 'suite',
    contract: CONTRACT_VERSION,
    name: definition.name,
    schema: definition.schema,
    formats: Object.freeze([...(definition.formats ?? [])]),
  });
}
