import { StoreError } from './errors.ts';

/** What the first record of a CSV file says. */
export interface CsvHeader {
  readonly columns: readonly string[];
  readonly separator: ',' | '\t' | ';';
}

/**
 * The columns of a CSV file and their separator: the comma, tab or semicolon that occurs most outside of quotes.
 *
 * @param head - The start of the file, with the whole header in it.
 * @throws {StoreError} `STORE_CSV_INVALID` when the header is not UTF-8 or does not end.
 * @example parseCsvHeader(new TextEncoder().encode('label;words\n1;0\n'), 'a.csv').columns // ['label', 'words']
 */
export function parseCsvHeader(head: Uint8Array, file: string): CsvHeader {
  const record = firstRecord(head, file);
  const outside = record.replace(/"[^"]*"/g, '');
  const count = (separator: string): number => outside.split(separator).length;
  const separator = ([',', '\t', ';'] as const).reduce((best, next) => (count(next) > count(best) ? next : best));
  return { columns: splitRecord(record, separator), separator };
}

function firstRecord(head: Uint8Array, file: string): string {
  let quoted = false;
  let end = 0;
  for (; end < head.length; end++) {
    const byte = head[end];
    if (byte === 34) quoted = !quoted;
    else if (!quoted && (byte === 10 || byte === 13)) break;
  }
  try {
    if (quoted) throw new Error('a quote in it is not closed');
    return new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(0, end));
  } catch (cause) {
    const why = cause instanceof TypeError ? 'it is not UTF-8' : 'a quote in it is not closed';
    throw new StoreError(
      'STORE_CSV_INVALID',
      `The header of "${file}" cannot be read: ${why}. Save the file as CSV in UTF-8.`,
      {
        cause,
      },
    );
  }
}

function splitRecord(record: string, separator: string): string[] {
  const fields: string[] = [''];
  let quoted = false;
  for (let i = 0; i < record.length; i++) {
    const character = record[i]!;
    if (character === '"' && quoted && record[i + 1] === '"') fields.push(`${fields.pop()}${record[i++]}`);
    else if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) fields.push('');
    else fields.push(`${fields.pop()}${character}`);
  }
  return fields.map((field) => field.trim());
}
