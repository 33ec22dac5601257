import { errorMessage } from '@clamor/contract';

import { MAX_ROW_BYTES, type Row } from './row.ts';

const LINE_FEED = 10;

/**
 * Streams the values of JSON lines; blank lines are passed over.
 *
 * A line that is not JSON in UTF-8, or is longer than {@link MAX_ROW_BYTES}, is yielded with its fault; no more than that
 * bound is ever held.
 *
 * @param chunks - Bytes, cut anywhere.
 * @param name - What to call the input in messages.
 */
export async function* readJsonLines(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Row> {
  let row = 0;
  for await (const line of readLines(chunks)) {
    row += 1;
    if (line === null) yield { row, fault: tooLong(name, row) };
    else {
      const parsed = parseLine(line, { name, row });
      if (parsed !== null) yield parsed;
    }
  }
}

/** The lines without their ends; `null` for one that is over the bound. */
async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | null> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  const hold = (piece: Uint8Array): void => {
    heldBytes += piece.length;
    if (heldBytes > MAX_ROW_BYTES) held = [];
    else if (piece.length > 0) held.push(piece);
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      hold(chunk.subarray(start, end));
      yield heldBytes > MAX_ROW_BYTES ? null : Buffer.concat(held);
      held = [];
      heldBytes = 0;
      start = end + 1;
    }
    hold(chunk.subarray(start));
  }
  if (heldBytes > 0) yield heldBytes > MAX_ROW_BYTES ? null : Buffer.concat(held);
}

function parseLine(line: Uint8Array, place: { name: string; row: number }): Row | null {
  try {
    // Without ignoreBOM the decoder drops a byte order mark, which may stand at the start of the file.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(line).trim();
    return text === '' ? null : { row: place.row, value: JSON.parse(text) as unknown };
  } catch (error) {
    const message = `Line ${place.row} of "${place.name}" is not JSON in UTF-8: ${errorMessage(error)}. It is left out; correct the line.`;
    return { row: place.row, fault: { code: 'STORE_LINE_INVALID', message } };
  }
}

function tooLong(name: string, row: number): { code: 'STORE_LINE_TOO_LONG'; message: string } {
  const message = `Line ${row} of "${name}" is longer than ${MAX_ROW_BYTES} bytes. It is left out; one example per line is wanted.`;
  return { code: 'STORE_LINE_TOO_LONG', message };
}
