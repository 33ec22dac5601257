/** Bytes that the members of one worker or process may print in its life. */
export const OUTPUT_LIMIT_BYTES = 64 * 1024;

/**
 * Passes on the first bytes of what is printed and drops the rest, with one line that says so. Whoever floods it wastes their own
 * time and nobody's memory.
 *
 * @example
 * const passed: string[] = [];
 * const print = limitedOutput((chunk) => passed.push(String(chunk)), 3);
 * print('abcd');
 * passed[0]
 * // 'abc'
 */
export function limitedOutput(
  pass: (chunk: Uint8Array | string) => unknown,
  limitBytes: number = OUTPUT_LIMIT_BYTES,
): (chunk: Uint8Array | string) => void {
  let leftBytes = limitBytes;
  return (chunk) => {
    if (leftBytes <= 0) return;
    const bytes = Buffer.from(chunk as string);
    pass(bytes.subarray(0, leftBytes));
    leftBytes -= bytes.length;
    if (leftBytes <= 0) pass(`\n[clamor] Members printed more than ${limitBytes} bytes; the rest is dropped.\n`);
  };
}
