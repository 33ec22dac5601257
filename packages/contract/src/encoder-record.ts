import type { JsonSchema } from './json-schema.ts';
import { ARTIFACT_SCHEMA, type ArtifactRecord } from './record.ts';

/** Where an encoder's weights come from, and under which licence. */
export interface SourceRecord {
  /** What the model is called where it was published. */
  readonly name: string;
  /** SPDX expression of the weights, for example `Apache-2.0`. */
  readonly licence: string;
  readonly url?: string;
  /** The file that the artifact was made from. */
  readonly weights: { readonly file: string; readonly sha256: string };
  /** The published package that carried that file, with the hash of its archive; its licence may be another one. */
  readonly package?: {
    readonly registry: string;
    readonly name: string;
    readonly version: string;
    readonly licence: string;
    readonly sha256: string;
  };
}

/**
 * `assets/record.json` of an encoder: what a host must know before it runs a line of its code, and what tells two
 * encoders apart. Two encoders with the same artifact, tokenizer, bounds, width and output are one.
 */
export interface EncoderRecord {
  /** The graph; `null` for plain code. */
  readonly artifact: ArtifactRecord | null;
  /** `null` for plain code. */
  readonly tokenizer: ArtifactRecord | null;
  /** Columns of a row. */
  readonly width: number;
  /** Tokens of a text that are read, the special ones counted; `null` for plain code. */
  readonly maxTokens: number | null;
  /** Characters (UTF-16 units) of a text that are read, before it is cut into tokens; `null` for plain code. */
  readonly maxCharacters: number | null;
  /** Name of the graph output that holds the rows; `null` for plain code. */
  readonly output: string | null;
  /** Whether every row has Euclidean length 1; the testkit checks it. */
  readonly normalised: boolean;
  /** `null` for code that was not made from anybody's weights. */
  readonly source: SourceRecord | null;
}

const SHA256: JsonSchema = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const TEXT: JsonSchema = { type: 'string', minLength: 1 };
const COUNT_OR_NULL: JsonSchema = { type: ['integer', 'null'], minimum: 1 };

/** JSON Schema of {@link EncoderRecord}. */
export const ENCODER_RECORD_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'assets/record.json of a Clamor encoder',
  type: 'object',
  required: ['artifact', 'tokenizer', 'width', 'maxTokens', 'maxCharacters', 'output', 'normalised', 'source'],
  properties: {
    artifact: ARTIFACT_SCHEMA,
    tokenizer: ARTIFACT_SCHEMA,
    width: { type: 'integer', minimum: 1 },
    maxTokens: COUNT_OR_NULL,
    maxCharacters: COUNT_OR_NULL,
    output: { type: ['string', 'null'], minLength: 1 },
    normalised: { type: 'boolean' },
    source: {
      type: ['object', 'null'],
      required: ['name', 'licence', 'weights'],
      properties: {
        name: TEXT,
        licence: TEXT,
        url: TEXT,
        weights: { type: 'object', required: ['file', 'sha256'], properties: { file: TEXT, sha256: SHA256 } },
        package: {
          type: 'object',
          required: ['registry', 'name', 'version', 'licence', 'sha256'],
          properties: { registry: TEXT, name: TEXT, version: TEXT, licence: TEXT, sha256: SHA256 },
        },
      },
    },
  },
};
