import { Writable } from 'node:stream';

/** Bytes that members of one worker may print in its life. */
export const OUTPUT_LIMIT_BYTES = 64 * 1024;

/**
 * A stream that passes on the first bytes and drops the rest, with one line that says so. It never pushes back: whoever floods it
 * wastes their own time and nobody's memory.
 *
 * @example
 * // child.stdout.pipe(limitedOutput((chunk) => process.stderr.write(chunk)))
 */
export function limitedOutput(pass: (chunk: Buffer) => void, limitBytes: number = OUTPUT_LIMIT_BYTES): Writable {
  let leftBytes = limitBytes;
  return new Writable({
    decodeStrings: true,
    write(chunk: Buffer, _, done) {
      if (leftBytes > 0) {
        pass(chunk.subarray(0, leftBytes));
        leftBytes -= chunk.length;
        if (leftBytes <= 0) pass(Buffer.from(`\n[clamor] Members printed ${limitBytes} bytes; more is dropped.\n`));
      }
      done();
    },
  });
}
