/** How {@link splitMbox} bounds its memory. */
export interface SplitMboxOptions {
  /** Bytes kept of one mail; the rest of a larger one is dropped. */
  readonly maxBytes: number;
}

const LF = 0x0a;
const CR = 0x0d;
const GT = 0x3e;
const FROM = [0x46, 0x72, 0x6f, 0x6d, 0x20];
/** Enough of a line to know what it is: any number of `>`, of which this many are looked at, then `From `. */
const MAX_QUOTES = 64;

/**
 * Splits an mbox at lines that start with `From ` after an empty line or at the start of the file, and takes one `>`
 * off lines that start with `>From ` (mboxrd; for mboxo that is right too, short of lines that were quoted on their own).
 *
 * Memory is one mail of at most `maxBytes` and one chunk.
 */
export async function* splitMbox(
  chunks: AsyncIterable<Uint8Array>,
  { maxBytes }: SplitMboxOptions,
): AsyncIterable<Uint8Array> {
  const splitter = new MboxSplitter(maxBytes);
  for await (const chunk of chunks) yield* splitter.write(chunk);
  yield* splitter.end();
}

class MboxSplitter {
  readonly #maxBytes: number;
  #pieces: Uint8Array[] = [];
  #sizeBytes = 0;
  /** Start of the current line while it is not yet known what it is; `null` once it is. */
  #head: number[] | null = [];
  #skipLine = false;
  #afterBlank = true;
  #started = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  *write(chunk: Uint8Array): Iterable<Uint8Array> {
    let position = 0;
    while (position < chunk.length) {
      if (this.#head !== null) {
        const byte = chunk[position++] as number;
        this.#head.push(byte);
        yield* this.#decide();
        continue;
      }
      const lineEnd = chunk.indexOf(LF, position);
      const end = lineEnd < 0 ? chunk.length : lineEnd + 1;
      if (!this.#skipLine) this.#keep(chunk.slice(position, end));
      position = end;
      if (lineEnd >= 0) this.#startLine(false);
    }
  }

  *end(): Iterable<Uint8Array> {
    if (this.#head !== null && this.#head.length > 0) this.#keep(Uint8Array.from(this.#head));
    if (this.#started || this.#sizeBytes > 0) yield this.#take();
  }

  /** Looks at the start of a line; leaves `#head` in place while more bytes are needed. */
  *#decide(): Iterable<Uint8Array> {
    const head = this.#head as number[];
    const quotes = countQuotes(head);
    const last = head[head.length - 1];
    const matched = head.length - quotes;
    const fits = head.slice(quotes).every((byte, i) => byte === FROM[i]);
    if (fits && matched < FROM.length && quotes < MAX_QUOTES) return;
    if (fits && matched === FROM.length && quotes === 0 && this.#afterBlank) {
      if (this.#started || this.#sizeBytes > 0) yield this.#take();
      this.#started = true;
      this.#skipLine = true;
      this.#head = null;
      return;
    }
    const unquoted = fits && matched === FROM.length && quotes > 0 ? head.slice(1) : head;
    if (last === CR && head.length === 1) return;
    this.#keep(Uint8Array.from(unquoted));
    if (last === LF) this.#startLine(head.length === 1 || (head.length === 2 && head[0] === CR));
    else this.#head = null;
  }

  #startLine(afterBlank: boolean): void {
    this.#head = [];
    this.#skipLine = false;
    this.#afterBlank = afterBlank;
  }

  #keep(bytes: Uint8Array): void {
    const room = this.#maxBytes - this.#sizeBytes;
    if (room <= 0) return;
    const kept = bytes.subarray(0, room);
    this.#pieces.push(kept);
    this.#sizeBytes += kept.length;
  }

  #take(): Uint8Array {
    const mail = new Uint8Array(Buffer.concat(this.#pieces));
    this.#pieces = [];
    this.#sizeBytes = 0;
    return mail;
  }
}

function countQuotes(head: readonly number[]): number {
  let quotes = 0;
  while (head[quotes] === GT) quotes++;
  return quotes;
}
