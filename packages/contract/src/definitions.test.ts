import { describe, expect, it } from 'vitest';
import { defineClassifier, defineOnnxClassifier } from './classifier.ts';
import { defineEncoder, defineOnnxEncoder } from './encoder.ts';
import { bag, dense, encoded } from './inputs.ts';
import { column } from './score-column.ts';
import { type SuiteDefinition, defineSuite } from './suite.ts';

const coded = (code: string): unknown => expect.objectContaining({ code });
const artifact = new URL('file:///model.onnx');
const text = (example: string): string => example;
const load = () => ({ encode: () => new Float32Array(0), close() {} });

describe('defineClassifier', () => {
  it('gives frozen data with the contract number', () => {
    const classifier = defineClassifier<string>({
      load: () => ({ score: (texts) => column(texts, () => 1), close() {} }),
    });
    expect(classifier).toMatchObject({ kind: 'plain', contract: 1 });
    expect(Object.isFrozen(classifier)).toBe(true);
  });

  it('refuses a definition without load', () => {
    expect(() => defineClassifier({} as never)).toThrowError(coded('CONTRACT_DEFINITION_INVALID'));
  });
});

describe('defineOnnxClassifier', () => {
  it('names the output "score" unless told otherwise', () => {
    expect(defineOnnxClassifier({ artifact, inputs: { x: dense(1) }, features: () => {} }).output).toBe('score');
    expect(defineOnnxClassifier({ artifact, inputs: { x: dense(1) }, output: 'p', features: () => {} }).output).toBe(
      'p',
    );
  });

  it('reports all faults of a definition together', () => {
    const faulty = { artifact: 'model.onnx', inputs: { 'a-b': dense(1) }, features: null } as never;
    expect(() => defineOnnxClassifier(faulty)).toThrowError(/artifact.*input name "a-b".*features/s);
  });

  it('needs a feature function unless all inputs are encoded', () => {
    const encoder = defineEncoder({ width: 1, load });
    expect(defineOnnxClassifier({ artifact, inputs: { x: encoded(encoder, text) } }).features('', {})).toBe(true);
    for (const inputs of [{ x: encoded(encoder, text), n: dense(1) }, { n: dense(1) }]) {
      expect(() => defineOnnxClassifier({ artifact, inputs } as never)).toThrowError(/features must be/);
    }
  });

  it('refuses a classifier without inputs', () => {
    expect(() => defineOnnxClassifier({ artifact, inputs: {}, features: () => {} })).toThrowError(
      coded('CONTRACT_DEFINITION_INVALID'),
    );
  });
});

describe('defineEncoder', () => {
  it('gives frozen data with the contract number', () => {
    expect(defineEncoder({ width: 3, load })).toEqual({
      kind: 'encoder',
      form: 'plain',
      contract: 1,
      width: 3,
      load,
    });
  });

  it('refuses a width below 1', () => {
    expect(() => defineEncoder({ width: 0, load })).toThrowError(coded('CONTRACT_DEFINITION_INVALID'));
  });
});

describe('defineOnnxEncoder', () => {
  const tokenizer = new URL('file:///tokenizer.json');
  const definition = { artifact, tokenizer, width: 2, maxTokens: 8, maxCharacters: 100 };

  it('gives frozen data whose output is "embedding" unless told otherwise', () => {
    const encoder = defineOnnxEncoder(definition);
    expect(encoder).toEqual({ ...definition, kind: 'encoder', form: 'onnx', contract: 1, output: 'embedding' });
    expect(Object.isFrozen(encoder)).toBe(true);
    expect(defineOnnxEncoder({ ...definition, output: 'rows' }).output).toBe('rows');
  });

  it('reports all faults of a definition together', () => {
    const faulty = { artifact: 'model.onnx', tokenizer, width: 0, maxTokens: 1, maxCharacters: 0.5 } as never;
    expect(() => defineOnnxEncoder(faulty)).toThrowError(
      /artifact must be.*width is 0.*maxTokens is 1.*maxCharacters is 0\.5/s,
    );
    expect(() => defineOnnxEncoder(undefined as never)).toThrowError(coded('CONTRACT_DEFINITION_INVALID'));
  });
});

describe('defineSuite', () => {
  const schema: SuiteDefinition<string, string>['schema'] = {
    '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: String(value) }) },
  };

  it('has no formats of its own unless given', () => {
    expect(defineSuite({ name: 'texts', schema })).toEqual({
      kind: 'suite',
      contract: 1,
      name: 'texts',
      schema,
      formats: [],
    });
  });

  it('refuses a name that is not kebab-case, and what is not a Standard Schema', () => {
    expect(() => defineSuite({ name: 'My Suite', schema })).toThrowError(coded('CONTRACT_DEFINITION_INVALID'));
    expect(() => defineSuite({ name: 'texts', schema: {} as never })).toThrowError(
      coded('CONTRACT_DEFINITION_INVALID'),
    );
  });
});

describe('dense, bag', () => {
  it('refuse sizes that are not integers of at least 1', () => {
    for (const size of [0, -1, 1.5, Number.NaN]) {
      expect(() => dense(size)).toThrowError(coded('CONTRACT_INPUT_INVALID'));
      expect(() => bag(size)).toThrowError(coded('CONTRACT_INPUT_INVALID'));
    }
  });
});
