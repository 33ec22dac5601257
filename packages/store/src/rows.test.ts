import { readFileSync, writeFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { all, parquetFile, temporaryFile, temporaryFolder } from '../test/files.ts';
import { MAX_ROW_BYTES } from './row.ts';
import { readRows, rowFormatOf } from './rows.ts';

const values = async (file: string): Promise<unknown[]> =>
  (await all(readRows(file))).map((row) => row.fault ?? row.value);

describe('rowFormatOf', () => {
  it('goes by the extension, whatever its case', () => {
    expect([rowFormatOf('a.jsonl'), rowFormatOf('a.CSV'), rowFormatOf('a.tsv'), rowFormatOf('a.parquet')]).toEqual([
      'jsonl',
      'csv',
      'csv',
      'parquet',
    ]);
    expect(rowFormatOf('a.txt')).toBeNull();
  });
});

describe('readRows', () => {
  it('refuses an extension it does not know, and takes the format when told', async () => {
    const file = temporaryFile('rows.txt', '{"a":1}\n');
    await expect(all(readRows(file))).rejects.toMatchObject({ code: 'STORE_FORMAT_UNKNOWN' });
    expect(await all(readRows(file, { format: 'jsonl' }))).toEqual([{ row: 1, value: { a: 1 } }]);
  });

  it('refuses a file that is missing, a folder, or empty', async () => {
    const folder = temporaryFolder();
    await expect(all(readRows(`${folder}/none.csv`))).rejects.toMatchObject({ code: 'STORE_FILE_MISSING' });
    await expect(all(readRows(folder, { format: 'csv' }))).rejects.toMatchObject({ code: 'STORE_FILE_MISSING' });
    await expect(all(readRows(temporaryFile('e.csv', '')))).rejects.toMatchObject({ code: 'STORE_FILE_EMPTY' });
    await expect(all(readRows(temporaryFile('e.jsonl', '')))).rejects.toMatchObject({ code: 'STORE_FILE_EMPTY' });
    await expect(all(readRows(temporaryFile('e.parquet', '')))).rejects.toMatchObject({ code: 'STORE_FILE_EMPTY' });
  });

  describe('JSONL', () => {
    it('numbers lines, passes over blank ones and keeps reading after a broken one', async () => {
      const rows = await all(readRows(temporaryFile('a.jsonl', '\ufeff{"a":1}\r\n\n{"a":\n"text"')));
      expect(rows.map((row) => [row.row, row.fault?.code ?? row.value])).toEqual([
        [1, { a: 1 }],
        [3, 'STORE_LINE_INVALID'],
        [4, 'text'],
      ]);
      expect(rows[1]!.fault!.message).toContain('Line 3');
    });

    it('counts a line that is not UTF-8 and one with a bare NUL', async () => {
      const bytes = Buffer.concat([Buffer.from('"'), Buffer.from([0xff]), Buffer.from('"\n"\0"\n"\\u0000"\n')]);
      expect(await values(temporaryFile('a.jsonl', bytes))).toEqual([
        expect.objectContaining({ code: 'STORE_LINE_INVALID' }),
        expect.objectContaining({ code: 'STORE_LINE_INVALID' }),
        '\0',
      ]);
    });

    it('leaves out a line over the bound without holding it, and reads one at the bound', async () => {
      const long = `"${'x'.repeat(50_000_000)}"\n`;
      const atBound = `"${'x'.repeat(MAX_ROW_BYTES - 2)}"\n`;
      const rows = await values(temporaryFile('a.jsonl', `1\n${long}${atBound}2\n`));
      expect(rows[0]).toBe(1);
      expect(rows[1]).toMatchObject({ code: 'STORE_LINE_TOO_LONG' });
      expect(rows[2]).toHaveLength(MAX_ROW_BYTES - 2);
      expect(rows[3]).toBe(2);
    });
  });

  describe('CSV', () => {
    it('reads quoted fields, empty ones as null, and NUL bytes', async () => {
      expect(await values(temporaryFile('a.csv', 'a,"b ""c"""\n1,"x\ny, z"\n,\0\n'))).toEqual([
        { a: '1', 'b "c"': 'x\ny, z' },
        { a: null, 'b "c"': '\0' },
      ]);
    });

    it.each([
      ['semicolons', 'a;b\n1;2\n'],
      ['tabs', 'a\tb\n1\t2\n'],
      ['a byte order mark and CRLF', '\ufeffa,b\r\n1,2\r\n'],
      ['line ends that are mixed', 'a,b\r\n1,2\n'],
      ['no line end after the last row', 'a,b\n1,2'],
    ])('reads %s', async (_, content) => {
      expect(await values(temporaryFile('a.csv', content))).toEqual([{ a: '1', b: '2' }]);
    });

    it('reads the good rows and then names the broken ones by line', async () => {
      const content = Buffer.concat([
        Buffer.from('a,b\n1,2\n3\n4,5,6\n7,'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('\n8,"x"y\n9,10\n'),
      ]);
      const rows = await all(readRows(temporaryFile('a.csv', content)));
      expect(rows.filter((row) => row.fault === undefined)).toEqual([
        { row: 1, value: { a: '1', b: '2' } },
        { row: 2, value: { a: '9', b: '10' } },
      ]);
      expect(rows.flatMap((row) => (row.fault ? [[row.row, row.fault.code]] : []))).toEqual([
        [3, 'STORE_ROW_INVALID'],
        [4, 'STORE_ROW_INVALID'],
        [5, 'STORE_ROW_INVALID'],
        [6, 'STORE_ROW_INVALID'],
      ]);
    });

    it('refuses a file that mixes line ends and leaves a quote open: it could swallow the rest unseen', async () => {
      const file = temporaryFile('a.csv', 'a,b\r\n1,2\n0,"abc\n3,4\n');
      await expect(all(readRows(file))).rejects.toMatchObject({ code: 'STORE_CSV_INVALID' });
    });

    it('counts a row whose quote stays open', async () => {
      const rows = await all(readRows(temporaryFile('a.csv', 'a,b\n1,2\n0,"abc\n3,4\n')));
      expect(rows.map((row) => row.fault?.code ?? row.value)).toEqual([{ a: '1', b: '2' }, 'STORE_ROW_INVALID']);
    });

    it('leaves out a row over the bound and reads the rest', async () => {
      const rows = await values(temporaryFile('a.csv', `a,b\n1,2\n0,${'x'.repeat(50_000_000)}\n3,4\n`));
      expect(rows).toEqual([
        { a: '1', b: '2' },
        { a: '3', b: '4' },
        expect.objectContaining({ code: 'STORE_LINE_TOO_LONG' }),
      ]);
    });

    it('streams many rows in order', async () => {
      const content = `n\n${Array.from({ length: 10_000 }, (_, i) => i).join('\n')}\n`;
      const rows = await values(temporaryFile('a.csv', content));
      expect(rows).toEqual(Array.from({ length: 10_000 }, (_, i) => ({ n: String(i) })));
    });

    it('closes the file when the consumer stops', async () => {
      const rows = readRows(temporaryFile('a.csv', 'a\n1\n2\n'));
      expect(await rows.next()).toMatchObject({ value: { row: 1 } });
      expect(await rows.return(undefined)).toMatchObject({ done: true });
      expect(await rows.next()).toMatchObject({ done: true });
    });

    it.each(["o'brien.csv", 'a[1]*?.csv', 'back\\slash.csv', '$1.csv', 'year=2.csv'])(
      'takes the file name %s literally',
      async (name) => {
        const folder = temporaryFolder();
        writeFileSync(`${folder}/${name}`, 'a\n1\n');
        writeFileSync(`${folder}/a1xy.csv`, 'a\n2\n');
        expect(await values(`${folder}/${name}`)).toEqual([{ a: '1' }]);
      },
    );

    it('refuses a header with a name twice, without a name, or not in UTF-8', async () => {
      const twice = temporaryFile('a.csv', 'a,a\n1,2\n');
      await expect(all(readRows(twice))).rejects.toMatchObject({ code: 'STORE_COLUMN_NAME_INVALID' });
      const unnamed = temporaryFile('a.csv', ',a\n1,2\n');
      await expect(all(readRows(unnamed))).rejects.toMatchObject({ code: 'STORE_COLUMN_NAME_INVALID' });
      const latin = temporaryFile('a.csv', Buffer.from([0xe9, 10, 49, 10]));
      await expect(all(readRows(latin))).rejects.toMatchObject({ code: 'STORE_CSV_INVALID' });
    });

    it('keeps a column called __proto__ as data', async () => {
      const [row] = await values(temporaryFile('a.csv', '__proto__,a\n1,2\n'));
      expect(Object.keys(row as object)).toEqual(['__proto__', 'a']);
      expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
    });

    it('never goes to the network: an address is a path that does not exist', async () => {
      await expect(all(readRows('https://example.org/a.csv'))).rejects.toMatchObject({ code: 'STORE_FILE_MISSING' });
    });
  });

  describe('Parquet', () => {
    it('reads numbers, text, bytes, lists and objects', async () => {
      const file = await parquetFile(
        `SELECT 1::BIGINT i, 9007199254740993::BIGINT big, 'x' t, 'ab'::BLOB b, [1::BIGINT] l, {'k': 2::BIGINT} o, NULL n`,
      );
      expect(await values(file)).toEqual([
        { i: 1, big: '9007199254740993', t: 'x', b: Buffer.from('ab'), l: [1], o: { k: 2 }, n: null },
      ]);
    });

    it('refuses a file cut in half, and one that is something else', async () => {
      const file = await parquetFile('SELECT * FROM range(10000)');
      const bytes = readFileSync(file);
      const half = temporaryFile('half.parquet', bytes.subarray(0, bytes.length / 2));
      await expect(all(readRows(half))).rejects.toMatchObject({ code: 'STORE_PARQUET_INVALID' });
      const text = temporaryFile('text.parquet', 'label,words\n1,1\n');
      await expect(all(readRows(text))).rejects.toMatchObject({ code: 'STORE_PARQUET_INVALID' });
      expect(await values(file)).toHaveLength(10_000);
    });
  });
});
