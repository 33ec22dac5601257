import { describe, expect, it } from 'vitest';
import { summarise } from './summarise.ts';
import { SUMMARY_SCHEMA } from './summary-form.ts';

/** What a JSON Schema says of an object, as far as this test reads it. */
interface ObjectSchema {
  readonly required: readonly string[];
  readonly properties: { readonly [field: string]: { readonly items?: ObjectSchema } };
}

describe('SUMMARY_SCHEMA', () => {
  it('requires exactly the fields of a summary and of its rows', () => {
    const summary = summarise({ labels: [1], members: [{ name: 'a', judgements: [1] }] });
    const { required, properties } = SUMMARY_SCHEMA as unknown as ObjectSchema;
    const { items: set } = properties['sets']!;
    const { items: judged } = properties['judged']!;
    expect(required.toSorted()).toEqual(Object.keys(summary).toSorted());
    expect(set?.required.toSorted()).toEqual(Object.keys(summary.sets[0]!).toSorted());
    expect(judged?.required.toSorted()).toEqual(Object.keys(summary.judged[0]!).toSorted());
  });

  it('describes every field that it requires', () => {
    const objects = [SUMMARY_SCHEMA as unknown as ObjectSchema];
    for (const schema of objects) {
      expect(Object.keys(schema.properties).toSorted()).toEqual(schema.required.toSorted());
      objects.push(
        ...Object.values(schema.properties).flatMap(({ items }) => (items && 'required' in items ? [items] : [])),
      );
    }
    expect(objects).toHaveLength(3);
  });
});
