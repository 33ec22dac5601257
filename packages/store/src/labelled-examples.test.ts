import { describe, expect, it } from 'vitest';

import { all, temporaryFile } from '../test/files.ts';
import { readLabelledExamples, rowInput } from './labelled-examples.ts';

describe('readLabelledExamples', () => {
  it('reads id, label, weight, cluster and the other columns as the input', async () => {
    const file = temporaryFile('a.csv', 'id,label,weight,cluster,subject,text\na,1,2,c1,Hi,\nb,,,,Ho,there\n');
    expect(await all(readLabelledExamples(file))).toEqual([
      { row: 1, example: { id: 'a', label: 1, weight: 2, cluster: 'c1', input: { subject: 'Hi' } } },
      { row: 2, example: { id: 'b', label: null, weight: 1, input: { subject: 'Ho', text: 'there' } } },
    ]);
  });

  it('takes the column "input" when there is one', async () => {
    const file = temporaryFile('a.jsonl', '{"key":"k","label":0,"input":"raw","note":1}\n');
    expect(await all(readLabelledExamples(file))).toEqual([{ row: 1, example: { id: 'k', label: 0, input: 'raw' } }]);
  });

  it('yields a wrong label as a fault with its row and goes on', async () => {
    const file = temporaryFile('a.csv', 'label,text\n7,a\n1,b\n');
    const rows = await all(readLabelledExamples(file));
    expect(rows[0]).toMatchObject({ row: 1, fault: { code: 'STORE_LABEL_INVALID' } });
    expect(rows[1]).toEqual({ row: 2, example: { id: `${file}:2`, label: 1, input: { text: 'b' } } });
  });

  it('refuses a file without a label column', async () => {
    const csv = temporaryFile('a.csv', 'text\na\n');
    await expect(all(readLabelledExamples(csv))).rejects.toMatchObject({ code: 'STORE_LABEL_COLUMN_MISSING' });
    const text = temporaryFile('a.jsonl', '"a"\n');
    await expect(all(readLabelledExamples(text))).rejects.toMatchObject({ code: 'STORE_LABEL_COLUMN_MISSING' });
  });
});

describe('rowInput', () => {
  it('takes a row that is no object for the input', () => {
    expect(rowInput({ row: 3, value: 'raw' }, 'a.jsonl')).toEqual({ key: 'a.jsonl:3', input: 'raw' });
  });

  it('takes inputBase64 for bytes, unless there is an input', () => {
    const value = { id: 'a', inputBase64: '/wBh' };
    expect(rowInput({ row: 1, value }, 'a.jsonl')).toEqual({ key: 'a', input: Uint8Array.of(255, 0, 97) });
    expect(rowInput({ row: 1, value: { ...value, input: 'b' } }, 'a.jsonl')).toEqual({ key: 'a', input: 'b' });
  });
});
