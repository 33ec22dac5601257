import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type HostFixture,
  type MemberFixture,
  type PackageFiles,
  RECORD,
  createHost,
  memberPackage,
  suitePackage,
} from './host-fixture.ts';

// score = x · [1, 10] + 0.5
const GRAPH = readFileSync(new URL('../../onnx/test/fixtures/dense.onnx', import.meta.url));
const ARTIFACT = {
  file: 'model.onnx',
  sha256: createHash('sha256').update(GRAPH).digest('hex'),
  sizeBytes: GRAPH.byteLength,
};

/** Record of an encoder in plain code. */
export const ENCODER_RECORD = {
  artifact: null,
  tokenizer: null,
  width: 2,
  maxTokens: null,
  maxCharacters: null,
  output: null,
  normalised: false,
  source: null,
};

/** What of a fixture encoder differs from a sound one. */
export interface EncoderFixture {
  readonly manifest?: object;
  readonly record?: object;
  readonly files?: PackageFiles;
}

/**
 * An encoder in plain code, rows of two.
 *
 * @param encode - Source of its encode function; `rowsOf(texts, (text) => [a, b])` is in scope.
 */
export function encoderPackage(name: string, encode: string = LENGTHS, fixture: EncoderFixture = {}): PackageFiles {
  return {
    'package.json': {
      name,
      version: '1.0.0',
      type: 'module',
      exports: './index.js',
      clamor: { kind: 'encoder', contract: 1, owner: 'core' },
      ...fixture.manifest,
    },
    'assets/record.json': { ...ENCODER_RECORD, ...fixture.record },
    'index.js': `
      import { defineEncoder } from '@clamor/contract';
      const rowsOf = (texts, rowOf) => Float32Array.from(texts.flatMap(rowOf));
      export const encoder = defineEncoder({ width: 2, load: () => ({ encode: ${encode}, close() {} }) });`,
    ...fixture.files,
  };
}

/** Source of an encode function: a row is the length of the text and how many x it has. */
export const LENGTHS = `(texts) => rowsOf(texts, (text) => [text.length, text.split('x').length - 1])`;

/** Source of an encode function that does the same and writes each text that it is asked for to a file, a line each. */
export function logged(file: string): string {
  return `async (texts) => {
    const { appendFileSync } = await import('node:fs');
    for (const text of texts) appendFileSync(${JSON.stringify(file)}, text + '\\n');
    return rowsOf(texts, (text) => [text.length, text.split('x').length - 1]);
  }`;
}

/** What of a fixture member on an encoder differs from a sound one. */
export interface EncodedMemberFixture extends MemberFixture {
  /** The range of the encoder that it depends on; default `^1.0.0`. */
  readonly range?: string;
  /** Source of its text function; default the text of the example. */
  readonly text?: string;
}

/** A member on an encoder: the score of a text is its length + 10 for every x + .5, its threshold 10.5. */
export function encodedMember(name: string, encoder: string, fixture: EncodedMemberFixture = {}): PackageFiles {
  const { range = '^1.0.0', text = '({ text }) => text', manifest, record, files, ...rest } = fixture;
  return memberPackage(name, '', {
    ...rest,
    manifest: { dependencies: { [encoder]: range }, ...manifest },
    record: {
      ...RECORD,
      threshold: 10.5,
      artifact: ARTIFACT,
      inputs: { x: { kind: 'encoded', width: 2 } },
      encoder,
      ...record,
    },
    files: {
      'assets/model.onnx': GRAPH,
      'index.js': `
        import { defineOnnxClassifier, encoded } from '@clamor/contract';
        import { encoder } from '${encoder}';
        export const classifier = defineOnnxClassifier({
          artifact: new URL('./assets/model.onnx', import.meta.url),
          inputs: { x: encoded(encoder, ${text}) },
          features: () => {},
        });`,
      ...files,
    },
  });
}

/** A host whose own dependencies are the suite and the members; encoders are there because members depend on them. */
export function encoderHost(packages: { readonly [name: string]: PackageFiles }): HostFixture {
  const declared = ['texts', ...Object.keys(packages).filter((name) => /^texts-\w+$/.test(name))];
  const dependencies = Object.fromEntries(declared.map((name) => [name, '*']));
  return createHost({ texts: suitePackage(), ...packages }, { dependencies });
}
